// SPDX-License-Identifier: Apache-2.0
#include "engine/math/projection.h"

#include <gtest/gtest.h>

namespace {

TEST(Projection, ColumnsFillThePictureOfTheirOwn) {
  const glm::mat4 whole = math::perspectiveReverseZ(0.6f, 1.5f, 0.5f);
  const glm::mat4 part = math::columnsOf(whole, 0.25f, 0.5f);
  for (const glm::vec3 p : {glm::vec3(-1, 0.3f, -5), glm::vec3(0.4f, -0.2f, -2), glm::vec3(3, 1, -40)}) {
    const glm::vec4 a = whole * glm::vec4(p, 1);
    const glm::vec4 b = part * glm::vec4(p, 1);
    const float share = a.x / a.w * 0.5f + 0.5f;  // of the whole width, 0 left
    EXPECT_NEAR(b.x / b.w * 0.5f + 0.5f, (share - 0.25f) / 0.25f, 1e-4f);
    EXPECT_FLOAT_EQ(b.y / b.w, a.y / a.w);
    EXPECT_FLOAT_EQ(b.z / b.w, a.z / a.w);
  }
}

}  // namespace

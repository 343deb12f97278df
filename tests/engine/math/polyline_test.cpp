// SPDX-License-Identifier: Apache-2.0
#include "engine/math/polyline.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

using Indices = std::vector<size_t>;

TEST(Polyline, StraightRunsKeepTheirEnds) {
  std::vector<glm::vec3> line;
  for (int i = 0; i <= 10; ++i) line.emplace_back(10.f * static_cast<float>(i), 0, 0);
  EXPECT_EQ(math::worthDrawing(line, 0.1f, 1000), (Indices{0, 10}));
  EXPECT_EQ(math::worthDrawing(line, 0.1f, 45), (Indices{0, 4, 8, 10})) << "none longer than that";
  line[5].z = 0.05f;
  EXPECT_EQ(math::worthDrawing(line, 0.1f, 1000), (Indices{0, 10}));
  line[5].z = 2;
  EXPECT_EQ(math::worthDrawing(line, 0.1f, 1000), (Indices{0, 4, 5, 6, 10})) << "a hump is kept";
}

TEST(Polyline, EveryPointLiesByWhatIsDrawn) {
  std::vector<glm::vec3> line;
  for (int i = 0; i < 400; ++i) {
    const auto t = static_cast<float>(i);
    line.emplace_back(5 * t, 40 * std::sin(t * 0.05f), 3 * std::cos(t * 0.02f));
  }
  const Indices kept = math::worthDrawing(line, 0.1f, 60);
  EXPECT_LT(kept.size(), line.size() / 3);
  for (size_t k = 1; k < kept.size(); ++k) {
    const glm::vec3 a = line[kept[k - 1]], b = line[kept[k]];
    EXPECT_LE(glm::length(b - a), 60.01f);
    for (size_t i = kept[k - 1]; i <= kept[k]; ++i)
      EXPECT_LE(glm::length(glm::cross(line[i] - a, glm::normalize(b - a))), 0.101f) << i;
  }
}

TEST(Polyline, FewPointsAndPointsInOnePlace) {
  EXPECT_TRUE(math::worthDrawing({}, 0.1f, 60).empty());
  EXPECT_EQ(math::worthDrawing(std::vector<glm::vec3>{{1, 2, 3}}, 0.1f, 60), (Indices{0}));
  EXPECT_EQ(math::worthDrawing(std::vector<glm::vec3>(4, {1, 2, 3}), 0.1f, 60), (Indices{0, 3}));
  // Jumps longer than a piece may be stay as they are.
  EXPECT_EQ(math::worthDrawing(std::vector<glm::vec3>{{0, 0, 0}, {500, 0, 0}, {900, 0, 0}}, 0.1f, 60), (Indices{0, 1, 2}));
  // There and back again is not nothing.
  EXPECT_EQ(math::worthDrawing(std::vector<glm::vec3>{{0, 0, 0}, {30, 0, 0}, {0, 0, 0}}, 0.1f, 60), (Indices{0, 1, 2}));
}

}  // namespace

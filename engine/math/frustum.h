// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "engine/math/bounds.h"

namespace math {

/// Five planes (no far plane: reverse-z reaches infinity), normals inward, in world space.
struct Frustum {
  std::array<glm::vec4, 5> planes;

  static Frustum fromViewProjection(const glm::mat4& viewProjection);
  bool touchesSphere(const glm::vec3& centre, float radius) const;
  bool touches(const Bounds& box) const;
};

}  // namespace math

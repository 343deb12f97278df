// SPDX-License-Identifier: Apache-2.0
#include "engine/math/frustum.h"

namespace math {

Frustum Frustum::fromViewProjection(const glm::mat4& m) {
  const glm::mat4 t = glm::transpose(m);
  Frustum f{{t[3] + t[0], t[3] - t[0], t[3] + t[1], t[3] - t[1], t[3] - t[2]}};
  for (glm::vec4& plane : f.planes) plane /= glm::length(glm::vec3(plane));
  return f;
}

bool Frustum::touchesSphere(const glm::vec3& centre, float radius) const {
  for (const glm::vec4& plane : planes)
    if (glm::dot(glm::vec3(plane), centre) + plane.w < -radius) return false;
  return true;
}

bool Frustum::touches(const Bounds& box) const {
  for (const glm::vec4& plane : planes) {
    const glm::vec3 n(plane);
    const glm::vec3 farthest = glm::mix(box.low, box.high, glm::vec3(glm::greaterThan(n, glm::vec3(0))));
    if (glm::dot(n, farthest) + plane.w < 0) return false;
  }
  return true;
}

}  // namespace math

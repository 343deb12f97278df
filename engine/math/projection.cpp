// SPDX-License-Identifier: Apache-2.0
#include "engine/math/projection.h"

#include <cmath>

namespace math {

glm::mat4 perspectiveReverseZ(float verticalFov, float aspect, float near) {
  const float f = 1.f / std::tan(verticalFov * 0.5f);
  glm::mat4 m(0.f);
  m[0][0] = f / aspect;
  m[1][1] = -f;
  m[2][3] = -1.f;
  m[3][2] = near;
  return m;
}

glm::mat4 perspectiveTile(float verticalFov, float aspect, float near, glm::vec4 tile) {
  // Scale and shift the full image so that the tile fills clip space.
  const float sx = 1.f / (tile.z - tile.x);
  const float sy = 1.f / (tile.w - tile.y);
  glm::mat4 window(1.f);
  window[0][0] = sx;
  window[1][1] = sy;
  window[3][0] = sx * (1.f - tile.x - tile.z);
  window[3][1] = sy * (1.f - tile.y - tile.w);
  return window * perspectiveReverseZ(verticalFov, aspect, near);
}

glm::mat4 orthographicReverseZ(float left, float right, float bottom, float top, float near, float far) {
  glm::mat4 m(1.f);
  m[0][0] = 2.f / (right - left);
  m[1][1] = -2.f / (top - bottom);
  m[2][2] = 1.f / (far - near);
  m[3][0] = -(right + left) / (right - left);
  m[3][1] = (top + bottom) / (top - bottom);
  m[3][2] = far / (far - near);
  return m;
}

glm::mat4 columnsOf(const glm::mat4& viewProjection, float low, float high) {
  glm::mat4 fit(1);
  fit[0][0] = 1 / (high - low);
  fit[3][0] = (1 - high - low) / (high - low);
  return fit * viewProjection;
}

}  // namespace math

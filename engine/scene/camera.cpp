// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/camera.h"

#include <cmath>

namespace scene {

glm::dvec3 Camera::forward() const {
  return {std::sin(heading) * std::cos(pitch), std::cos(heading) * std::cos(pitch), std::sin(pitch)};
}

glm::dvec3 Camera::right() const { return {std::cos(heading), -std::sin(heading), 0}; }

glm::dvec3 Camera::up() const { return glm::cross(right(), forward()); }

glm::mat4 Camera::viewMatrix() const {
  const glm::dvec3 r = right();
  const glm::dvec3 u = up();
  const glm::dvec3 f = forward();
  glm::dmat4 m(1.0);
  for (int i = 0; i < 3; ++i) {
    m[i][0] = r[i];
    m[i][1] = u[i];
    m[i][2] = -f[i];
  }
  m[3] = glm::dvec4(-glm::dot(r, position), -glm::dot(u, position), glm::dot(f, position), 1.0);
  return glm::mat4(m);
}

glm::dvec3 Camera::rayThrough(glm::dvec2 ndc, double aspect) const {
  const double t = std::tan(verticalFov * 0.5);
  return glm::normalize(forward() + right() * (ndc.x * t * aspect) - up() * (ndc.y * t));
}

Camera lookAt(glm::dvec3 target, double distance, double heading, double pitch, double verticalFov) {
  Camera c;
  c.heading = heading;
  c.pitch = pitch;
  c.verticalFov = verticalFov;
  c.position = target - c.forward() * distance;
  return c;
}

}  // namespace scene

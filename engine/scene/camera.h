// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/math/glm.h"

namespace scene {

/// Where the picture is taken from, in doubles and the city frame. Heading 0 looks along +y (grid
/// north), clockwise; pitch is negative downward; both in radians. Never rolls.
struct Camera {
  glm::dvec3 position{0, -500, 400};
  double heading = 0;
  double pitch = -0.6;
  double verticalFov = 0.55;
  double nearPlane = 0.5;

  bool operator==(const Camera&) const = default;

  glm::dvec3 forward() const;
  glm::dvec3 right() const;
  glm::dvec3 up() const;
  /// World to view (looks along -z), camera-relative precision kept in double until the end.
  glm::mat4 viewMatrix() const;
  /// A ray through the pixel centre, `ndc` in -1..1, x right, y down.
  glm::dvec3 rayThrough(glm::dvec2 ndc, double aspect) const;
};

/// A camera that looks at `target` from `distance` metres.
Camera lookAt(glm::dvec3 target, double distance, double heading, double pitch, double verticalFov);

}  // namespace scene

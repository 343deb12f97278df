// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/math/glm.h"

namespace traffic {

/// A line in the city frame, metres. Lengths are measured in plan (x, y); z rides along.
using Polyline = std::vector<glm::dvec3>;

/// The nearest place of a line to a point, in plan.
struct Projection {
  double along = 0;     ///< metres from the first point
  double distance = 0;  ///< metres, unsigned
  double side = 0;      ///< metres, positive to the right of the line's direction
  glm::dvec3 point{0};  ///< on the line, z interpolated
  glm::dvec2 direction{1, 0};
};

double planLength(const Polyline& line);
Projection project(const Polyline& line, glm::dvec2 point);
/// Clamped to the ends.
glm::dvec3 pointAt(const Polyline& line, double along);
Polyline reversed(const Polyline& line);
/// Parallel line `right` metres to the right (negative: left) with mitred corners.
Polyline offsetRight(const Polyline& line, double right);
/// Radians clockwise from grid north.
double headingOf(glm::dvec2 direction);
/// Smallest signed difference a - b of two angles, radians, in (-pi, pi].
double angleBetween(double a, double b);

}  // namespace traffic

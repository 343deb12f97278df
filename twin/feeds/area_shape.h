// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "twin/core/geodesy.h"
#include "twin/model/observation.h"

namespace feeds {

/// A circle of `radius` metres about a place, as a ring of 48 corners.
std::vector<glm::dvec3> circleRing(const glm::dvec3& centre, double radius);

/// City positions of a path; nothing when a point is out of range or beyond the frame's projection.
std::optional<std::vector<glm::dvec3>> cityPath(std::span<const core::GeoPoint> points,
                                                const core::CityFrame& frame);

/// East and north in metres (true, as GNSS and V2X mean them) from a city position, in the city frame.
glm::dvec3 offsetBy(const glm::dvec3& from, double east, double north, const core::CityFrame& frame);

/// The shape, or null when there is no part left: lines need two points, areas three (a closing point that
/// repeats the first is dropped).
std::shared_ptr<const model::Geometry> makeGeometry(model::Geometry::Shape shape,
                                                    std::vector<std::vector<glm::dvec3>> parts);

/// Mean of all corners: where a label of the shape stands.
glm::dvec3 middleOf(const model::Geometry& geometry);

}  // namespace feeds

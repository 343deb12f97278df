// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/area_shape.h"

#include <cmath>
#include <numbers>

#include "twin/feeds/json_in.h"

namespace feeds {

std::vector<glm::dvec3> circleRing(const glm::dvec3& centre, double radius) {
  constexpr int kCorners = 48;
  std::vector<glm::dvec3> ring;
  ring.reserve(kCorners);
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2 * std::numbers::pi * i / kCorners;
    ring.push_back(centre + glm::dvec3(radius * std::cos(angle), radius * std::sin(angle), 0));
  }
  return ring;
}

std::optional<std::vector<glm::dvec3>> cityPath(std::span<const core::GeoPoint> points,
                                                const core::CityFrame& frame) {
  std::vector<glm::dvec3> path;
  path.reserve(points.size());
  for (const core::GeoPoint& point : points) {
    const auto position = cityPosition(point, frame);
    if (!position) return std::nullopt;
    path.push_back(*position);
  }
  return path;
}

glm::dvec3 offsetBy(const glm::dvec3& from, double east, double north, const core::CityFrame& frame) {
  const double turn = frame.gridConvergence();
  return from + glm::dvec3(east * std::cos(turn) - north * std::sin(turn),
                           north * std::cos(turn) + east * std::sin(turn), 0);
}

std::shared_ptr<const model::Geometry> makeGeometry(model::Geometry::Shape shape,
                                                    std::vector<std::vector<glm::dvec3>> parts) {
  const bool area = shape == model::Geometry::Shape::Area;
  auto geometry = std::make_shared<model::Geometry>();
  geometry->shape = shape;
  for (std::vector<glm::dvec3>& part : parts) {
    if (area && part.size() > 1 && glm::length(part.front() - part.back()) < 1e-6) part.pop_back();
    if (part.size() >= (area ? 3u : 2u)) geometry->parts.push_back(std::move(part));
  }
  if (geometry->parts.empty()) return nullptr;
  return geometry;
}

glm::dvec3 middleOf(const model::Geometry& geometry) {
  glm::dvec3 sum(0);
  double count = 0;
  for (const auto& part : geometry.parts) {
    for (const glm::dvec3& corner : part) sum += corner, ++count;
  }
  return count > 0 ? sum / count : sum;
}

}  // namespace feeds

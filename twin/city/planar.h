// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/math/glm.h"

namespace city {

/// Areas of the plane with union, difference and rounding (GEOS). One object belongs to one thread.
/// Operations on broken input give the best that GEOS can make of it, or nothing; they never throw.
class Planar {
 public:
  struct Polygon {
    std::vector<glm::dvec2> outer;  ///< counter-clockwise, not closed
    std::vector<std::vector<glm::dvec2>> holes;
  };
  class Area;

  Planar();
  ~Planar();
  Planar(const Planar&) = delete;
  Planar& operator=(const Planar&) = delete;

  Area polygon(std::span<const glm::dvec2> ring, std::span<const std::vector<glm::dvec2>> holes = {}) const;
  Area hull(std::span<const glm::dvec2> points) const;
  Area unite(const std::vector<Area>& areas) const;
  Area subtract(const Area& from, const Area& what) const;
  /// Grown and shrunk again by `radius`: inner corners become arcs, outer corners stay.
  Area rounded(const Area& area, double radius) const;
  /// The part within an upright rectangle.
  Area within(const Area& area, glm::dvec2 low, glm::dvec2 high) const;
  std::vector<Polygon> polygons(const Area& area) const;
  /// The pieces into which lines cut a rectangle.
  std::vector<Polygon> faces(const std::vector<std::vector<glm::dvec2>>& lines, glm::dvec2 low,
                             glm::dvec2 high) const;
  /// Some point well inside.
  glm::dvec2 insidePoint(const Polygon& polygon) const;

 private:
  void* context_;
};

/// A GEOS geometry and its owner's context.
class Planar::Area {
 public:
  Area() = default;
  bool empty() const { return geometry_ == nullptr; }

 private:
  friend class Planar;
  std::shared_ptr<void> geometry_;
};

}  // namespace city

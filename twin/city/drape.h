// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/import/mesh_build.h"
#include "twin/city/height_field.h"
#include "twin/city/planar.h"

namespace city {

/// Lays flat shapes on the drawn ground: whole where the ground is as good as plane (within 2 cm), cut
/// along the lattice and its diagonals where it is not, so that nothing floats or sinks. One object
/// belongs to one thread.
class Drape {
 public:
  explicit Drape(const HeightField& terrain) : terrain_(terrain) {}

  struct Corner {
    glm::dvec2 p{0};   ///< city frame, metres
    glm::dvec2 uv{0};  ///< metres, linear over the shape
  };

  /// A convex polygon, counter-clockwise, `lift` metres above the ground.
  void addConvex(importing::MeshBuilder& builder, std::span<const Corner> corners, double lift) const;
  /// Any polygon with holes; rings may turn either way. uv = x, y counted from a multiple of 64 m near it.
  void addPolygon(importing::MeshBuilder& builder, std::span<const glm::dvec2> outer,
                  std::span<const std::vector<glm::dvec2>> holes, double lift) const;

 private:
  class Sink;
  bool fits(const std::vector<Corner>& polygon) const;
  void cut(Sink& sink, std::vector<Corner> polygon) const;
  /// A block of `cells` x `cells` lattice squares: laid whole, in quarters, or cut square by square.
  void layBlock(Sink& sink, const Planar::Area& area, glm::ivec2 cell, int cells, glm::dvec2 uvOrigin) const;

  const HeightField& terrain_;
  Planar planar_;
};

/// Where the ground between two points departs from the straight line by more than `tolerance` metres:
/// fractions strictly between 0 and 1, rising, at which to bend a strip that runs from a to b.
std::vector<double> groundBends(const HeightField& terrain, glm::dvec2 a, glm::dvec2 b, double tolerance);

}  // namespace city

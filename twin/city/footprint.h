// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/import/triangulate.h"
#include "twin/city/feature.h"

namespace city {

using importing::Ring;

/// A polygon ready to be built on: city frame, metres; outer ring counter-clockwise, holes clockwise, so
/// solid ground lies left of every edge. No repeated or collinear points, no ring crosses itself.
struct Footprint {
  Ring outer;
  std::vector<Ring> holes;
};

/// The smallest rectangle round a ring, its axis along the longer side.
struct OrientedBox {
  glm::vec2 centre{0};
  glm::vec2 axis{1, 0};  ///< unit vector along the longer side
  glm::vec2 half{0};     ///< metres along axis and along side
  glm::vec2 side() const { return {-axis.y, axis.x}; }
};

/// Cleans the rings of a polygon feature. Holes that are broken or leave the outline are left out with a
/// warning; an outline that is degenerate or crosses itself is an error naming the reason.
base::Result<Footprint> cleanFootprint(const Feature& feature);

OrientedBox orientedBox(std::span<const glm::vec2> ring);
double area(const Footprint& footprint);
bool contains(std::span<const glm::vec2> ring, glm::vec2 p);
bool isSimple(std::span<const glm::vec2> ring);

/// Every edge moved to its left by `distance` metres (negative: right) with mitred corners. Empty when
/// the result would turn over or cross itself.
Ring offsetRing(std::span<const glm::vec2> ring, float distance);

/// The part of a ring that lies left of the line through `origin` along `direction`.
Ring clipLeft(std::span<const glm::vec2> ring, glm::vec2 origin, glm::vec2 direction);

/// The ring with a further point wherever an edge crosses the line through `origin` along `direction`.
Ring splitRing(std::span<const glm::vec2> ring, glm::vec2 origin, glm::vec2 direction);

}  // namespace city

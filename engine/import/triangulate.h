// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/math/glm.h"

namespace importing {

using Ring = std::vector<glm::vec2>;

/// Square metres, positive when the ring turns counter-clockwise.
double signedArea(std::span<const glm::vec2> ring);

/// Triangles of a polygon with holes by ear clipping (holes are joined by bridges first). Indices count
/// through `outer`, then each hole in order; triangles turn counter-clockwise whatever way the rings
/// turn. A repeated last point and points that fall together are tolerated; a ring that crosses itself
/// gives a best effort that covers most of it, never a failure. Empty when fewer than three points.
std::vector<uint32_t> triangulate(std::span<const glm::vec2> outer, std::span<const Ring> holes = {});

}  // namespace importing

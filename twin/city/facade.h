// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/import/mesh_build.h"
#include "twin/city/building.h"

namespace city {

/// Levels of a run of walls, z in the city frame.
struct WallLevels {
  float foot = 0;  ///< where the walls begin, below the ground
  float base = 0;  ///< where v = 0: the facade's storeys count from here
  float top = 0;
};

/// Baked contact shading of walls and which of them are blank: how open the sky is at the foot, and a factor
/// for the whole ring.
struct WallShade {
  float foot = 0.6f;
  float all = 1.f;       ///< courtyards are darker than streets
  bool split = false;    ///< a row of vertices 3.5 m up, so that the dark foot stays at the foot
  float blankBelow = 0;  ///< walls shorter than this many metres have no windows (end walls of slabs)
};

/// Walls along a ring with the solid on its left (outer rings counter-clockwise, courtyards clockwise).
/// u runs on round the corners in metres, each wall stretched a little to a whole number of window
/// modules (facade_module.h) so that none is cut by a corner; v = metres above `base`. `tops`, if given, has one z per ring
/// point instead of `levels.top` (gables). Concave corners are darker. The paint's colour, surface and
/// object apply.
void addFacade(importing::MeshBuilder& mesh, std::span<const glm::vec2> ring, const WallLevels& levels,
               const WallShade& shade = {}, std::span<const float> tops = {});

/// A packed colour as 0xRRGGBB.
constexpr uint32_t hexOf(uint32_t packed) { return (packed & 255u) << 16 | (packed & 0xff00u) | (packed >> 16 & 255u); }

/// The paint of a building's walls and of its roof.
importing::Paint wallPaint(const Building& building);
importing::Paint roofPaint(const Building& building);
/// Plant rooms, lift heads, machines on the roof.
importing::Paint plantPaint(const Building& building);

}  // namespace city

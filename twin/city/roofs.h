// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/import/mesh_build.h"
#include "twin/city/building.h"

namespace city {

/// The shapes that can close a building.
enum class RoofShape : uint8_t { Flat, Parapet, Gable, Hip, Shed };

/// What suits the building: its `roof` property, and a parapet where a flat roof is large enough to show it.
RoofShape chooseRoof(const Building& building);

/// Walls and roof of the building, closed but for the floor: its top is `building.top` at the eaves or
/// parapet; pitched roofs rise above it. A shape that the footprint does not allow becomes a flat roof.
void addWallsAndRoof(importing::MeshBuilder& mesh, const Building& building, RoofShape shape);

/// What stands on a flat roof: a plant room for offices, lift heads for apartments. By the building's
/// seed, always inside the footprint.
void addRoofBoxes(importing::MeshBuilder& mesh, const Building& building);

/// A thin canopy along the longest wall of a shop, over its windows; nothing for other uses.
void addShopCanopy(importing::MeshBuilder& mesh, const Building& building);

/// How far eaves reach over the walls, metres.
constexpr float kEaves = 0.4f;
/// Height of a parapet over its roof, metres.
constexpr float kParapet = 0.6f;

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/building.h"
#include "twin/city/city.h"

namespace city {

/// Makes the meshes of `data.buildings`: static batches in tiles (one of bodies, one of details that are
/// drawn near only), each vertex carrying its building's
/// object row. A building whose `city.parts` entry has an object row keeps it; without one the row, the
/// parts, the owner and the entity are made here. Sets `anchor` (above the roof) and `radius`, completes
/// the entity's attributes (footprint_area, gross_floor_area in m2, storeys), and skips broken footprints
/// with a line in `city.data.warnings`. Touches only scene.meshes, scene.statics and what belongs to
/// buildings.
void buildBuildings(const CityData& data, scene::Scene& scene, City& city);

/// Draws one building; the one place that knows ordinary buildings from landmarks. `details` (canopies, the
/// relief of slabs) is what a far view can do without; it may be the same mesh.
void drawBuilding(scene::Mesh& body, scene::Mesh& details, const Building& building);

/// What the inspector, the planner and the floor-area ratio need to know of a building.
model::EntityInfo buildingEntity(const Building& building, const Feature& feature);

}  // namespace city

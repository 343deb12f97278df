// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"

namespace city {

/// Makes the meshes of `data.buildings`: static batches in tiles, each vertex carrying the object row
/// that `city.parts.at(id).object` holds already; sets `anchor` and `radius` of those parts. May touch
/// only `scene.meshes`, `scene.statics` and the parts of buildings: it runs beside other builders.
void buildBuildings(const CityData& data, scene::Scene& scene, City& city);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"
#include "twin/city/pieces.h"

namespace city {

/// The ground: the lattice as it is (same triangles as HeightField), tinted by land cover, and beyond it a
/// skirt that runs out to the haze so that no edge of the world is seen.
void buildTerrain(const CityData& data, Pieces& pieces);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"
#include "twin/city/ground_tint.h"
#include "twin/city/pieces.h"

namespace city {

/// The land beyond the lattice, out to the mountains on the horizon, in rings of ever coarser squares; a
/// backdrop without claim to be the real relief. On flat cities it stays flat.
void buildFarTerrain(const CityData& data, const GroundTint& tint, Pieces& pieces);

}  // namespace city

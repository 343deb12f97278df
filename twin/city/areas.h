// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"
#include "twin/city/pieces.h"

namespace city {

/// Crisp areas on the ground: lots, parks, plazas, pitches, car parks (and parking bays).
void buildAreas(const City& city, Pieces& pieces);

/// Ponds and streams: a darker bed and a transparent surface.
void buildWater(const City& city, Pieces& pieces);

/// Railways on ballast.
void buildRails(const City& city, Pieces& pieces);

}  // namespace city

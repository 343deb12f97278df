// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city.h"
#include "twin/city/pieces.h"
#include "twin/city/road_network.h"

namespace city {

/// Carriageways on the ground, their sidewalks and kerbs, and stop lines before signals.
void buildRoads(const City& city, const RoadNetwork& network, Pieces& pieces);

/// The asphalt where roads meet, and the sidewalks round its corners.
void buildJunctions(const City& city, const RoadNetwork& network, Pieces& pieces);

/// Decks, parapets and piers of roads with structure "bridge".
void buildBridges(const City& city, const RoadNetwork& network, Pieces& pieces);

/// Crosswalks of the pack.
void buildCrosswalks(const City& city, Pieces& pieces);

/// The static object row of an entity, or kNoObject.
uint32_t objectOf(const City& city, const std::string& id);

/// Seed of kSurfaceRoad for a road's lanes.
uint32_t roadSeed(const Feature& road);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"
#include "twin/city/osm_extract.h"

namespace city {

/// Cuts road ways at the nodes they share into edges between nodes (ids "w1", "w1/2" ...), raises long
/// bridges, and makes crosswalks where crossing nodes lie on roads. Fills roads, nodes and crosswalks.
void addOsmRoads(const OsmExtract& extract, CityData& data);

}  // namespace city

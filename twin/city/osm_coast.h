// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"
#include "twin/city/osm_extract.h"

namespace city {

/// The sea as water polygons (ids "sea1" ...): `natural=coastline` ways keep land on their left
/// (wiki.openstreetmap.org/wiki/Tag:natural=coastline). Loose ends run out beyond the horizon.
void addSea(const OsmExtract& extract, CityData& data);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"

namespace city {

/// Reads an OpenStreetMap extract (.osm, .osm.gz, .osm.bz2, .osm.pbf) with libosmium. The frame is a
/// transverse Mercator of its own about the middle of the data; the ground is flat. Extracts that
/// libosmium cannot read give one line that says why and how to get a readable one.
class OsmReader : public CityReader {
 public:
  bool recognises(const std::filesystem::path& path) const override;
  base::Result<CityData> read(const std::filesystem::path& path) const override;
};

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <fmt/format.h>
#include <memory>

#include "twin/city/city_data.h"
#include "twin/city/osm_reader.h"
#include "twin/city/pack_reader.h"

namespace city {

base::Result<CityData> readCity(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return base::Error{fmt::format(
        "{}: there is no such file or folder; a city is a pack folder with city.toml or an OSM extract",
        path.string())};
  }
  const PackReader pack;
  const OsmReader osm;
  for (const CityReader* reader : std::array<const CityReader*, 2>{&pack, &osm}) {
    if (reader->recognises(path)) return reader->read(path);
  }
  return base::Error{
      fmt::format("{}: not a city; readable are a pack folder with city.toml and OSM extracts (.osm, "
                  ".osm.gz, .osm.bz2, .osm.pbf)",
                  path.string())};
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"

namespace city {

/// city.toml, read: names, frame, time zone, scene box and renames are in `data`.
struct CityToml {
  CityData data;
  glm::dvec2 originMetres{0};  ///< the city frame's origin in its CRS
};

/// Reads city.toml. The error names the file and the key.
base::Result<CityToml> readCityToml(const std::filesystem::path& file);

/// Reads views.toml into the frame of `data`; needs its terrain. Broken views become warnings.
void readViewsToml(const std::filesystem::path& file, CityData& data);

/// Reads sources.toml.
void readSourcesToml(const std::filesystem::path& file, CityData& data);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/city/city_data.h"

namespace city {

/// Reads a city pack: a folder of GeoJSON layers and TOML files (assets/city/FORMAT.md). Fails only when
/// city.toml is unusable; anything else wrong becomes a warning and the rest is read.
class PackReader : public CityReader {
 public:
  bool recognises(const std::filesystem::path& path) const override;
  base::Result<CityData> read(const std::filesystem::path& path) const override;
};

}  // namespace city

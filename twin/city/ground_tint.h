// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "twin/city/city_data.h"

namespace city {

/// Ground colours on a regular lattice, from the land layers: woods, farmland, lots, water, built-up land.
struct GroundTint {
  glm::dvec2 southWest{0};
  double spacing = 25;
  uint32_t columns = 0;
  uint32_t rows = 0;
  std::vector<uint32_t> colors;  ///< packed sRGB, row by row from the south

  uint32_t at(uint32_t column, uint32_t row) const { return colors[size_t{row} * columns + column]; }
};

/// Over the lattice of `data.terrain`, or, on flat ground, over one of at most 160 x 160 points.
GroundTint tintGround(const CityData& data);

/// 0xRRGGBB by land use of a lot, by kind of a green area.
uint32_t lotColor(const Feature& lot);
uint32_t greenColor(const Feature& green);

}  // namespace city

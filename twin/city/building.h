// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/result.h"
#include "twin/city/feature.h"
#include "twin/city/footprint.h"
#include "twin/city/height_field.h"

namespace city {

/// One building feature, checked and placed on the ground: all that is needed to draw it. Lengths in
/// metres, heights z in the city frame.
struct Building {
  std::string id;
  std::string use;       ///< as in FORMAT.md: "office", "apartment" ...
  std::string roof;      ///< "flat", "gable", "hip", "shed"
  std::string landmark;  ///< empty for ordinary buildings
  Footprint footprint;
  OrientedBox box;
  double area = 0;      ///< of the footprint, courtyards left out, m2
  float groundLow = 0;  ///< lowest and highest ground under the footprint
  float groundHigh = 0;
  float base = 0;   ///< level from which facades count: the lowest ground (plus min_height)
  float foot = 0;   ///< where walls begin: below the ground, unless the part hangs above it
  float top = 0;    ///< eaves or parapet
  float ridge = 0;  ///< azimuth of the ridge in radians clockwise from grid north; NaN: not given
  int storeys = 1;
  int basements = 0;
  uint64_t seed = 0;       ///< from the id: procedural choices
  uint32_t object = 0;     ///< row of the static object table
  uint32_t facadeUse = 0;  ///< gpu_types::kUse...
  uint32_t wallColor = 0;  ///< sRGB, fully open
  uint32_t roofColor = 0;

  float height() const { return top - base; }
};

/// Reads and checks a feature. Without `height`, storeys (or the use) give one. An error names the
/// reason; warnings say what was worked around.
base::Result<Building> makeBuilding(const Feature& feature, const HeightField& terrain);

/// Usual storey height of a use, metres.
float storeyHeight(const std::string& use);

/// Floor area above ground, m2: the storeys over the footprint.
double grossFloorArea(const Building& building);

}  // namespace city

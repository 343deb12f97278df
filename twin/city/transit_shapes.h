// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twin/core/catalogue.h"
#include "twin/core/geodesy.h"

namespace city {

/// A line of the GTFS feed as drawn on the map.
struct TransitRoute {
  std::string id;            ///< GTFS route_id
  core::BilingualText name;  ///< route_short_name, or the long one; both languages alike unless translations.txt has it
  std::string longName;
  uint32_t rgb = 0;  ///< route_color, 0 when none
  bool shuttle = false;
  std::vector<std::vector<glm::dvec2>> shapes;  ///< different shapes of its trips, city frame
};

/// Reads routes, trips and shapes of a GTFS folder. Missing files give no routes; broken rows are left
/// out and counted in one warning per file.
std::vector<TransitRoute> readTransitRoutes(const std::filesystem::path& folder, const core::CityFrame& frame,
                                            std::vector<std::string>& warnings);

}  // namespace city

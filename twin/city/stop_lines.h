// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "twin/city/road_network.h"

namespace city {

/// Half the depth of the painted bar, metres along the road.
constexpr double kStopLineHalf = 0.2;

/// The white bar across the lanes that come into a signalled junction. It is drawn here, and here traffic
/// stops.
struct StopLine {
  int edge = -1;            ///< index in RoadNetwork::edges
  bool atStart = false;     ///< true: traffic runs against the road's line
  glm::dvec2 inner{0};      ///< end of the bar's axis at the middle of the road
  glm::dvec2 outer{0};      ///< its end at the kerb
  glm::dvec2 direction{0};  ///< unit vector, as the traffic drives
};

/// One for each way into a junction with signals: 2 m before the crosswalk where the arm has one, else
/// 1 m before the junction's area. Arms too short for it and bridges have none. In the order of the edges.
std::vector<StopLine> stopLines(const CityData& data, const RoadNetwork& network);

}  // namespace city

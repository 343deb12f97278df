// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "engine/base/result.h"
#include "twin/city/city_data.h"
#include "twin/traffic/road_graph.h"

namespace traffic {

/// A road network for SUMO, made from the city and kept in a cache folder.
struct SumoNetwork {
  std::filesystem::path folder;   ///< of this network; other inputs of SUMO may be written beside it
  std::filesystem::path netFile;  ///< network.net.xml; SUMO's x, y are the city frame's (offset 0, 0)
  RoadGraph graph;
  bool fromCache = false;
};

/// $XDG_CACHE_HOME/alphacity, ~/.cache/alphacity, or a folder of the user's own in the temporary folder.
std::filesystem::path defaultCacheFolder();

/// The node and edge files of netconvert (plain XML) for the city's roads.
struct PlainNetwork {
  std::string nodes;
  std::string edges;
  std::string connections;
};
PlainNetwork plainNetwork(const city::CityData& city);

/// Writes the plain files, runs netconvert (or takes an earlier result for the same input) and reads the
/// result. Errors: no roads; netconvert missing, failing or taking more than a minute.
base::Result<SumoNetwork> buildSumoNetwork(const city::CityData& city,
                                           const std::filesystem::path& cacheFolder);

/// Gives each edge the pack's 3-D line, for heights on bridges. Edges without a road keep none.
void joinRoads(const city::CityData& city, RoadGraph& graph);

/// The centre line of what one direction of a road drives on: offset from the drawn line so that lanes
/// and median match the carriageway. Metres to the right of the line in driving direction; the width of
/// that direction's lanes is lanes * lane_width.
double innerEdgeOffset(const city::Feature& road, bool forward);

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/traffic/road_graph.h"

namespace traffic {

/// A stop on a lane.
struct LineStop {
  std::string id;      ///< GTFS stop_id, or the pack id where there is none
  std::string entity;  ///< pack id of the stop
  std::string name;    ///< Korean
  glm::dvec2 position{0};
  int edge = -1;
  double along = 0;        ///< metres on the edge's right lane
  double routeMetres = 0;  ///< from the start of the line's route
};

/// Departures of a line: one every `headway` seconds from `begin` until `end` (seconds of the local day).
struct LineFrequency {
  double begin = 0, end = 86400, headway = 840;
};

/// One direction of a bus line, or the shuttle's loop.
struct TransitLine {
  std::string id;       ///< "bus_609_0", "shuttle"
  std::string routeId;  ///< of GTFS
  std::string tripId;
  std::string name;  ///< "609"
  bool loop = false;
  std::vector<int> edges;
  std::vector<LineStop> stops;  ///< in driving order
  std::vector<LineFrequency> frequencies;
  double length = 0;  ///< metres
};

/// The clockwise ring of the roads marked `shuttle_loop`, with its stops; no edges when there is none.
TransitLine shuttleLoop(const city::CityData& city, const RoadGraph& graph,
                        std::vector<std::string>& warnings);

/// The bus routes of the pack's GTFS feed, matched to lanes. Lines that cannot be driven are left out
/// with a warning.
std::vector<TransitLine> busLines(const city::CityData& city, const RoadGraph& graph, double defaultHeadway,
                                  std::vector<std::string>& warnings);

/// Rows of a GTFS table by column name. An absent file has no rows.
using CsvRow = std::map<std::string, std::string, std::less<>>;
std::vector<CsvRow> readCsv(const std::filesystem::path& file);

}  // namespace traffic

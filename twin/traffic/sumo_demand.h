// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/hash.h"
#include "twin/city/city_data.h"
#include "twin/core/time.h"
#include "twin/traffic/demand_table.h"
#include "twin/traffic/road_graph.h"
#include "twin/traffic/transit_lines.h"

namespace traffic {

/// One vehicle that sets off.
struct Departure {
  std::string id;          ///< unique while it drives: "car-3060012", "tx-0417", "bus-609-0-31", "shuttle-1"
  std::string kind;        ///< catalogue name
  std::string route;       ///< id of its route; routes of lines are in linesXml(), the others in `edges`
  std::vector<int> edges;  ///< empty for lines
  const TransitLine* line = nullptr;
  std::string position = "base";  ///< SUMO's departPos
  std::string lane = "best";
  std::string speed = "max";
  std::string arrival = "max";  ///< SUMO's arrivalPos
};

/// Who drives where and when: a function of the city, the table, the seed and the second, so that two
/// runs of the same day see the same vehicles set off.
class SumoDemand {
 public:
  SumoDemand(const city::CityData& city, const RoadGraph& graph, DemandTable table, uint64_t seed,
             bool matchDay);

  /// Vehicles that set off in the second that starts at `second` (whole seconds, UTC).
  std::vector<Departure> departures(int64_t second) const;
  /// The shuttles, that never leave; to be set off when they are not there.
  std::vector<Departure> shuttles() const;

  /// Vehicle types, bus stops, and the routes of lines, as SUMO's additional file.
  std::string additionalXml() const;

  const std::vector<TransitLine>& buses() const { return buses_; }
  const TransitLine& shuttleLine() const { return shuttle_; }
  const DemandTable& table() const { return table_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Entry {
    int edge = -1;
    double perDay = 0;
    std::string road;  ///< name, for the affinity of through traffic
    glm::dvec2 position{0};
  };
  struct Place {
    int edge = -1;
    double work = 0, home = 0, match = 0;  ///< relative weights
  };

  void findEnds(const city::CityData& city);
  void findPlaces(const city::CityData& city);
  void addThrough(int64_t second, double hour, int weekday, std::vector<Departure>& out) const;
  void addDistrict(int64_t second, double hour, std::vector<Departure>& out) const;
  void addMatch(int64_t second, const core::LocalTime& local, std::vector<Departure>& out) const;
  void addBuses(int64_t second, double daySecond, std::vector<Departure>& out) const;
  enum class Trip : uint8_t { Through, ToPlace, FromPlace };
  bool addTrip(int64_t second, int from, int to, Trip trip, uint64_t key, double hour,
               std::vector<Departure>& out) const;
  int pickExit(const Entry& from, double u) const;
  int pickEntry(double u) const;
  int pickPlace(double Place::*weight, double u) const;
  const std::vector<int>& route(int from, int to) const;
  std::string kindOf(double u, double hour) const;

  const RoadGraph& graph_;
  DemandTable table_;
  core::TimeZone zone_;
  uint64_t seed_;
  bool matchDay_;
  std::vector<Entry> entries_, exits_;
  std::vector<Place> places_;
  TransitLine shuttle_;
  std::vector<TransitLine> buses_;
  std::vector<std::string> warnings_;
  mutable std::map<std::pair<int, int>, std::vector<int>> routes_;  ///< used by one thread at a time
};

/// SUMO's type definitions for the kinds that it drives.
std::string vehicleTypesXml(const DemandTable& table);
/// Metres from bumper to bumper of a kind.
double vehicleLength(std::string_view kind);

}  // namespace traffic

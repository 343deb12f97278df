// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "engine/base/hash.h"
#include "twin/city/city_data.h"
#include "twin/feeds/encode_adas.h"
#include "twin/traffic/road_graph.h"
#include "twin/traffic/traffic_step.h"

namespace traffic {

/// Warnings of the fitted taxis ("tx-0417"): so many per 1,000 taxi-kilometres of each type, drawn from
/// the seed, given out where the situation fits (a pedestrian warning near a crosswalk, a lane warning
/// above 55 km/h, a headway warning behind another vehicle). Estimates of a simulator, marked "sim".
class AdasModel {
 public:
  AdasModel(const city::CityData& city, const RoadGraph& graph, uint64_t seed);

  /// Events of the seconds between the last step and this one.
  std::vector<feeds::AdasEvent> step(const TrafficStep& step);
  uint64_t count() const { return count_; }
  double kilometres() const { return kilometres_; }

  struct Rate {
    const char* type;
    double perThousandKm;
  };
  static constexpr std::array<Rate, 6> kRates{
      {{"HMW", 90}, {"LDW", 17}, {"UFCW", 9}, {"FCW", 2}, {"PCW", 2}, {"SLI", 40}}};

 private:
  bool fits(size_t type, const VehicleState& v, const TrafficStep& step, double& lead) const;
  feeds::AdasEvent eventOf(size_t type, const VehicleState& v, base::UtcNs time, double lead);
  void draw(size_t type);

  const city::CityData& city_;
  const RoadGraph& graph_;
  base::Random random_;
  std::vector<glm::dvec2> crossings_;
  std::array<double, kRates.size()> left_{};  ///< kilometres until the next event of a type
  std::map<std::string, double> odometers_;
  double kilometres_ = 0;
  uint64_t count_ = 0;
};

/// "day", "dusk" or "night" from the sun at the city.
const char* lightAt(const city::CityData& city, base::UtcNs time);

}  // namespace traffic

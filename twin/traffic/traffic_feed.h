// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/traffic/adas_model.h"
#include "twin/traffic/publish.h"
#include "twin/traffic/spat.h"
#include "twin/traffic/traffic_step.h"
#include "twin/traffic/transit_model.h"

namespace traffic {

/// Turns steps of traffic into the messages of the wire: telemetry of every vehicle, GTFS-Realtime of
/// buses and shuttles, SPaT of the controllers, ADAS events of the fitted taxis, take-overs of the
/// shuttles, and "gone" for what has left. A function of the steps that it is given and the seed.
class TrafficFeed {
 public:
  TrafficFeed(const city::CityData& city, const RoadGraph& graph, const std::vector<SignalProgram>& programs,
              const TransitLine& shuttle, const std::vector<TransitLine>& buses, uint64_t seed);

  /// Steps in the order of time.
  void publish(const TrafficStep& step, const Publish& out);
  /// Lets every vehicle leave: before another source takes over.
  void clear(base::UtcNs time, const Publish& out);

  size_t vehicles() const { return shown_.size(); }
  uint64_t adasEvents() const { return adas_.count(); }

 private:
  struct Shown {
    std::string kind;
    uint32_t signals = 0;
    bool fresh = true;  ///< properties that never change are sent once
    base::UtcNs seen = 0;
  };

  void publishVehicle(const VehicleState& v, base::UtcNs time, const Publish& out);
  void publishGone(base::UtcNs time, const Publish& out);
  void publishTransit(const TrafficStep& step, const Publish& out);

  const city::CityData& city_;
  TransitModel transit_;
  AdasModel adas_;
  SpatTable spat_;
  std::unordered_map<std::string, Shown> shown_;
};

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "twin/core/time.h"
#include "twin/feeds/encode_event.h"
#include "twin/traffic/traffic_step.h"
#include "twin/traffic/transit_lines.h"

namespace traffic {

/// What a bus or a shuttle reports beside its pose. All of it is simulated.
struct TransitReport {
  const TransitLine* line = nullptr;
  double along = 0;  ///< metres on the line
  const LineStop* next = nullptr;
  double etaSeconds = 0;  ///< to `next`
  bool atStop = false;
  int passengers = 0, capacity = 0;
  double battery = 0;          ///< percent, shuttles only
  const char* mode = nullptr;  ///< "auto", "manual", "stopped"; shuttles only
};

/// Follows vehicles along their lines: next stop, arrival, people on board, take-overs. Loads and
/// take-overs are drawn by vehicle, stop and minute from the seed, so they are the same in every run.
class TransitModel {
 public:
  TransitModel(const RoadGraph& graph, const TransitLine& shuttle, const std::vector<TransitLine>& buses,
               core::TimeZone zone, uint64_t seed);

  std::optional<TransitReport> report(const VehicleState& v, base::UtcNs time) const;
  /// A take-over that begins in the second before `time`.
  std::optional<feeds::WireEvent> takeover(const VehicleState& v, base::UtcNs time) const;

 private:
  struct Track {
    const TransitLine* line = nullptr;
    Polyline path;  ///< right lanes, one after the other
  };
  /// Seconds since the take-over of this minute began, negative when there is none; its length.
  std::pair<double, double> takeoverAt(const std::string& id, base::UtcNs time) const;
  int load(const VehicleState& v, const TransitLine& line, size_t stop, base::UtcNs time, int capacity) const;

  std::map<std::string, Track, std::less<>> tracks_;
  core::TimeZone zone_;
  uint64_t seed_;
};

}  // namespace traffic

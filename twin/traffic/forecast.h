// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/math/glm.h"
#include "twin/model/observation.h"
#include "twin/traffic/link_meter.h"

namespace traffic {

/// One second of one predicted mover; 16 bytes.
struct ForecastPose {
  float x = 0, y = 0;     ///< city frame, middle of the vehicle, metres
  int16_t z = kOnGround;  ///< decimetres, city frame; kOnGround: draped
  int16_t heading = 0;    ///< clockwise from grid north, 32768 = half a turn
  uint16_t speed = 0;     ///< cm/s
  static constexpr int16_t kOnGround = INT16_MIN;

  double headingRadians() const { return heading * 3.14159265358979323846 / 32768; }
  double metresPerSecond() const { return speed / 100.0; }
};

/// A mover from `first` on, one pose a second.
struct ForecastMover {
  std::string id;
  std::string kind;
  std::string line;   ///< TransitLine id, empty for the rest
  int64_t first = 0;  ///< UTC seconds
  std::vector<ForecastPose> poses;
};

/// A bus or a shuttle at a stop.
struct Arrival {
  std::string vehicle;
  std::string stop;  ///< its name, as the feed has it
  base::UtcNs at = 0;
};

/// The next minutes as a second SUMO saw them, forked from the live one. None of it has happened: whoever
/// shows it says so.
struct Forecast {
  static constexpr model::Provenance kProvenance = model::Provenance::Predicted;

  base::UtcNs made = 0;               ///< moment of the live simulation that it was forked from
  base::UtcNs until = 0;              ///< last predicted second
  std::vector<ForecastMover> movers;  ///< sorted by id
  std::vector<LinkMinute> minutes;    ///< whole minutes of the day, in order
  std::vector<Arrival> arrivals;      ///< in order of time
  bool truncated = false;             ///< the memory bound was reached; later poses are missing
  double computeSeconds = 0;          ///< wall time that SUMO took

  size_t poses() const {
    size_t count = 0;
    for (const ForecastMover& mover : movers) count += mover.poses.size();
    return count;
  }
};

}  // namespace traffic

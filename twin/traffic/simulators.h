// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/traffic/publish.h"

namespace traffic {

class LookAhead;

struct SimOptions {
  uint64_t seed = 1;
  bool matchDay = false;
  bool useSumo = true;  ///< false: the recorded day, as on a fixed clock
  /// Shown time, UTC; asked on the simulators' own threads. Empty: the machine's clock.
  std::function<base::UtcNs()> now;
  std::filesystem::path recordedDay;  ///< empty: assets/traffic/<city id>_day.rec beside the pack
  std::filesystem::path cacheFolder;  ///< empty: the user's
};

/// The simulated city: traffic (live from SUMO, or the recorded day) and the devices of the pack, as
/// messages of the wire. Live: start() and stop(). On a fixed clock: advanceTo() from the frame's thread
/// instead of start(); then nothing runs beside the caller and the same times give the same messages.
class Simulators {
 public:
  /// Keeps a reference to `city`, which must outlive this object.
  Simulators(const city::CityData& city, SimOptions options, Publish publish);
  ~Simulators();

  /// Starts threads and returns at once; the network is built on one of them.
  void start();
  void stop();
  /// Publishes all that happens up to `time` (UTC), on the caller's thread. The first call also publishes
  /// the last report of every device and two steps of traffic, so that the scene is whole at once.
  void advanceTo(base::UtcNs time);

  struct Line {
    std::string name;  ///< "traffic", "devices"
    std::string text;  ///< English, one line
    bool good = true;
  };
  /// For the feeds panel. Any thread.
  std::vector<Line> status() const;
  size_t vehicles() const;
  /// The next minutes; says NotLive while no SUMO of ours drives.
  LookAhead& lookAhead();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace traffic

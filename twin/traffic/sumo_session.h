// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "twin/traffic/road_graph.h"
#include "twin/traffic/sumo_demand.h"
#include "twin/traffic/traffic_step.h"

namespace traffic {

struct SumoSessionOptions {
  std::filesystem::path netFile;
  std::filesystem::path folder;  ///< with demand.add.xml and signals.add.xml; takes sumo.log
  double beginSecond = 0;        ///< of the local day
  uint64_t seed = 1;
  std::string label;  ///< unique within the program
};

/// One life of one SUMO process and its TraCI connection. Everything that libtraci throws ends here:
/// methods return an empty text, or why it is over. One thread.
class SumoSession {
 public:
  explicit SumoSession(SumoSessionOptions options);
  ~SumoSession();
  static bool built();

  std::string open(double timeoutSeconds, const std::atomic<bool>& stopping, std::atomic<int>& pid);
  /// Sends off the vehicles of `second` (UTC), makes one step of a second, and fills `out` when `read`.
  std::string step(const RoadGraph& graph, const SumoDemand& demand, int64_t second, bool read,
                   TrafficStep& out);
  /// Writes the whole state (SUMO's format) between two steps.
  std::string save(const std::filesystem::path& file);
  void close();

  uint64_t departed() const;
  uint64_t refused() const;
  uint64_t teleports() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "twin/traffic/road_graph.h"

namespace traffic {

struct SignalPhase {
  double seconds = 0;
  std::string state;  ///< one SUMO letter per link: G g y r s
};

/// The fixed-time program of one controller. The cycle starts at `offset` seconds after midnight UTC, so
/// the state is a function of time alone and needs no recording.
struct SignalProgram {
  std::string controller;
  double offset = 0;
  double cycle = 0;
  std::vector<SignalPhase> phases;

  /// Phase and seconds until it ends at `second` (any origin that the simulation uses consistently).
  std::pair<int, double> phaseAt(double second) const;
  /// Seconds from `second` until the letter of `link` changes; the cycle when it never does.
  double untilChange(double second, int link) const;
};

/// Programs in the Korean manner: through movements of opposite approaches together, then their protected
/// left turns; where left and through share a lane, each approach has its own turn. Cycle 140 s where an
/// arterial meets, 100 s inside the district, yellow 3 s, all-red 2 s; right turn after a stop on red.
/// `cycles` (by controller, seconds) replaces the default where it is given.
std::vector<SignalProgram> makeSignalPrograms(const RoadGraph& graph,
                                              const std::map<std::string, double>& cycles = {});

/// As SUMO's additional file.
std::string signalProgramsXml(const std::vector<SignalProgram>& programs);

}  // namespace traffic

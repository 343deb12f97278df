// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/feeds/encode_spat.h"
#include "twin/traffic/signal_program.h"

namespace traffic {

/// The pack's signal groups over the fixed-time programs: what each controller's SPaT message says at a
/// second of the simulation. One group for each movement that has its own light: going through (a head's
/// `group`; right turns go with it, and on red after a stop, as Korean law lets them), turning left (its
/// `arrow_group`; the same group where an approach only turns), and walking, while nothing but right turns
/// crosses.
class SpatTable {
 public:
  SpatTable(const city::CityData& city, const RoadGraph& graph, const std::vector<SignalProgram>& programs);

  size_t controllers() const { return tables_.size(); }
  std::vector<feeds::SpatMessage> at(double simSecond, base::UtcNs time) const;

 private:
  enum class Light : uint8_t { Red, Yellow, Green };
  struct Group {
    int number = 0;
    bool pedestrian = false;
    std::vector<Light> byPhase;
  };
  static Group groupOf(const SignalProgram& program, int number, bool pedestrian,
                       const std::vector<int>& links);
  struct Table {
    const SignalProgram* program = nullptr;
    std::vector<Group> groups;
  };
  static feeds::SpatGroup groupAt(const SignalProgram& program, const Group& group, int phase, double left);
  std::vector<Table> tables_;
};

/// Cycle by controller where the pack's nodes say one.
std::map<std::string, double> signalCycles(const city::CityData& city);

}  // namespace traffic

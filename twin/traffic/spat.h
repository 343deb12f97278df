// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/feeds/encode_spat.h"
#include "twin/traffic/signal_program.h"

namespace traffic {

/// The pack's signal groups over the fixed-time programs: what each controller's SPaT message says at a
/// second of the simulation. A vehicle group is one approach: it shows its through movement (left and
/// right turns where there is none). A pedestrian group walks while nothing but right turns crosses it.
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

// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/spat.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace traffic {
namespace {

constexpr double kWalkEnds = 8;  ///< seconds of flashing at the end of a walk

bool isRight(const Connection& c) {
  return c.direction == 'r' || c.direction == 'R';
}

/// The links that a vehicle head stands for.
std::vector<int> headLinks(const RoadGraph& graph, const std::string& road, const std::string& node) {
  std::vector<int> through, left, right;
  for (const Connection& c : graph.connections()) {
    const Edge& from = graph.edges()[static_cast<size_t>(c.from)];
    if (from.road != road || from.to != node || c.link < 0) continue;
    (isRight(c) ? right : c.direction == 's' ? through : left).push_back(c.link);
  }
  return !through.empty() ? through : !left.empty() ? left : right;
}

/// The links that cross a crosswalk over `road` at `node`, right turns excepted.
std::vector<int> crossingLinks(const RoadGraph& graph, const std::string& road, const std::string& node) {
  std::vector<int> links;
  for (const Connection& c : graph.connections()) {
    const Edge &from = graph.edges()[static_cast<size_t>(c.from)],
               &to = graph.edges()[static_cast<size_t>(c.to)];
    if (c.link < 0 || isRight(c) || from.to != node) continue;
    if (from.road == road || to.road == road) links.push_back(c.link);
  }
  return links;
}

}  // namespace

std::map<std::string, double> signalCycles(const city::CityData& city) {
  std::map<std::string, double> cycles;
  for (const city::Feature& node : city.nodes)
    if (node.text("kind") == "signal" && node.number("cycle") > 0)
      cycles[node.text("signal", node.id)] = node.number("cycle");
  return cycles;
}

SpatTable::SpatTable(const city::CityData& city, const RoadGraph& graph,
                     const std::vector<SignalProgram>& programs) {
  for (const SignalProgram& program : programs) {
    Table table{.program = &program, .groups = {}};
    std::set<int> seen;
    for (const city::Feature& device : city.devices) {
      if (device.text("kind") != "signal" || device.text("controller") != program.controller) continue;
      Group group{.number = static_cast<int>(device.number("group")),
                  .pedestrian = device.flag("pedestrian"),
                  .byPhase = {}};
      if (!seen.insert(group.number).second) continue;
      const std::string road = device.text("edge"), node = device.text("node");
      const std::vector<int> links =
          group.pedestrian ? crossingLinks(graph, road, node) : headLinks(graph, road, node);
      for (const SignalPhase& phase : program.phases) {
        bool green = false, yellow = false;
        for (const int link : links) {
          const char letter = phase.state[static_cast<size_t>(link)];
          green |= letter == 'G' || letter == 'g';
          yellow |= letter == 'y';
        }
        if (group.pedestrian)
          group.byPhase.push_back(green || yellow ? Light::Red : Light::Green);
        else
          group.byPhase.push_back(green ? Light::Green : yellow ? Light::Yellow : Light::Red);
      }
      // All-red after traffic is no time to set out.
      for (size_t i = 0; group.pedestrian && i < program.phases.size(); ++i)
        if (program.phases[i].seconds < 4) group.byPhase[i] = Light::Red;
      table.groups.push_back(std::move(group));
    }
    std::sort(table.groups.begin(), table.groups.end(),
              [](const Group& a, const Group& b) { return a.number < b.number; });
    if (!table.groups.empty()) tables_.push_back(std::move(table));
  }
}

feeds::SpatGroup SpatTable::groupAt(const SignalProgram& program, const Group& group, int phase,
                                    double left) {
  const size_t count = program.phases.size(), at = static_cast<size_t>(phase);
  double remain = left;
  bool changes = false;
  for (size_t step = 1; step < count && !changes; ++step) {
    const size_t next = (at + step) % count;
    changes = group.byPhase[next] != group.byPhase[at];
    if (!changes) remain += program.phases[next].seconds;
  }
  feeds::SpatGroup out{.group = group.number, .state = "stop-And-Remain"};
  if (group.byPhase[at] == Light::Yellow) out.state = "protected-clearance";
  if (group.byPhase[at] == Light::Green) out.state = "protected-Movement-Allowed";
  if (group.pedestrian && group.byPhase[at] == Light::Green && remain < kWalkEnds)
    out.state = "permissive-clearance";
  out.remainTenths = changes ? static_cast<int>(std::lround(remain * 10)) : feeds::kSpatUnknown;
  return out;
}

std::vector<feeds::SpatMessage> SpatTable::at(double simSecond, base::UtcNs time) const {
  std::vector<feeds::SpatMessage> messages;
  for (const Table& table : tables_) {
    const auto [phase, left] = table.program->phaseAt(simSecond);
    feeds::SpatMessage message{.controller = table.program->controller, .time = time, .groups = {}};
    for (const Group& group : table.groups)
      message.groups.push_back(groupAt(*table.program, group, phase, left));
    messages.push_back(std::move(message));
  }
  return messages;
}

}  // namespace traffic

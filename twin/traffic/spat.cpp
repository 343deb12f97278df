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

bool isLeft(const Connection& c) {
  return c.direction == 'l' || c.direction == 'L' || c.direction == 't';
}

/// The links that a vehicle head stands for: those of its round lens, and those of its arrow.
struct HeadLinks {
  std::vector<int> round, arrow;
};

HeadLinks headLinks(const RoadGraph& graph, const std::string& road, const std::string& node) {
  std::vector<int> through, left, right;
  for (const Connection& c : graph.connections()) {
    const Edge& from = graph.edges()[static_cast<size_t>(c.from)];
    if (from.road != road || from.to != node || c.link < 0) continue;
    (isRight(c) ? right : isLeft(c) ? left : through).push_back(c.link);
  }
  return {!through.empty() ? through : !left.empty() ? left : right, left};
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
      const std::string road = device.text("edge"), node = device.text("node");
      const int number = static_cast<int>(device.number("group")),
                arrow = static_cast<int>(device.number("arrow_group"));
      const bool pedestrian = device.flag("pedestrian");
      const HeadLinks head = pedestrian ? HeadLinks{} : headLinks(graph, road, node);
      if (seen.insert(number).second)
        table.groups.push_back(
            groupOf(program, number, pedestrian, pedestrian ? crossingLinks(graph, road, node) : head.round));
      if (arrow > 0 && seen.insert(arrow).second)
        table.groups.push_back(groupOf(program, arrow, false, head.arrow));
    }
    std::sort(table.groups.begin(), table.groups.end(),
              [](const Group& a, const Group& b) { return a.number < b.number; });
    if (!table.groups.empty()) tables_.push_back(std::move(table));
  }
}

SpatTable::Group SpatTable::groupOf(const SignalProgram& program, int number, bool pedestrian,
                                    const std::vector<int>& links) {
  Group group{.number = number, .pedestrian = pedestrian, .byPhase = {}};
  for (const SignalPhase& phase : program.phases) {
    bool green = false, yellow = false;
    for (const int link : links) {
      const char letter = phase.state[static_cast<size_t>(link)];
      green |= letter == 'G' || letter == 'g';
      yellow |= letter == 'y';
    }
    // All-red after traffic is no time to set out.
    if (pedestrian)
      group.byPhase.push_back(green || yellow || phase.seconds < 4 ? Light::Red : Light::Green);
    else
      group.byPhase.push_back(green ? Light::Green : yellow ? Light::Yellow : Light::Red);
  }
  return group;
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

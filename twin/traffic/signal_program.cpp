// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/signal_program.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <set>

namespace traffic {
namespace {

constexpr double kYellow = 3;
constexpr double kAllRed = 2;
constexpr double kArterialCycle = 140;
constexpr double kInnerCycle = 100;
constexpr double kArterialSpeed = 14.5;   ///< m/s; faster roads count as arterials
constexpr double kProgressionSpeed = 13;  ///< m/s of the green wave
constexpr double kOpposite = 35 * std::numbers::pi / 180;

struct Approach {
  int edge = -1;
  double heading = 0;
  double lanes = 0;
  double weight = 0;  ///< demand: lanes times speed
  bool sharedLeft = false;
  std::vector<const Connection*> left, through, right;
};

/// Links that are green together, with their share of the cycle.
struct Stage {
  std::set<int> green;
  double weight = 1;
  double least = 7;
};

std::vector<Approach> approachesOf(const RoadGraph& graph, const std::vector<const Connection*>& links) {
  std::map<int, Approach> byEdge;
  for (const Connection* c : links) {
    Approach& approach = byEdge[c->from];
    approach.edge = c->from;
    if (c->direction == 'r' || c->direction == 'R')
      approach.right.push_back(c);
    else if (c->direction == 'l' || c->direction == 'L' || c->direction == 't')
      approach.left.push_back(c);
    else
      approach.through.push_back(c);
  }
  std::vector<Approach> out;
  for (auto& [edgeIndex, approach] : byEdge) {
    const Edge& edge = graph.edges()[static_cast<size_t>(edgeIndex)];
    const Polyline& shape = edge.lanes.front().shape;
    const glm::dvec3 d = shape.back() - pointAt(shape, planLength(shape) - 15);
    approach.heading = headingOf({d.x, d.y});
    approach.lanes = static_cast<double>(edge.lanes.size());
    approach.weight = approach.lanes * edge.speed;
    for (const Connection* l : approach.left)
      for (const Connection* t : approach.through) approach.sharedLeft |= l->fromLane == t->fromLane;
    out.push_back(std::move(approach));
  }
  return out;
}

void add(Stage& stage, const std::vector<const Connection*>& links) {
  for (const Connection* c : links) stage.green.insert(c->link);
}

std::vector<Stage> stagesOfPair(const Approach& a, const Approach& b) {
  std::vector<Stage> stages;
  if (a.sharedLeft || b.sharedLeft) {
    for (const Approach* one : {&a, &b}) {
      Stage stage{.weight = one->weight};
      add(stage, one->left);
      add(stage, one->through);
      add(stage, one->right);
      stages.push_back(stage);
    }
    return stages;
  }
  Stage through{.weight = std::max(a.weight, b.weight), .least = 15};
  for (const Approach* one : {&a, &b}) {
    add(through, one->through);
    add(through, one->right);
  }
  stages.push_back(through);
  Stage left{.weight = std::max(a.weight, b.weight) / std::max(1.0, std::max(a.lanes, b.lanes)) * 1.1,
             .least = 10};
  for (const Approach* one : {&a, &b}) add(left, one->left);
  if (!left.green.empty()) stages.push_back(left);
  return stages;
}

std::vector<Stage> stagesOf(std::vector<Approach> approaches) {
  std::sort(approaches.begin(), approaches.end(), [](const Approach& a, const Approach& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.edge < b.edge;
  });
  std::vector<Stage> stages;
  std::vector<bool> used(approaches.size(), false);
  for (size_t i = 0; i < approaches.size(); ++i) {
    if (used[i]) continue;
    used[i] = true;
    size_t partner = approaches.size();
    double best = kOpposite;
    for (size_t j = i + 1; j < approaches.size(); ++j) {
      const double off =
          std::abs(angleBetween(approaches[j].heading, approaches[i].heading + std::numbers::pi));
      if (!used[j] && off < best) {
        best = off;
        partner = j;
      }
    }
    if (partner < approaches.size()) {
      used[partner] = true;
      for (Stage& stage : stagesOfPair(approaches[i], approaches[partner]))
        stages.push_back(std::move(stage));
      continue;
    }
    Stage stage{.weight = approaches[i].weight};
    add(stage, approaches[i].left);
    add(stage, approaches[i].through);
    add(stage, approaches[i].right);
    stages.push_back(stage);
  }
  return stages;
}

std::vector<double> greenTimes(const std::vector<Stage>& stages, double available) {
  double weights = 0, least = 0;
  for (const Stage& stage : stages) {
    weights += stage.weight;
    least += stage.least;
  }
  std::vector<double> seconds;
  const double spare = std::max(0.0, available - least);
  for (const Stage& stage : stages)
    seconds.push_back(std::round(stage.least + spare * stage.weight / weights));
  return seconds;
}

SignalProgram programOf(const std::string& controller, const std::vector<Stage>& stages, size_t links,
                        const std::set<int>& rightLinks, double cycle) {
  SignalProgram program{.controller = controller};
  const double lost = static_cast<double>(stages.size()) * (kYellow + kAllRed);
  const std::vector<double> seconds = greenTimes(stages, cycle - lost);
  // Right turn on red: SUMO's "s" is go after a stop when the way is free (Korean road traffic act, art. 25).
  const auto letter = [&](const Stage& stage, int link) {
    if (stage.green.contains(link)) return rightLinks.contains(link) ? 'g' : 'G';
    return rightLinks.contains(link) ? 's' : 'r';
  };
  for (size_t i = 0; i < stages.size(); ++i) {
    const Stage& next = stages[(i + 1) % stages.size()];
    std::string green, yellow, red;
    for (size_t link = 0; link < links; ++link) {
      const char now = letter(stages[i], static_cast<int>(link)), then = letter(next, static_cast<int>(link));
      green += now;
      const bool ends = (now == 'G' || now == 'g') && then != now;
      yellow += ends ? 'y' : now;
      red += !ends ? now : rightLinks.contains(static_cast<int>(link)) ? 's' : 'r';
    }
    program.phases.push_back({std::max(5.0, seconds[i]), green});
    if (stages.size() == 1) continue;
    program.phases.push_back({kYellow, yellow});
    program.phases.push_back({kAllRed, red});
  }
  for (const SignalPhase& phase : program.phases) program.cycle += phase.seconds;
  return program;
}

}  // namespace

std::pair<int, double> SignalProgram::phaseAt(double second) const {
  double t = std::fmod(second - offset, cycle);
  if (t < 0) t += cycle;
  for (size_t i = 0; i < phases.size(); ++i) {
    if (t < phases[i].seconds) return {static_cast<int>(i), phases[i].seconds - t};
    t -= phases[i].seconds;
  }
  return {0, phases.empty() ? 0 : phases[0].seconds};
}

double SignalProgram::untilChange(double second, int link) const {
  auto [phase, left] = phaseAt(second);
  const size_t at = static_cast<size_t>(link), count = phases.size();
  const char now = phases[static_cast<size_t>(phase)].state[at];
  for (size_t step = 1; step < count; ++step) {
    const SignalPhase& next = phases[(static_cast<size_t>(phase) + step) % count];
    if (next.state[at] != now) return left;
    left += next.seconds;
  }
  return cycle;
}

std::vector<SignalProgram> makeSignalPrograms(const RoadGraph& graph,
                                              const std::map<std::string, double>& cycles) {
  std::map<std::string, std::vector<const Connection*>> links;
  for (const Connection& c : graph.connections())
    if (!c.controller.empty() && c.link >= 0) links[c.controller].push_back(&c);
  std::vector<SignalProgram> programs;
  for (const auto& [controller, own] : links) {
    int count = 0;
    std::set<int> right;
    double fastest = 0;
    for (const Connection* c : own) {
      count = std::max(count, c->link + 1);
      if (c->direction == 'r' || c->direction == 'R') right.insert(c->link);
      fastest = std::max(fastest, graph.edges()[static_cast<size_t>(c->from)].speed);
    }
    const auto given = cycles.find(controller);
    const double cycle = given != cycles.end() && given->second >= 40 ? given->second
                         : fastest > kArterialSpeed                   ? kArterialCycle
                                                                      : kInnerCycle;
    SignalProgram program =
        programOf(controller, stagesOf(approachesOf(graph, own)), static_cast<size_t>(count), right, cycle);
    // A wave eastwards: the start of the cycle is later the further east the crossing is.
    const glm::dvec3 at = graph.edges()[static_cast<size_t>(own.front()->from)].lanes.front().shape.back();
    program.offset = std::round(std::fmod(at.x / kProgressionSpeed + 20 * program.cycle, program.cycle));
    programs.push_back(std::move(program));
  }
  return programs;
}

std::string signalProgramsXml(const std::vector<SignalProgram>& programs) {
  std::string out = "<additional>\n";
  char number[32];
  for (const SignalProgram& program : programs) {
    std::snprintf(number, sizeof number, "%.0f", program.offset);
    out += "  <tlLogic id=\"" + program.controller + "\" type=\"static\" programID=\"twin\" offset=\"" +
           number + "\">\n";
    for (const SignalPhase& phase : program.phases) {
      std::snprintf(number, sizeof number, "%.0f", phase.seconds);
      out += std::string("    <phase duration=\"") + number + "\" state=\"" + phase.state + "\"/>\n";
    }
    out += "  </tlLogic>\n";
  }
  return out + "</additional>\n";
}

}  // namespace traffic

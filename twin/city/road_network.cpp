// SPDX-License-Identifier: Apache-2.0
#include "twin/city/road_network.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>

namespace city {
namespace {

constexpr double kPi = std::numbers::pi;

double cornerRadius(const RoadEdge& a, const RoadEdge& b) {
  const double narrow = std::min(a.half, b.half);
  return narrow > 7 ? 9 : narrow > 4 ? 6 : 3.5;
}

RoadEdge makeEdge(const Feature& road) {
  RoadEdge edge;
  edge.road = &road;
  edge.line = road.rings[0];
  edge.length = lengthOf(edge.line);
  edge.half = carriagewayWidth(road) / 2;
  edge.walk = std::clamp(road.number("sidewalk"), 0.0, 12.0);
  const std::string structure = road.text("structure", "ground");
  edge.elevated = structure == "bridge" && road.hasElevation;
  edge.tunnel = structure == "tunnel";
  edge.directionFrom = pointAlong(edge.line, 0.01).second;
  edge.directionTo = pointAlong(edge.line, edge.length).second;
  return edge;
}

int nodeOf(RoadNetwork& network, std::unordered_map<std::string, int>& known, const std::string& id,
           const glm::dvec3& p) {
  if (!id.empty()) {
    const auto found = known.find(id);
    if (found != known.end()) return found->second;
    known.emplace(id, static_cast<int>(network.nodes.size()));
  }
  network.nodes.push_back({.id = id, .p = p});
  return static_cast<int>(network.nodes.size()) - 1;
}

void addArm(RoadNetwork& network, int edgeIndex, bool atStart) {
  const RoadEdge& edge = network.edges[static_cast<size_t>(edgeIndex)];
  const double reach = std::min(12.0, edge.length * 0.5);
  const glm::dvec2 foot(atStart ? edge.line.front() : edge.line.back());
  const glm::dvec2 ahead(pointAlong(edge.line, atStart ? reach : edge.length - reach).first);
  const double distance = glm::distance(foot, ahead);
  const glm::dvec2 out = distance > 1e-6 ? (ahead - foot) / distance : glm::dvec2(1, 0);
  RoadNode& node = network.nodes[static_cast<size_t>(atStart ? edge.from : edge.to)];
  node.arms.push_back({edgeIndex, atStart, out, std::atan2(out.y, out.x)});
}

void setTrim(RoadEdge& edge, bool atStart, double trim) {
  double& target = atStart ? edge.trimFrom : edge.trimTo;
  target = std::max(target, std::clamp(trim, 0.0, std::min(0.45 * edge.length, 55.0)));
}

/// Where the kerbs of two neighbouring arms meet, as distances along each from the node.
void trimPair(RoadNetwork& network, const RoadArm& a, const RoadArm& b) {
  RoadEdge& first = network.edges[static_cast<size_t>(a.edge)];
  RoadEdge& second = network.edges[static_cast<size_t>(b.edge)];
  double angle = b.angle - a.angle;
  if (angle <= 0) angle += 2 * kPi;
  const double sine = std::sin(angle);
  if (angle > kPi * 0.97 || std::abs(sine) < 0.2) {
    // Nearly straight on, or nearly the same way: only room for what crosses.
    const double room = angle > kPi * 0.9 ? 1.5 : 24.0;
    setTrim(first, a.atStart, room);
    setTrim(second, b.atStart, room);
    return;
  }
  const double alongFirst = (second.half + first.half * std::cos(angle)) / sine;
  const double alongSecond = (first.half + second.half * std::cos(angle)) / sine;
  const double fillet = cornerRadius(first, second) / std::tan(angle / 2);
  setTrim(first, a.atStart, alongFirst + fillet);
  setTrim(second, b.atStart, alongSecond + fillet);
}

/// A node of two roads is a bend: both ends get one direction, so that the ribbons meet without a gap.
void joinBend(RoadNetwork& network, const RoadNode& node) {
  const RoadArm& a = node.arms[0];
  const RoadArm& b = node.arms[1];
  const glm::dvec2 through = b.out - a.out;
  if (glm::length(through) < 0.3) return;
  const glm::dvec2 direction = glm::normalize(through);  // enters along a, leaves along b
  const auto set = [&](const RoadArm& arm, glm::dvec2 d) {
    RoadEdge& edge = network.edges[static_cast<size_t>(arm.edge)];
    (arm.atStart ? edge.directionFrom : edge.directionTo) = d;
  };
  set(a, a.atStart ? -direction : direction);
  set(b, b.atStart ? direction : -direction);
}

}  // namespace

double carriagewayWidth(const Feature& road) {
  const double lanes =
      std::clamp(road.number("lanes_forward", 1) + road.number("lanes_backward", 1), 1.0, 20.0);
  const double width = std::clamp(road.number("lane_width", 3.2), 1.0, 8.0);
  return lanes * width + std::clamp(road.number("median"), 0.0, 30.0) + 2 * kRoadEdge;
}

RoadNetwork makeRoadNetwork(const CityData& data) {
  RoadNetwork network;
  std::unordered_map<std::string, int> known;
  network.edges.reserve(data.roads.size());
  for (const Feature& road : data.roads) {
    if (road.rings.empty() || road.rings[0].size() < 2) continue;
    RoadEdge edge = makeEdge(road);
    edge.from = nodeOf(network, known, road.text("from"), edge.line.front());
    edge.to = nodeOf(network, known, road.text("to"), edge.line.back());
    network.edges.push_back(std::move(edge));
  }
  for (const Feature& node : data.nodes) {
    const auto found = known.find(node.id);
    if (found != known.end())
      network.nodes[static_cast<size_t>(found->second)].signal = node.text("kind") == "signal";
  }
  for (int i = 0; i < static_cast<int>(network.edges.size()); ++i) {
    if (network.edges[static_cast<size_t>(i)].tunnel) continue;
    addArm(network, i, true);
    addArm(network, i, false);
  }
  for (RoadNode& node : network.nodes) {
    std::sort(node.arms.begin(), node.arms.end(),
              [](const RoadArm& a, const RoadArm& b) { return a.angle < b.angle; });
    node.elevated = std::all_of(node.arms.begin(), node.arms.end(), [&](const RoadArm& a) {
      return network.edges[static_cast<size_t>(a.edge)].elevated;
    });
    if (node.arms.size() == 2) joinBend(network, node);
    if (!node.junction()) continue;
    for (size_t i = 0; i < node.arms.size(); ++i)
      trimPair(network, node.arms[i], node.arms[(i + 1) % node.arms.size()]);
  }
  return network;
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/stop_lines.h"

#include <algorithm>
#include <optional>

namespace city {
namespace {

double distanceFromNode(const CityData& data, const RoadEdge& edge, const RoadNode& node, bool atStart) {
  double distance = (atStart ? edge.trimFrom : edge.trimTo) + 1;
  for (const Feature& walk : data.crosswalks) {
    if (walk.text("road") != edge.road->id || walk.text("node") != node.id || walk.rings.empty()) continue;
    const glm::dvec2 middle = 0.5 * (glm::dvec2(walk.rings[0].front()) + glm::dvec2(walk.rings[0].back()));
    distance =
        std::max(distance, glm::distance(middle, glm::dvec2(node.p)) + walk.number("width", 4) / 2 + 2);
  }
  return distance;
}

std::optional<StopLine> stopLineOf(const CityData& data, const RoadNetwork& network, int index,
                                   bool atStart) {
  const RoadEdge& edge = network.edges[static_cast<size_t>(index)];
  const RoadNode& node = network.nodes[static_cast<size_t>(atStart ? edge.from : edge.to)];
  const Feature& road = *edge.road;
  const double incoming = road.number(atStart ? "lanes_backward" : "lanes_forward", 1);
  if (!node.signal || !node.junction() || incoming < 1) return std::nullopt;
  const double distance = distanceFromNode(data, edge, node, atStart);
  if (distance + 2 > 0.5 * edge.length) return std::nullopt;
  const auto [p, direction] = pointAlong(edge.line, atStart ? distance : edge.length - distance);
  const glm::dvec2 right(direction.y, -direction.x);
  // Incoming traffic keeps right of its own direction: right of the line at its end, left at its start.
  const double outer = edge.half - kRoadEdge;
  const bool oneWay = road.number(atStart ? "lanes_forward" : "lanes_backward", 1) < 1;
  const double inner =
      oneWay ? -outer
             : std::max(outer - incoming * road.number("lane_width", 3.2), road.number("median") / 2);
  const double sign = atStart ? -1 : 1;
  return StopLine{.edge = index,
                  .atStart = atStart,
                  .inner = glm::dvec2(p) + right * (sign * inner),
                  .outer = glm::dvec2(p) + right * (sign * outer),
                  .direction = direction * sign};
}

}  // namespace

std::vector<StopLine> stopLines(const CityData& data, const RoadNetwork& network) {
  std::vector<StopLine> lines;
  for (int index = 0; index < static_cast<int>(network.edges.size()); ++index) {
    const RoadEdge& edge = network.edges[static_cast<size_t>(index)];
    if (edge.elevated || edge.tunnel || edge.length - edge.trimFrom - edge.trimTo < 0.3) continue;
    for (const bool atStart : {true, false})
      if (const auto line = stopLineOf(data, network, index, atStart)) lines.push_back(*line);
  }
  return lines;
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/vehicle_pose.h"

#include <cmath>

namespace traffic {

void placeVehicle(const RoadGraph& graph, glm::dvec2 frontBumper, double heading, double length,
                  VehicleState& v) {
  const glm::dvec2 ahead(std::sin(heading), std::cos(heading));
  v.heading = heading;
  v.position = frontBumper - ahead * (length / 2);
  const int index = graph.edgeOfLane(v.lane);
  if (index < 0) return;
  const Edge* edge = &graph.edges()[static_cast<size_t>(index)];
  // On the way through a node between two bridges the nearer of both lines counts.
  if (v.lane[0] == ':' && edge->elevated)
    for (const int next : edge->out) {
      const Edge& other = graph.edges()[static_cast<size_t>(next)];
      if (other.elevated &&
          project(other.line, v.position).distance < project(edge->line, v.position).distance)
        edge = &other;
    }
  if (!edge->elevated || edge->line.size() < 2) return;
  const Projection at = project(edge->line, v.position);
  const double reach = length / 2;
  const glm::dvec3 front = pointAt(edge->line, at.along + reach),
                   back = pointAt(edge->line, at.along - reach);
  const double run = glm::length(glm::dvec2(front.x - back.x, front.y - back.y));
  v.elevated = true;
  v.z = at.point.z;
  v.pitch = run > 0.5 ? std::atan2(front.z - back.z, run) : 0;
}

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/traffic/road_graph.h"
#include "twin/traffic/traffic_step.h"

namespace traffic {

/// Turns SUMO's front bumper and angle into the middle of the vehicle, and gives it the height and slope
/// of its road where that is a bridge or tunnel. `v.lane` must be set.
void placeVehicle(const RoadGraph& graph, glm::dvec2 frontBumper, double heading, double length,
                  VehicleState& v);

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/math/glm.h"

namespace traffic {

/// SUMO's signal bits of a vehicle (TraCI documentation, "vehicle signalling").
enum VehicleSignals : uint32_t { kBlinkerRight = 1, kBlinkerLeft = 2, kBrake = 8, kBlueLight = 2048 };

/// One vehicle at one second.
struct VehicleState {
  std::string id;
  std::string kind;        ///< catalogue name
  std::string line;        ///< id of its TransitLine, empty for the rest
  glm::dvec2 position{0};  ///< city frame, middle of the vehicle
  double z = 0;            ///< city frame; meant only when `elevated`
  bool elevated = false;   ///< on a bridge or in a tunnel
  double pitch = 0;        ///< radians, nose up; of bridges only
  double heading = 0;      ///< radians clockwise from grid north
  double speed = 0;        ///< m/s
  uint32_t signals = 0;
  std::string lane;     ///< SUMO's lane id; empty when replayed
  double odometer = 0;  ///< metres since it set off
};

/// What the controller shows: one letter per link, and the second of the simulation that it belongs to.
struct ControllerState {
  std::string controller;
  std::string state;
};

/// All vehicles of the scene at one moment.
struct TrafficStep {
  base::UtcNs time = 0;
  double simSecond = 0;                ///< SUMO's clock
  std::vector<VehicleState> vehicles;  ///< sorted by id
  std::vector<ControllerState> controllers;
};

}  // namespace traffic

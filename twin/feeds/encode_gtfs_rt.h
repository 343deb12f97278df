// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace feeds {

/// One vehicle of a GTFS-Realtime 2.0 VehiclePositions feed. The wire holds latitude and longitude as
/// 32-bit floats (about 0.7 m here), so where the same vehicle also sends telemetry that one wins.
struct GtfsVehicle {
  std::string id;  ///< the entity's id in the twin
  std::string label;
  std::string tripId, routeId;
  double latitude = 0, longitude = 0;
  double bearingDegrees = 0;  ///< clockwise from true north
  double speed = 0;           ///< m/s
  std::string stopId;         ///< the stop that `status` refers to
  enum class Status : uint8_t { IncomingAt, StoppedAt, InTransitTo } status = Status::InTransitTo;
  std::optional<unsigned> occupancyPercentage;
  base::UtcNs time = 0;  ///< sent with whole seconds
};

/// Topic gtfs-rt/<kind>/vehicle_positions; `kind` is the catalogue's ("bus", "shuttle"). Without it
/// (gtfs-rt/vehicle_positions, or an HTTP feed) vehicles are buses.
std::string gtfsTopic(std::string_view kind);
/// A FULL_DATASET FeedMessage (protobuf bytes). What is simulated says so: feed_version is "sim".
std::string encodeVehiclePositions(base::UtcNs now, std::span<const GtfsVehicle> vehicles,
                                   bool simulated = true);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "twin/core/geodesy.h"
#include "twin/model/observation.h"

namespace feeds {

/// The compact telemetry of one vehicle, in the units of the wire. JSON on topic telemetry/<kind>/<id>:
///   {"t":1795338000250,"lon":128.69,"lat":35.8365,"z":76.2,"h":271.5,"v":4.1,"pitch":-1.2,
///    "p":{"brake":true,"passengers":7,"mode":"auto"},"src":"sim"}
///   t        milliseconds since 1970 UTC, or ISO 8601 text
///   lon lat  degrees WGS 84;  z  metres above sea level, absent: drape on the ground
///   h        heading, degrees clockwise from TRUE north;  v  m/s;  pitch  degrees nose up, may be absent
///   p        further properties: numbers, booleans, texts
///   gone     true: the vehicle has left; then only t is needed
struct TelemetryMessage {
  std::string kind;  ///< catalogue name: "car", "taxi", "shuttle" ...
  std::string id;    ///< the entity's id
  base::UtcNs time = 0;
  core::GeoPoint position;
  bool hasElevation = true;
  double headingDegrees = 0;  ///< clockwise from true north (CityFrame::trueFromGrid)
  double speed = 0;           ///< m/s
  std::optional<double> pitchDegrees;
  bool gone = false;
  std::vector<std::pair<std::string, model::Value>> properties;
  std::string source = "sim";  ///< "src" of the message; "sim" marks it as simulated
};

std::string telemetryTopic(std::string_view kind, std::string_view id);
std::string encodeTelemetry(const TelemetryMessage& message);

}  // namespace feeds

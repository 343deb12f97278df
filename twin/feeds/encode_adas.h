// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"

namespace feeds {

/// A warning of a retrofitted driver assistant (fleet feed), in the units of the wire. JSON on topic
/// fleet/<veh>/event:
///   {"ts":"2020-11-20T08:12:31.250+09:00","veh":"tx-0417","type":"PCW","lat":35.8391,"lon":128.6838,
///    "speedKmh":31,"headingDeg":142,"headwayS":null,"ttcS":1.4,"leadDistM":null,"speedLimitKmh":50,
///    "light":"day","wiper":0,"src":"sim"}
/// Becomes an event of type "adas.<type>" of the entity <veh>.
struct AdasEvent {
  base::UtcNs time = 0;
  std::string vehicle;
  std::string type;  ///< FCW, UFCW, PCW, PDZ, LLDW, RLDW, LDW, HMW, SLI, TSR, TAMPER, FAILSAFE, MAINTENANCE
  double latitude = 0, longitude = 0;
  double speedKmh = 0;
  double headingDegrees = 0;  ///< clockwise from true north
  std::optional<double> headwaySeconds, timeToCollisionSeconds, leadDistance, speedLimitKmh;
  std::string light = "day";  ///< day, dusk, night
  int wiper = 0;
  std::string source = "sim";  ///< "sim" marks the event as simulated
};

std::string adasTopic(std::string_view vehicle);
std::string encodeAdasEvent(const AdasEvent& event);

}  // namespace feeds

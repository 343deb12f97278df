// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "twin/core/geodesy.h"

namespace feeds {

/// Anything else that happens: incidents, take-overs, calls. JSON on topic event/<type>:
///   {"id":"to-17","t":1795338000250,"entity":"shuttle-1","lon":128.69,"lat":35.83,"z":76,"severity":2,
///    "details":{"reason":"obstacle"},"src":"sim"}
/// Only id and t must be there. severity: 0 note, 1 minor, 2 major, 3 critical.
struct WireEvent {
  std::string type;  ///< "takeover", "incident", "roadworks" ...
  std::string id;    ///< unique within the source; a second one is a duplicate
  base::UtcNs time = 0;
  std::string entity;  ///< may be empty
  std::optional<core::GeoPoint> position;
  int severity = 0;
  std::vector<std::pair<std::string, std::string>> details;
  std::string source = "sim";  ///< "sim" marks the event as simulated
};

std::string eventTopic(std::string_view type);
std::string encodeEvent(const WireEvent& event);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "twin/model/observation.h"

namespace feeds {

/// Where messages come from, as the feeds panel and the inspector name it.
struct Source {
  std::string name;           ///< short and unique: "sim", "broker", "bus positions"
  std::string standard;       ///< "SensorThings 1.1", "GTFS-Realtime 2.0", "mixed"
  std::string endpoint;       ///< URL without secrets
  double expectedPeriod = 1;  ///< seconds between messages, for "no data since"
  /// Of values that do not say it themselves. Simulators are Simulated, never silently Measured.
  model::Provenance provenance = model::Provenance::Measured;
  /// Recorded or written in the documented shape of a service that is not asked: shown as a sample, never
  /// as measured.
  bool sample = false;
};

}  // namespace feeds

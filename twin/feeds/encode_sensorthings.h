// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "twin/model/observation.h"

namespace feeds {

/// OGC SensorThings API 1.1 (OGC 18-088), MQTT topic of the Observations of one Datastream:
/// v1.1/Datastreams(N)/Observations.
std::string sensorThingsTopic(int64_t datastream);

/// One Observation. `quality` becomes resultQuality when not empty ("bad" marks the value bad). What is
/// simulated says so in parameters.provenance, over a broker too.
std::string encodeObservation(base::UtcNs phenomenonTime, const model::Value& result,
                              std::string_view quality = {}, bool simulated = true);

}  // namespace feeds

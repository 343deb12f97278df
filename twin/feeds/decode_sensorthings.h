// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// OGC SensorThings API 1.0/1.1 Observations (OGC 18-088 section 8.2.8): one message of MQTT (section 14.3) on
/// v1.1/Datastreams(N)/Observations, or on v1.1/Observations with the Datastream's @iot.id inside; a page
/// {"value":[...]} of a poll; or data arrays (section 12.2). A result that is an object becomes one property
/// per scalar member. phenomenonTime, else resultTime, else the arrival; of an interval its end.
Decoded decodeSensorThings(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

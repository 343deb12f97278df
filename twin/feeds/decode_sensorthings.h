// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// OGC SensorThings 1.0/1.1 Observation on v1.1/Datastreams(N)/Observations, or on v1.1/Observations with its
/// Datastream's @iot.id inside. A result that is an object becomes one property per scalar member.
Decoded decodeSensorThings(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Mobility Data Specification 2.0 and 1.2 (github.com/openmobilityfoundation/mobility-data-specification),
/// provider and agency JSON, topics mds/<provider>/<file>:
///   vehicles, vehicles_status   where each vehicle is and in which state; vehicles_status (2.0) and vehicles
///                               (1.x) are a census of the provider when they are the whole list (no next page)
///   events, status_changes      what happened to a vehicle: an event, its place, its new state
///   telemetry                   points of a trip or a day
///   trips                       telemetry inside the route of each trip (1.x), an event when it ended
/// A vehicle is "<provider>/<device_id>"; times are milliseconds since 1970.
Decoded decodeMds(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// GTFS-Realtime 2.0 FeedMessage (gtfs.org reference), topic gtfs-rt/<kind or feed>/... Protobuf recursion is
/// limited to 32.
///   VehiclePosition  poses and properties of vehicles
///   TripUpdate       delay, next stop and time to it on the vehicle, or on <feed>/trip/<id> where none is named;
///                    the next arrivals on <feed>/stop/<id> (full data sets only); an event per change of delay
///   Alert            <feed>/alert/<id> with texts, cause, effect, periods and what it informs about; an event
/// is_deleted lets things depart. With the static feed (gtfs_registry.h) stops and routes get their names, delays
/// become times and all rules of gtfs_rt_parts.h are checked; broken ones are flagged by number.
Decoded decodeGtfsRt(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

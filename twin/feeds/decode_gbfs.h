// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// General Bikeshare Feed Specification 2.0 to 2.3 and 3.0 (github.com/MobilityData/gbfs), topics
/// gbfs/<system>/<file>:
///   station_information                     docks: place, name, capacity; a census of the system's stations
///   station_status                          vehicles and docks to be had, and whether the station works
///   free_bike_status (2.x), vehicle_status  vehicles that may be rented: a census of them as of last_updated;
///                                           one in a dock (station_id) is counted by its station only
///   gbfs, system_information, vehicle_types say nothing of a thing: the transport follows the first
/// Things are called "<system>/station/<id>" and "<system>/vehicle/<id>". Times are seconds since 1970 (2.x) or
/// RFC 3339 (3.0).
Decoded decodeGbfs(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

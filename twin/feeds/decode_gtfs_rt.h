// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// GTFS-Realtime 2.0 FeedMessage, topic gtfs-rt/... : vehicle positions become poses and properties, trip
/// updates and alerts become events. Protobuf recursion is limited to 32.
Decoded decodeGtfsRt(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

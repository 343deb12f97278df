// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// ETSI ITS-G5 messages as JSON, topic etsi/cam or etsi/denm: CAM (EN 302 637-2) and DENM (EN 302 637-3) with
/// the names of their ASN.1, nested or flat as Vanetza bridges publish them. Whole numbers are the units of
/// TS 102 894-2 (0.1 microdegrees, 0.01 m/s, 0.1 degrees, TimestampIts); numbers with a fraction are what
/// those bridges have converted already (degrees, m/s, seconds since 1970).
///   CAM   pose of a vehicle, entity its-<station id>; a roadside unit is described in its place
///   DENM  event and described area about it (awareness distance), until detection + validity; a termination
///         is a departure
Decoded decodeEtsi(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

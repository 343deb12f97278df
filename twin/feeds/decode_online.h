// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Whether a gateway lives: topic online/<gateway>, retained, with the same topic as its MQTT will (MQTT 3.1.1
/// section 3.1.2.5). Payload: 1, true, "online" or {"online":true}; 0, false, "offline", an empty payload or
/// {"online":false} say that it is gone. Becomes the property `online` of the thing "gateway/<gateway>", and
/// the source is shown as down while all gateways that it heard of are.
Decoded decodeOnline(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

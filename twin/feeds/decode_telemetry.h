// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Vehicle telemetry (encode_telemetry.h), topic telemetry/<kind>/<id>: a pose and properties, or a
/// departure.
Decoded decodeTelemetry(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

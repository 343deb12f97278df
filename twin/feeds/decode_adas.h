// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Driver-assistant warnings (encode_adas.h), topic fleet/<veh>/event.
Decoded decodeAdas(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

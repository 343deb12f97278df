// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Generic events (encode_event.h), topic event/<type>.
Decoded decodeEvent(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// A section of a state frame (state_frame.h) -> settled observations, each with the time at which the
/// machine that wrote the frame received it.
Decoded decodeState(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

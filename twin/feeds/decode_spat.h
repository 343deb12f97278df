// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Signal states (encode_spat.h), topic spat/<controller>.
Decoded decodeSpat(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace base {

/// One zstd frame (RFC 8878) that says how long its content is, at the fastest level: what is packed here is written all
/// day and read at a drag.
std::string packed(std::string_view raw);
/// What packed() was given. A claim to be longer than `most` is refused before anything is reserved for it.
Result<std::string> unpacked(std::string_view frame, size_t most);
/// Whether the bytes begin like a zstd frame.
bool isPacked(std::string_view bytes);

}  // namespace base

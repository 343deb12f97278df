// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "engine/base/result.h"

namespace app {

/// Writes R, G, B, A rows from the top as an opaque PNG. The file appears whole or not at all.
base::Status writePng(const std::filesystem::path& file, uint32_t width, uint32_t height, const std::vector<uint8_t>& rgba);

}  // namespace app

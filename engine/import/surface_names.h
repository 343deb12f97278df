// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace importing {

/// The packed surface (gpu_types::packSurface) that a material's name stands for; the part after a dot
/// does not count. None for names that are not ours.
std::optional<uint32_t> surfaceOfMaterial(std::string_view name);

}  // namespace importing

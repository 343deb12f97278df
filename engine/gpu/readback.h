// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/gpu/buffer.h"
#include "engine/gpu/image.h"

namespace gpu {

/// Bytes of mip 0, layer 0 of an image in GENERAL layout, rows top down without padding. Waits.
base::Result<std::vector<std::byte>> readImage(Device& device, const Image& image, uint32_t bytesPerTexel);

}  // namespace gpu

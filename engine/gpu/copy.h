// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/image.h"

namespace gpu {

/// Copies the first mip of all of `from` into the corner of `to`, which has pixels of the same size. Both are in
/// VK_IMAGE_LAYOUT_GENERAL; barriers are the caller's.
void copyImage(VkCommandBuffer commands, const Image& from, VkImage to);

}  // namespace gpu

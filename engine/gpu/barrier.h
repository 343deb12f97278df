// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/vk.h"

namespace gpu {

/// Everything before, then everything after: all stages, memory visible to every kind of access.
void fullBarrier(VkCommandBuffer commands);

/// Changes the layout of a whole image behind a full barrier.
void transition(VkCommandBuffer commands, VkImage image, VkImageAspectFlags aspect, VkImageLayout from, VkImageLayout to);

}  // namespace gpu

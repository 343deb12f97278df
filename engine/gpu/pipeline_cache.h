// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/gpu/vk.h"

namespace gpu {

/// A pipeline cache filled from $XDG_CACHE_HOME/alphacity (or ~/.cache/alphacity), one file per device
/// and driver. An unreadable file is ignored; the driver checks the header of what it is given.
VkPipelineCache loadPipelineCache(VkPhysicalDevice physical, VkDevice device);

/// Writes it back, through a temporary file, if it may be written.
void savePipelineCache(VkPhysicalDevice physical, VkDevice device, VkPipelineCache cache);

}  // namespace gpu

// SPDX-License-Identifier: Apache-2.0
// The one place that includes Vulkan.
#pragma once

#include <vulkan/vulkan.h>

#include <string>

#include "engine/base/result.h"

namespace gpu {

/// The name of a result code, as in the specification.
const char* toString(VkResult result);

/// "what failed (VK_ERROR_...)" as an Error.
base::Error vkError(const std::string& what, VkResult result);

}  // namespace gpu

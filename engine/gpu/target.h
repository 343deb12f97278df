// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/vk.h"

namespace gpu {

/// The picture that a frame ends in: an image of the swapchain or one off screen. Its contents before
/// the frame are undefined; after it the image is in `finalLayout`.
struct Target {
  VkImage image = VK_NULL_HANDLE;
  VkImageView view = VK_NULL_HANDLE;
  VkFormat format = VK_FORMAT_UNDEFINED;
  VkExtent2D extent{};
  VkImageLayout finalLayout = VK_IMAGE_LAYOUT_GENERAL;
  bool copyable = true;  ///< images can be copied into it
  VkSemaphore acquired = VK_NULL_HANDLE;  ///< waited for before drawing, may be null
  VkSemaphore rendered = VK_NULL_HANDLE;  ///< signalled when drawn, may be null
};

}  // namespace gpu

// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/copy.h"

namespace gpu {

void copyImage(VkCommandBuffer commands, const Image& from, VkImage to) {
  VkImageCopy region{};
  region.srcSubresource = region.dstSubresource = {from.aspect(), 0, 0, 1};
  region.extent = {from.extent().width, from.extent().height, 1};
  vkCmdCopyImage(commands, from.handle(), VK_IMAGE_LAYOUT_GENERAL, to, VK_IMAGE_LAYOUT_GENERAL, 1, &region);
}

}  // namespace gpu

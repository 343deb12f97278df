// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/readback.h"

#include <cstring>

#include "engine/gpu/barrier.h"

namespace gpu {

base::Result<std::vector<std::byte>> readImage(Device& device, const Image& image, uint32_t bytesPerTexel) {
  const VkExtent2D extent = image.extent();
  const VkDeviceSize size = VkDeviceSize{extent.width} * extent.height * bytesPerTexel;
  base::Result<Buffer> buffer =
      Buffer::create(device, {size, VK_BUFFER_USAGE_TRANSFER_DST_BIT, MemoryKind::Readback, "readback"});
  if (!buffer) return base::Error{buffer.error()};
  const base::Status done = device.immediate([&](VkCommandBuffer commands) {
    fullBarrier(commands);
    VkBufferImageCopy region{};
    region.imageSubresource = {image.aspect(), 0, 0, 1};
    region.imageExtent = {extent.width, extent.height, 1};
    vkCmdCopyImageToBuffer(commands, image.handle(), VK_IMAGE_LAYOUT_GENERAL, buffer->handle(), 1, &region);
    fullBarrier(commands);
  });
  if (!done) return base::Error{done.error()};
  buffer->invalidate();
  std::vector<std::byte> bytes(size);
  std::memcpy(bytes.data(), buffer->mapped(), size);
  return bytes;
}

}  // namespace gpu

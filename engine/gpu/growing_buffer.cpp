// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/growing_buffer.h"

#include <algorithm>

#include "engine/gpu/barrier.h"

namespace gpu {

base::Result<GrowingBuffer> GrowingBuffer::create(Device& device, VkBufferUsageFlags usage, VkDeviceSize bytes,
                                                  const char* name) {
  GrowingBuffer result;
  result.device_ = &device;
  result.usage_ = usage | VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_TRANSFER_DST_BIT;
  result.name_ = name;
  base::Result<Buffer> buffer = Buffer::create(device, {bytes, result.usage_, MemoryKind::Device, name});
  if (!buffer) return base::Error{buffer.error()};
  result.buffer_ = std::move(*buffer);
  return result;
}

base::Status GrowingBuffer::ensure(VkCommandBuffer commands, VkDeviceSize bytes) {
  if (bytes <= buffer_.size()) return base::okStatus();
  const VkDeviceSize size = std::max(bytes, buffer_.size() + buffer_.size() / 2);
  base::Result<Buffer> larger = Buffer::create(*device_, {size, usage_, MemoryKind::Device, name_});
  if (!larger) return base::Error{larger.error()};
  fullBarrier(commands);
  const VkBufferCopy all{0, 0, buffer_.size()};
  vkCmdCopyBuffer(commands, buffer_.handle(), larger->handle(), 1, &all);
  fullBarrier(commands);
  buffer_ = std::move(*larger);
  return base::okStatus();
}

}  // namespace gpu

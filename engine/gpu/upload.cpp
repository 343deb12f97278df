// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/upload.h"

#include <algorithm>
#include <cstring>

#include "engine/base/log.h"

namespace gpu {

base::Result<UploadArena> UploadArena::create(Device& device, VkDeviceSize size) {
  UploadArena arena;
  arena.device_ = &device;
  const VkPhysicalDeviceLimits& l = device.limits();
  arena.alignment_ = std::max({VkDeviceSize{64}, l.minUniformBufferOffsetAlignment, l.minStorageBufferOffsetAlignment,
                               l.nonCoherentAtomSize});
  if (!arena.grow(size)) return base::Error{"no memory for uploads"};
  return arena;
}

bool UploadArena::grow(VkDeviceSize size) {
  constexpr VkBufferUsageFlags kUsage = VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_UNIFORM_BUFFER_BIT |
                                        VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT;
  base::Result<Buffer> block = Buffer::create(*device_, {size, kUsage, MemoryKind::Upload, "upload"});
  if (!block) {
    base::logError(block.error());
    return false;
  }
  blocks_.push_back(std::move(*block));
  used_ = 0;
  return true;
}

UploadSlice UploadArena::allocate(VkDeviceSize size) {
  const VkDeviceSize aligned = (std::max<VkDeviceSize>(size, 1) + alignment_ - 1) / alignment_ * alignment_;
  if (used_ + aligned > blocks_.back().size() && !grow(std::max(aligned, blocks_.back().size() * 2))) return {};
  const UploadSlice slice{blocks_.back().handle(), used_, blocks_.back().mapped() + used_};
  used_ += aligned;
  return slice;
}

bool UploadArena::copyTo(VkCommandBuffer commands, VkBuffer destination, VkDeviceSize offset,
                         std::span<const std::byte> bytes) {
  if (bytes.empty()) return true;
  const UploadSlice slice = allocate(bytes.size());
  if (slice.data == nullptr) return false;
  std::memcpy(slice.data, bytes.data(), bytes.size());
  const VkBufferCopy region{slice.offset, offset, bytes.size()};
  vkCmdCopyBuffer(commands, slice.buffer, destination, 1, &region);
  return true;
}

void UploadArena::reset() {
  // The largest block is the last one; the smaller ones were outgrown.
  if (blocks_.size() > 1) blocks_.erase(blocks_.begin(), blocks_.end() - 1);
  used_ = 0;
}

void UploadArena::flush() {
  for (Buffer& b : blocks_) b.flush(0, VK_WHOLE_SIZE);
}

}  // namespace gpu

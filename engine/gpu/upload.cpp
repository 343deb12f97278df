// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/upload.h"

#include <algorithm>
#include <cstring>

#include "engine/base/log.h"

namespace gpu {
namespace {

constexpr VkDeviceSize kLargestDoubling = 16 << 20;  // bytes

}  // namespace

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
                                        VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_INDIRECT_BUFFER_BIT |
                                        VK_BUFFER_USAGE_VERTEX_BUFFER_BIT;
  base::Result<Buffer> block = Buffer::create(*device_, {size, kUsage, MemoryKind::Upload, "upload"});
  if (!block) {
    base::logError(block.error());
    return false;
  }
  blocks_.push_back(std::move(*block));
  before_ += used_;
  used_ = 0;
  return true;
}

UploadSlice UploadArena::allocate(VkDeviceSize size) {
  const VkDeviceSize aligned = (std::max<VkDeviceSize>(size, 1) + alignment_ - 1) / alignment_ * alignment_;
  if (used_ + aligned > blocks_.back().size() && !grow(std::max(aligned, std::min(blocks_.back().size() * 2, kLargestDoubling))))
    return {};
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
  const VkDeviceSize need = before_ + used_;
  blocks_.erase(blocks_.begin() + 1, blocks_.end());
  before_ = used_ = 0;
  // Once is a city that was loaded, and its hundred megabytes are given back. Twice running is what a frame needs.
  const VkDeviceSize steady = std::min(need, lastNeed_);
  lastNeed_ = need;
  if (steady <= blocks_.front().size() || !grow(steady + steady / 2)) return;
  blocks_.erase(blocks_.begin());
}

VkDeviceSize UploadArena::capacity() const {
  VkDeviceSize sum = 0;
  for (const Buffer& b : blocks_) sum += b.size();
  return sum;
}

void UploadArena::flush() {
  for (Buffer& b : blocks_) b.flush(0, VK_WHOLE_SIZE);
}

}  // namespace gpu

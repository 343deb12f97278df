// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/buffer.h"

#include <algorithm>
#include <utility>

namespace gpu {

base::Result<Buffer> Buffer::create(Device& device, const BufferDesc& desc) {
  VkBufferCreateInfo info{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO};
  info.size = std::max<VkDeviceSize>(desc.size, 16);
  info.usage = desc.usage;
  Buffer result;
  void* mapped = nullptr;
  const VkResult made = device.memory().makeBuffer(info, desc.memory, &result.buffer_, &result.allocation_, &mapped);
  if (made != VK_SUCCESS) {
    return vkError("no memory for " + std::to_string(info.size) + " bytes of " + desc.name, device.note(made));
  }
  result.device_ = &device;
  result.size_ = info.size;
  result.mapped_ = static_cast<std::byte*>(mapped);
  device.setName(VK_OBJECT_TYPE_BUFFER, result.buffer_, desc.name);
  device.countObject(1);
  return result;
}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  if (this == &other) return *this;
  release();
  device_ = std::exchange(other.device_, nullptr);
  buffer_ = std::exchange(other.buffer_, VK_NULL_HANDLE);
  allocation_ = std::exchange(other.allocation_, nullptr);
  size_ = std::exchange(other.size_, 0);
  mapped_ = std::exchange(other.mapped_, nullptr);
  return *this;
}

void Buffer::release() {
  if (buffer_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_BUFFER, buffer_, allocation_);
  device_->countObject(-1);
  buffer_ = VK_NULL_HANDLE;
}

}  // namespace gpu

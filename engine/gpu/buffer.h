// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "engine/gpu/device.h"

namespace gpu {

struct BufferDesc {
  VkDeviceSize size = 0;
  VkBufferUsageFlags usage = 0;
  MemoryKind memory = MemoryKind::Device;
  const char* name = "";
};

/// A buffer and its memory. Destroying it retires both with the device, which must outlive it.
class Buffer {
 public:
  Buffer() = default;
  static base::Result<Buffer> create(Device& device, const BufferDesc& desc);
  Buffer(Buffer&& other) noexcept { *this = std::move(other); }
  Buffer& operator=(Buffer&& other) noexcept;
  ~Buffer() { release(); }

  explicit operator bool() const { return buffer_ != VK_NULL_HANDLE; }
  VkBuffer handle() const { return buffer_; }
  VkDeviceSize size() const { return size_; }
  /// The mapped bytes of an Upload or Readback buffer, else null.
  std::byte* mapped() const { return mapped_; }
  /// After CPU writes; before CPU reads of what the device wrote.
  void flush(VkDeviceSize offset, VkDeviceSize size) { device_->memory().flush(allocation_, offset, size); }
  void invalidate() { device_->memory().invalidate(allocation_); }

 private:
  void release();

  Device* device_ = nullptr;
  VkBuffer buffer_ = VK_NULL_HANDLE;
  VmaAllocation_T* allocation_ = nullptr;
  VkDeviceSize size_ = 0;
  std::byte* mapped_ = nullptr;
};

}  // namespace gpu

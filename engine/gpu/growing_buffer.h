// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/buffer.h"
#include "engine/gpu/upload.h"

namespace gpu {

/// A device buffer that keeps its contents when it must become larger. Handles change when it grows.
class GrowingBuffer {
 public:
  GrowingBuffer() = default;
  static base::Result<GrowingBuffer> create(Device& device, VkBufferUsageFlags usage, VkDeviceSize bytes, const char* name);

  VkBuffer handle() const { return buffer_.handle(); }
  VkDeviceSize size() const { return buffer_.size(); }
  /// Room for `bytes`; copies the old contents over within `commands`.
  base::Status ensure(VkCommandBuffer commands, VkDeviceSize bytes);

 private:
  Device* device_ = nullptr;
  VkBufferUsageFlags usage_ = 0;
  const char* name_ = "";
  Buffer buffer_;
};

}  // namespace gpu

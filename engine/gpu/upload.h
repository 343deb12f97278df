// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/gpu/buffer.h"

namespace gpu {

/// A piece of mapped memory that lives until its frame slot comes round again.
struct UploadSlice {
  VkBuffer buffer = VK_NULL_HANDLE;
  VkDeviceSize offset = 0;
  std::byte* data = nullptr;  ///< null when memory ran out
};

/// Linear upload memory of one frame slot: staging, uniforms, lists. Grows when a frame needs more, and keeps
/// no more than what the slot's last two frames both needed.
class UploadArena {
 public:
  UploadArena() = default;
  static base::Result<UploadArena> create(Device& device, VkDeviceSize size);

  /// Aligned for uniforms, storage and copies.
  UploadSlice allocate(VkDeviceSize size);
  /// Copies `bytes` into mapped memory now and records the copy into `destination`.
  bool copyTo(VkCommandBuffer commands, VkBuffer destination, VkDeviceSize offset, std::span<const std::byte> bytes);
  /// Starts over; the device has finished with the slot.
  void reset();
  /// Bytes held.
  VkDeviceSize capacity() const;
  /// Makes the writes visible to the device, before the submission.
  void flush();

 private:
  bool grow(VkDeviceSize size);

  Device* device_ = nullptr;
  std::vector<Buffer> blocks_;
  VkDeviceSize used_ = 0;      // of the last block
  VkDeviceSize before_ = 0;    // of the blocks before it
  VkDeviceSize lastNeed_ = 0;  // of the frame before
  VkDeviceSize alignment_ = 256;
};

template <typename T>
std::span<const std::byte> bytesOf(const T& container) {
  return std::as_bytes(std::span(container.data(), container.size()));
}

}  // namespace gpu

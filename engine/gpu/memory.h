// SPDX-License-Identifier: Apache-2.0
// The Vulkan Memory Allocator behind two opaque names; memory.cpp holds its implementation.
#pragma once

#include <cstdint>

#include "engine/gpu/vk.h"

struct VmaAllocator_T;
struct VmaAllocation_T;

namespace gpu {

enum class MemoryKind {
  Device,    ///< fastest for the device; filled through staging
  Upload,    ///< mapped, written in order by the CPU
  Readback,  ///< mapped, read by the CPU
};

struct MemoryUse {
  uint64_t allocations = 0;
  uint64_t bytes = 0;
};

/// Owns the allocator of one device.
class Allocator {
 public:
  Allocator() = default;
  static base::Result<Allocator> create(VkInstance instance, VkPhysicalDevice physical, VkDevice device, bool addresses);
  Allocator(Allocator&& other) noexcept;
  Allocator& operator=(Allocator&& other) noexcept;
  ~Allocator();

  VkResult makeBuffer(const VkBufferCreateInfo& info, MemoryKind kind, VkBuffer* buffer, VmaAllocation_T** memory,
                      void** mapped);
  VkResult makeImage(const VkImageCreateInfo& info, VkImage* image, VmaAllocation_T** memory);
  void free(VmaAllocation_T* memory);
  /// Makes CPU writes visible (a no-op on coherent memory), and device writes before a read.
  void flush(VmaAllocation_T* memory, VkDeviceSize offset, VkDeviceSize size);
  void invalidate(VmaAllocation_T* memory);
  MemoryUse use() const;
  /// Forgets the allocator without freeing: the device is lost.
  void abandon() { allocator_ = nullptr; }

 private:
  VmaAllocator_T* allocator_ = nullptr;
};

}  // namespace gpu

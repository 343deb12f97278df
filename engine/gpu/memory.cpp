// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/memory.h"

#include <utility>

#define VMA_STATIC_VULKAN_FUNCTIONS 1
#define VMA_DYNAMIC_VULKAN_FUNCTIONS 0
#define VMA_IMPLEMENTATION
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <vk_mem_alloc.h>
#pragma GCC diagnostic pop

namespace gpu {

base::Result<Allocator> Allocator::create(VkInstance instance, VkPhysicalDevice physical, VkDevice device, bool addresses) {
  VmaAllocatorCreateInfo info{};
  info.instance = instance;
  info.physicalDevice = physical;
  info.device = device;
  info.vulkanApiVersion = VK_API_VERSION_1_3;
  if (addresses) info.flags |= VMA_ALLOCATOR_CREATE_BUFFER_DEVICE_ADDRESS_BIT;
  Allocator result;
  const VkResult made = vmaCreateAllocator(&info, &result.allocator_);
  if (made != VK_SUCCESS) return vkError("the GPU memory allocator could not be made", made);
  return result;
}

Allocator::Allocator(Allocator&& other) noexcept : allocator_(std::exchange(other.allocator_, nullptr)) {}

Allocator& Allocator::operator=(Allocator&& other) noexcept {
  std::swap(allocator_, other.allocator_);
  return *this;
}

Allocator::~Allocator() {
  if (allocator_ != nullptr) vmaDestroyAllocator(allocator_);
}

VkResult Allocator::makeBuffer(const VkBufferCreateInfo& info, MemoryKind kind, VkBuffer* buffer, VmaAllocation_T** memory,
                               void** mapped) {
  VmaAllocationCreateInfo how{};
  how.usage = VMA_MEMORY_USAGE_AUTO;
  if (kind == MemoryKind::Upload) {
    how.flags = VMA_ALLOCATION_CREATE_HOST_ACCESS_SEQUENTIAL_WRITE_BIT | VMA_ALLOCATION_CREATE_MAPPED_BIT;
  } else if (kind == MemoryKind::Readback) {
    how.flags = VMA_ALLOCATION_CREATE_HOST_ACCESS_RANDOM_BIT | VMA_ALLOCATION_CREATE_MAPPED_BIT;
  }
  VmaAllocationInfo got{};
  const VkResult made = vmaCreateBuffer(allocator_, &info, &how, buffer, memory, &got);
  *mapped = got.pMappedData;
  return made;
}

VkResult Allocator::makeImage(const VkImageCreateInfo& info, VkImage* image, VmaAllocation_T** memory) {
  VmaAllocationCreateInfo how{};
  how.usage = VMA_MEMORY_USAGE_AUTO;
  return vmaCreateImage(allocator_, &info, &how, image, memory, nullptr);
}

void Allocator::free(VmaAllocation_T* memory) {
  if (memory != nullptr) vmaFreeMemory(allocator_, memory);
}

void Allocator::flush(VmaAllocation_T* memory, VkDeviceSize offset, VkDeviceSize size) {
  vmaFlushAllocation(allocator_, memory, offset, size);
}

void Allocator::invalidate(VmaAllocation_T* memory) { vmaInvalidateAllocation(allocator_, memory, 0, VK_WHOLE_SIZE); }

MemoryUse Allocator::use() const {
  if (allocator_ == nullptr) return {};
  VmaTotalStatistics total{};
  vmaCalculateStatistics(allocator_, &total);
  return {total.total.statistics.allocationCount, total.total.statistics.allocationBytes};
}

}  // namespace gpu

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/gpu/device.h"

namespace gpu {

/// The shape of one descriptor set: binding i has kind `types[i]`, visible to all stages.
class SetLayout {
 public:
  SetLayout() = default;
  static base::Result<SetLayout> create(Device& device, std::span<const VkDescriptorType> types);
  SetLayout(SetLayout&& other) noexcept { *this = std::move(other); }
  SetLayout& operator=(SetLayout&& other) noexcept;
  ~SetLayout();

  VkDescriptorSetLayout handle() const { return layout_; }
  VkDescriptorType type(uint32_t binding) const { return types_[binding]; }

 private:
  Device* device_ = nullptr;
  VkDescriptorSetLayout layout_ = VK_NULL_HANDLE;
  std::vector<VkDescriptorType> types_;
};

/// Sets of one frame: handed out, written at once, thrown away together.
class DescriptorPool {
 public:
  DescriptorPool() = default;
  static base::Result<DescriptorPool> create(Device& device, uint32_t sets);
  DescriptorPool(DescriptorPool&& other) noexcept { *this = std::move(other); }
  DescriptorPool& operator=(DescriptorPool&& other) noexcept;
  ~DescriptorPool();

  void reset();
  /// Null when the pool is exhausted.
  VkDescriptorSet allocate(const SetLayout& layout);

 private:
  Device* device_ = nullptr;
  VkDescriptorPool pool_ = VK_NULL_HANDLE;
};

/// Collects the writes of one set.
class SetWriter {
 public:
  SetWriter(Device& device, const SetLayout& layout, VkDescriptorSet set) : device_(device), layout_(layout), set_(set) {}
  SetWriter& buffer(uint32_t binding, VkBuffer buffer, VkDeviceSize offset = 0, VkDeviceSize size = VK_WHOLE_SIZE);
  /// `sampler` is ignored for storage images.
  SetWriter& image(uint32_t binding, VkImageView view, VkSampler sampler = VK_NULL_HANDLE);
  void write();

 private:
  static constexpr size_t kMax = 16;
  Device& device_;
  const SetLayout& layout_;
  VkDescriptorSet set_;
  std::array<VkWriteDescriptorSet, kMax> writes_{};
  std::array<VkDescriptorBufferInfo, kMax> buffers_{};
  std::array<VkDescriptorImageInfo, kMax> images_{};
  uint32_t count_ = 0;
};

}  // namespace gpu

// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/descriptors.h"

#include <utility>

namespace gpu {

base::Result<SetLayout> SetLayout::create(Device& device, std::span<const VkDescriptorType> types) {
  std::vector<VkDescriptorSetLayoutBinding> bindings;
  for (const VkDescriptorType t : types)
    bindings.push_back({static_cast<uint32_t>(bindings.size()), t, 1, VK_SHADER_STAGE_ALL, nullptr});
  VkDescriptorSetLayoutCreateInfo info{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_LAYOUT_CREATE_INFO};
  info.bindingCount = static_cast<uint32_t>(bindings.size());
  info.pBindings = bindings.data();
  SetLayout result;
  const VkResult made = vkCreateDescriptorSetLayout(device.handle(), &info, nullptr, &result.layout_);
  if (made != VK_SUCCESS) return vkError("a descriptor set layout could not be made", made);
  result.device_ = &device;
  result.types_.assign(types.begin(), types.end());
  device.countObject(1);
  return result;
}

SetLayout& SetLayout::operator=(SetLayout&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(layout_, other.layout_);
  std::swap(types_, other.types_);
  return *this;
}

SetLayout::~SetLayout() {
  if (layout_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_DESCRIPTOR_SET_LAYOUT, layout_);
  device_->countObject(-1);
}

base::Result<DescriptorPool> DescriptorPool::create(Device& device, uint32_t sets) {
  const VkDescriptorPoolSize sizes[] = {
      {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, sets},
      {VK_DESCRIPTOR_TYPE_STORAGE_BUFFER, sets * 6},
      {VK_DESCRIPTOR_TYPE_COMBINED_IMAGE_SAMPLER, sets * 6},
      {VK_DESCRIPTOR_TYPE_STORAGE_IMAGE, sets},
  };
  VkDescriptorPoolCreateInfo info{VK_STRUCTURE_TYPE_DESCRIPTOR_POOL_CREATE_INFO};
  info.maxSets = sets;
  info.poolSizeCount = static_cast<uint32_t>(std::size(sizes));
  info.pPoolSizes = sizes;
  DescriptorPool result;
  const VkResult made = vkCreateDescriptorPool(device.handle(), &info, nullptr, &result.pool_);
  if (made != VK_SUCCESS) return vkError("a descriptor pool could not be made", made);
  result.device_ = &device;
  device.countObject(1);
  return result;
}

DescriptorPool& DescriptorPool::operator=(DescriptorPool&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(pool_, other.pool_);
  return *this;
}

DescriptorPool::~DescriptorPool() {
  if (pool_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_DESCRIPTOR_POOL, pool_);
  device_->countObject(-1);
}

void DescriptorPool::reset() { vkResetDescriptorPool(device_->handle(), pool_, 0); }

VkDescriptorSet DescriptorPool::allocate(const SetLayout& layout) {
  const VkDescriptorSetLayout handle = layout.handle();
  VkDescriptorSetAllocateInfo info{VK_STRUCTURE_TYPE_DESCRIPTOR_SET_ALLOCATE_INFO};
  info.descriptorPool = pool_;
  info.descriptorSetCount = 1;
  info.pSetLayouts = &handle;
  VkDescriptorSet set = VK_NULL_HANDLE;
  return vkAllocateDescriptorSets(device_->handle(), &info, &set) == VK_SUCCESS ? set : VK_NULL_HANDLE;
}

SetWriter& SetWriter::buffer(uint32_t binding, VkBuffer buffer, VkDeviceSize offset, VkDeviceSize size) {
  ENSURE(count_ < kMax);
  buffers_[count_] = {buffer, offset, size};
  VkWriteDescriptorSet& w = writes_[count_];
  w = {VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET};
  w.dstSet = set_;
  w.dstBinding = binding;
  w.descriptorCount = 1;
  w.descriptorType = layout_.type(binding);
  w.pBufferInfo = &buffers_[count_++];
  return *this;
}

SetWriter& SetWriter::image(uint32_t binding, VkImageView view, VkSampler sampler) {
  ENSURE(count_ < kMax);
  images_[count_] = {sampler, view, VK_IMAGE_LAYOUT_GENERAL};
  VkWriteDescriptorSet& w = writes_[count_];
  w = {VK_STRUCTURE_TYPE_WRITE_DESCRIPTOR_SET};
  w.dstSet = set_;
  w.dstBinding = binding;
  w.descriptorCount = 1;
  w.descriptorType = layout_.type(binding);
  w.pImageInfo = &images_[count_++];
  return *this;
}

void SetWriter::write() { vkUpdateDescriptorSets(device_.handle(), count_, writes_.data(), 0, nullptr); }

}  // namespace gpu

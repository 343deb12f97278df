// SPDX-License-Identifier: Apache-2.0
#include "engine/gpu/sampler.h"

#include <utility>

namespace gpu {

base::Result<Sampler> Sampler::create(Device& device, SamplerKind kind) {
  VkSamplerCreateInfo info{VK_STRUCTURE_TYPE_SAMPLER_CREATE_INFO};
  info.magFilter = info.minFilter = kind == SamplerKind::Nearest ? VK_FILTER_NEAREST : VK_FILTER_LINEAR;
  info.addressModeU = info.addressModeV = info.addressModeW = VK_SAMPLER_ADDRESS_MODE_CLAMP_TO_EDGE;
  info.maxLod = VK_LOD_CLAMP_NONE;
  if (kind == SamplerKind::Shadow) {
    info.compareEnable = VK_TRUE;
    info.compareOp = VK_COMPARE_OP_GREATER_OR_EQUAL;
  }
  Sampler result;
  const VkResult made = vkCreateSampler(device.handle(), &info, nullptr, &result.sampler_);
  if (made != VK_SUCCESS) return vkError("a sampler could not be made", made);
  result.device_ = &device;
  device.countObject(1);
  return result;
}

Sampler& Sampler::operator=(Sampler&& other) noexcept {
  std::swap(device_, other.device_);
  std::swap(sampler_, other.sampler_);
  return *this;
}

Sampler::~Sampler() {
  if (sampler_ == VK_NULL_HANDLE) return;
  device_->retire(VK_OBJECT_TYPE_SAMPLER, sampler_);
  device_->countObject(-1);
}

}  // namespace gpu

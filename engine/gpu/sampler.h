// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/device.h"

namespace gpu {

enum class SamplerKind { Nearest, Linear, Shadow };  ///< clamped; Shadow compares GREATER_OR_EQUAL (reverse-z)

class Sampler {
 public:
  Sampler() = default;
  static base::Result<Sampler> create(Device& device, SamplerKind kind);
  Sampler(Sampler&& other) noexcept { *this = std::move(other); }
  Sampler& operator=(Sampler&& other) noexcept;
  ~Sampler();

  VkSampler handle() const { return sampler_; }

 private:
  Device* device_ = nullptr;
  VkSampler sampler_ = VK_NULL_HANDLE;
};

}  // namespace gpu

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/image.h"
#include "engine/render/quality.h"

namespace render {

constexpr VkFormat kIdFormat = VK_FORMAT_R32_UINT;
constexpr VkFormat kDepthFormat = VK_FORMAT_D32_SFLOAT;
constexpr VkFormat kAoFormat = VK_FORMAT_R8_UNORM;
constexpr VkFormat kBloomFormat = VK_FORMAT_R16G16B16A16_SFLOAT;
constexpr VkFormat colorFormat(bool hdr) { return hdr ? VK_FORMAT_R16G16B16A16_SFLOAT : VK_FORMAT_R8G8B8A8_UNORM; }

/// The images that the passes of one picture draw into, at the internal size.
struct Targets {
  gpu::Image color;
  gpu::Image id;
  gpu::Image depth;
  gpu::Image ao;     ///< half size; only with ambient occlusion
  gpu::Image bloomDown;  ///< half size, mips; only with bloom
  gpu::Image bloom;      ///< the finished glow, one mip less

  VkExtent2D extent{};
  bool hdr = false;

  /// Makes the images anew when size or quality changed, and brings them into their layout.
  base::Status ensure(gpu::Device& device, VkCommandBuffer commands, VkExtent2D size, const QualitySettings& settings);
};

}  // namespace render

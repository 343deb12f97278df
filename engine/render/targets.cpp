// SPDX-License-Identifier: Apache-2.0
#include "engine/render/targets.h"

#include <algorithm>
#include <bit>

namespace render {
namespace {

constexpr uint32_t kBloomMips = 5;

base::Status make(gpu::Device& device, VkCommandBuffer commands, gpu::Image& into, const gpu::ImageDesc& desc) {
  base::Result<gpu::Image> made = gpu::Image::create(device, desc);
  if (!made) return base::Error{made.error()};
  into = std::move(*made);
  into.prepare(commands);
  return base::okStatus();
}

}  // namespace

base::Status Targets::ensure(gpu::Device& device, VkCommandBuffer commands, VkExtent2D size, const QualitySettings& s) {
  const bool same = color && extent.width == size.width && extent.height == size.height && hdr == s.hdr &&
                    static_cast<bool>(ao) == s.ambientOcclusion && static_cast<bool>(bloom) == s.bloom;
  if (same) return base::okStatus();
  extent = size;
  hdr = s.hdr;
  ao = {};
  bloom = {};
  bloomDown = {};
  constexpr VkImageUsageFlags kColor =
      VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  constexpr VkImageUsageFlags kDepth =
      VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_SRC_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  constexpr VkImageUsageFlags kStorage = VK_IMAGE_USAGE_STORAGE_BIT | VK_IMAGE_USAGE_SAMPLED_BIT | VK_IMAGE_USAGE_TRANSFER_DST_BIT;
  const VkExtent2D half{std::max(size.width / 2, 1u), std::max(size.height / 2, 1u)};
  if (base::Status st = make(device, commands, color, {colorFormat(s.hdr), size, kColor, 1, 1, false, "colour"}); !st) return st;
  if (base::Status st = make(device, commands, id, {kIdFormat, size, kColor, 1, 1, false, "pick ids"}); !st) return st;
  if (base::Status st = make(device, commands, depth, {kDepthFormat, size, kDepth, 1, 1, false, "depth"}); !st) return st;
  if (s.ambientOcclusion)
    if (base::Status st = make(device, commands, ao, {kAoFormat, half, kStorage, 1, 1, false, "ambient occlusion"}); !st)
      return st;
  if (s.bloom) {
    // At least two levels: the way up begins at the last but one.
    const auto possible = static_cast<uint32_t>(std::bit_width(std::max(half.width, half.height)));
    const uint32_t mips = std::clamp<uint32_t>(possible, 2, kBloomMips);
    const VkExtent2D size2{std::max(half.width, 2u), std::max(half.height, 2u)};
    if (base::Status st = make(device, commands, bloomDown, {kBloomFormat, size2, kStorage, mips, 1, false, "bloom, down"}); !st)
      return st;
    if (base::Status st = make(device, commands, bloom, {kBloomFormat, size2, kStorage, mips - 1, 1, false, "bloom"}); !st)
      return st;
  }
  return base::okStatus();
}

}  // namespace render

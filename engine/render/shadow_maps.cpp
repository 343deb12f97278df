// SPDX-License-Identifier: Apache-2.0
#include "engine/render/shadow_maps.h"

#include "engine/render/targets.h"

namespace render {

base::Status ShadowMaps::ensure(gpu::Device& device, VkCommandBuffer commands, const QualitySettings& settings, bool slowly) {
  for (uint32_t i = 0; i < sets_.size(); ++i) {
    Set& set = sets_[i];
    const bool fits = set.image && set.image.layers() == settings.cascades && set.image.extent().width == settings.shadowSize;
    if (fits || (i != inUse_ && !slowly)) continue;
    gpu::ImageDesc desc;
    desc.format = kDepthFormat;
    desc.extent = {settings.shadowSize, settings.shadowSize};
    desc.usage = VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT | VK_IMAGE_USAGE_SAMPLED_BIT;
    desc.layers = settings.cascades;
    desc.array = true;
    desc.name = "shadow maps";
    base::Result<gpu::Image> made = gpu::Image::create(device, desc);
    if (!made) return base::Error{made.error()};
    set.image = std::move(*made);
    set.image.prepare(commands);
    set.cascades.invalidate();
    parts_ = 0;
  }
  return base::okStatus();
}

std::vector<ShadowTask> ShadowMaps::plan(const CascadeInput& input, const QualitySettings& settings, bool slowly) {
  Set& next = sets_[1 - inUse_];
  changed_ = parts_ > 0 && parts_ == next.cascades.count() * kParts;
  if (changed_) {
    inUse_ = 1 - inUse_;
    parts_ = 0;
  }
  Set& now = sets_[inUse_];
  if (slowly && now.cascades.onlySunMoved(input)) {
    Set& other = sets_[1 - inUse_];
    if (parts_ == 0) {
      other.cascades.invalidate();
      other.cascades.update(input, settings);
    }
    return {nextPart(other)};
  }
  parts_ = 0;
  std::vector<ShadowTask> tasks;
  const VkRect2D all{{0, 0}, now.image.extent()};
  for (const uint32_t i : now.cascades.update(input, settings)) tasks.push_back({i, now.cascades[i], &now.image, all});
  changed_ = changed_ || !tasks.empty();
  return tasks;
}

ShadowTask ShadowMaps::nextPart(Set& next) {
  const uint32_t cascade = parts_ / kParts;
  const uint32_t part = parts_++ % kParts;
  const VkExtent2D size = next.image.extent();
  const auto column = [&](uint32_t i) { return size.width * i / kParts; };
  const auto share = [](uint32_t i) { return static_cast<float>(i) / kParts; };
  return {cascade, next.cascades[cascade], &next.image,
          {{static_cast<int32_t>(column(part)), 0}, {column(part + 1) - column(part), size.height}}, share(part), share(part + 1)};
}

}  // namespace render

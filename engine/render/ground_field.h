// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/image.h"
#include "engine/gpu/upload.h"
#include "engine/scene/scene.h"

namespace render {

/// The ground as an image, r = lamp light, g = openness to the sky. Three states, so that nothing is
/// drawn that did not change: `base` holds the openness; `lamps` is the base with every lamp, drawn
/// again when a lamp changed; `lit` is lamps with the headlights of this frame.
class GroundFieldImages {
 public:
  static constexpr VkFormat kFormat = VK_FORMAT_R16G16_SFLOAT;

  enum class State { Base, Lamps, Lit };

  /// Uploads the openness when its revision changed. Without a field: one open texel.
  base::Status sync(gpu::Device& device, VkCommandBuffer commands, gpu::UploadArena& upload,
                    const scene::GroundField& field, bool lampsChanged);

  const gpu::Image& base() const { return base_; }
  const gpu::Image& lamps() const { return lamps_; }
  const gpu::Image& lit() const { return lit_; }
  bool lampsDirty() const { return lampsDirty_; }
  void lampsDrawn() { lampsDirty_ = false; }
  /// World rectangle: corner and 1 / size.
  glm::vec2 origin{0};
  glm::vec2 inverseSize{1};

 private:
  base::Status remake(gpu::Device& device, VkCommandBuffer commands, VkExtent2D extent);

  gpu::Image base_;
  gpu::Image lamps_;
  gpu::Image lit_;
  uint64_t revision_ = UINT64_MAX;
  bool lampsDirty_ = true;
};

}  // namespace render

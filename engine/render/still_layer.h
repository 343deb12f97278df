// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/gpu/image.h"
#include "engine/gpu/target.h"
#include "engine/math/glm.h"
#include "engine/render/quality.h"
#include "engine/scene/environment.h"

namespace render {

/// What the layer's contents depend on at once.
struct StillKey {
  glm::mat4 viewProjection{0};
  glm::vec3 eye{0};
  VkRect2D rect{};        ///< of the view, in the internal targets
  uint64_t revision = 0;  ///< GpuScene::stillRevision()
};

/// What the layer's contents may follow a little later.
struct StillLight {
  scene::Environment environment;
  uint64_t revision = 0;  ///< rises when lamps or shadow maps changed
};

/// The part of a picture that seldom changes (ground, buildings, trees, sky), kept from frame to frame for devices on
/// which pixels and vertices are dear. While the camera rests, a frame lays the layer into the targets and draws the
/// rest on top. When the light has changed, each frame draws one of kBands bands of the layer anew (upright ones: each
/// has near and far in it, so that all cost alike).
/// What must be seen at once (a building is hidden, the clock jumps) draws the whole layer anew; a moving camera does
/// without it.
class StillLayer {
 public:
  static constexpr uint32_t kBands = 6;

  /// Decides what this frame does. `wanted` false: nothing, and what was kept is forgotten.
  void plan(bool wanted, const StillKey& key, const StillLight& light);
  /// Makes the images where the layer is used; after plan(), before recording.
  base::Status ensure(gpu::Device& device, VkCommandBuffer commands, VkExtent2D extent, const QualitySettings& settings,
                      const gpu::Target& target);

  bool used() const { return used_; }
  /// What is drawn anew in this frame, in the internal targets; may be empty.
  const VkRect2D& band() const { return band_; }
  /// The band's share of the view; 1 where the layer is not used.
  float share() const;
  /// Whether the layer is also kept as it is shown, anti-aliased, ready to be copied into the target.
  bool keepsShown() const { return used_ && showsWhole_; }
  /// Which part of shown() is to be made anew in this frame, out of color(); may be empty.
  VkRect2D shownBand() const;
  /// From the clip space of the whole view to that of the band, for culling. Only where share() is above 0.
  glm::mat4 bandOf(const glm::mat4& viewProjection) const;

  const gpu::Image& color() const { return color_; }
  const gpu::Image& shown() const { return shown_; }
  const gpu::Image& id() const { return id_; }
  const gpu::Image& depth() const { return depth_; }

 private:
  VkRect2D nextBand(const StillLight& light);

  gpu::Image color_;
  gpu::Image shown_;
  gpu::Image id_;
  gpu::Image depth_;
  std::optional<StillKey> key_;      ///< of the frame before
  scene::Environment before_;        ///< light of the frame before
  scene::Environment drawn_;         ///< light that the last round of bands set out to show
  uint64_t drawnRevision_ = 0;
  bool used_ = false;
  bool filled_ = false;              ///< all bands have been drawn for key_
  uint32_t next_ = 0;                ///< band
  uint32_t left_ = 0;                ///< bands until the round is over
  VkRect2D band_{};
  bool showsWhole_ = false;          ///< the view has the target's pixels, all of them
  bool shownFilled_ = false;         ///< in the frame before
  bool shownStale_ = true;           ///< to be made anew as a whole
};

}  // namespace render

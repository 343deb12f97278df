// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "engine/gpu/image.h"
#include "engine/render/cascades.h"

namespace render {

/// A shadow map, or an upright part of it, to draw in this frame.
struct ShadowTask {
  uint32_t cascade = 0;
  Cascade of;
  const gpu::Image* maps = nullptr;
  VkRect2D area{};                    ///< texels
  float low = 0, high = 1;            ///< the same as shares of the map's width
  bool whole() const { return low == 0 && high == 1; }
};

/// The shadow maps in use, and, where a frame must not take long, the next ones: when only the sun has moved on, they
/// are drawn part by part over several frames while the old ones go on being used, and then change places with them.
class ShadowMaps {
 public:
  static constexpr uint32_t kParts = 8;  ///< of each map

  /// Makes the images where they do not fit the quality; the next ones only when they may be drawn `slowly`.
  base::Status ensure(gpu::Device& device, VkCommandBuffer commands, const QualitySettings& settings, bool slowly);
  /// What this frame draws. Without `slowly`, and whenever more than the sun has changed, all that is due.
  std::vector<ShadowTask> plan(const CascadeInput& input, const QualitySettings& settings, bool slowly);
  /// Whether the maps in use are others, or drawn anew, since the frame before.
  bool changed() const { return changed_; }

  const gpu::Image& image() const { return sets_[inUse_].image; }
  const Cascades& cascades() const { return sets_[inUse_].cascades; }

 private:
  struct Set {
    gpu::Image image;
    Cascades cascades;
  };
  ShadowTask nextPart(Set& next);

  std::array<Set, 2> sets_;
  uint32_t inUse_ = 0;
  uint32_t parts_ = 0;  ///< of the next set that have been drawn; 0: none is begun
  bool changed_ = false;
};

}  // namespace render

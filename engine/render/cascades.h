// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "engine/math/bounds.h"
#include "engine/render/quality.h"
#include "shaders/shared/gpu_types.h"

namespace render {

/// One shadow map: a square seen from the sun.
struct Cascade {
  glm::mat4 worldToClip{1};
  glm::mat4 worldToTexture{1};  ///< xy 0..1, z reversed
  float radius = 0;             ///< half side, metres
  float metresPerTexel = 1;
};

/// What the shadow maps depend on.
struct CascadeInput {
  glm::vec3 sunDirection{0, 0, 1};
  bool sunShines = true;
  glm::vec3 focus{0};           ///< where the camera looks, on the ground
  float focusDistance = 1000;   ///< from the camera, metres
  math::Bounds city;
  uint64_t staticsRevision = 0; ///< anything that changes what stands: rises with every change
};

/// Stable shadow maps, near to far: snapped to texels, the sun in steps of a quarter of a degree, and drawn again
/// only when the sun steps, something standing changes, or the view leaves the map's margin.
class Cascades {
 public:
  /// Indices of the maps to draw in this frame. With `movingCascades` above 0 the near ones are always in.
  std::vector<uint32_t> update(const CascadeInput& input, const QualitySettings& settings);
  /// Whether update() would draw all maps anew for no other reason than that the sun has moved on a step.
  bool onlySunMoved(const CascadeInput& input) const;
  /// The maps in use; none when nothing casts shadows.
  uint32_t count() const { return count_; }
  const Cascade& operator[](uint32_t i) const { return cascades_[i]; }
  /// Forgets what is cached (new images).
  void invalidate();

 private:
  struct Cached {
    bool valid = false;
    glm::vec3 sun{0};
    glm::vec3 centre{0};
    float radius = 0;
    uint64_t revision = 0;
  };

  bool strayed(const CascadeInput& input, uint32_t i) const;

  std::array<Cascade, gpu_types::kMaxCascades> cascades_{};
  std::array<Cached, gpu_types::kMaxCascades> cached_{};
  uint32_t count_ = 0;
};

}  // namespace render

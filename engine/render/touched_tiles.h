// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "engine/gpu/vk.h"
#include "engine/math/bounds.h"
#include "engine/math/glm.h"

namespace render {

/// The tiles of a view in which something was drawn, or may have been, so that only they need be worked on again. Errs
/// on the side of more: what is not known to be elsewhere touches them all.
class TouchedTiles {
 public:
  static constexpr uint32_t kTile = 16;  ///< pixels each way

  /// An untouched view of `size` pixels; `near` of its camera in metres.
  TouchedTiles(VkExtent2D size, const glm::mat4& viewProjection, float near);

  void touchAll();
  void touchBall(const glm::vec3& at, float radius);
  void touchBox(const math::Bounds& box);
  /// A straight line, so many pixels wide and as wide as so many metres seen face on.
  void touchLine(const glm::vec3& from, const glm::vec3& to, float pixels, float metres);

  /// Touched tiles, joined along rows, in the view's pixels; none overlaps another.
  std::vector<VkRect2D> rects() const;

 private:
  /// Of x, y and w in clip space, what lies within `reach` about `clip`.
  void touchClip(const glm::vec4& clip, const glm::vec3& reach);
  void touchPixels(const glm::vec2& low, const glm::vec2& high);
  glm::vec2 pixelAt(const glm::vec4& clip) const;

  glm::vec2 size_;
  uint32_t columns_;
  uint32_t rows_;
  glm::mat4 viewProjection_;
  glm::mat3 perMetre_;  ///< rows x, y, w of the same, as columns
  glm::vec3 mostPerMetre_;  ///< their lengths: in whatever direction
  float near_;
  std::vector<uint8_t> touched_;  ///< row by row
};

}  // namespace render

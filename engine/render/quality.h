// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace render {

/// How a picture is shaded; never what is in it. The values are the shaders' constant_id 0.
enum class Quality : uint32_t { Low = 0, Medium = 1, High = 2 };

/// What a quality level means for the renderer; the shaders know the rest from the level itself.
struct QualitySettings {
  float renderScale;        ///< internal pixels per target pixel, each way
  uint32_t cascades;        ///< shadow maps, near to far; the last holds the whole city
  uint32_t shadowSize;      ///< texels per side
  uint32_t movingCascades;  ///< of these, so many near ones are redrawn each frame with the vehicles
  bool hdr;                 ///< half-float colour, toned in the resolve pass
  bool ambientOcclusion;    ///< in screen space, beside the baked one
  bool bloom;
  bool fieldHeadlights;     ///< headlights light all that they reach, by way of the ground field; else they are laid on the road
  bool instanceRows;        ///< instances come as vertex attributes: cheap for a software device, dear where very many are drawn
};

constexpr QualitySettings settingsOf(Quality quality) {
  switch (quality) {
    case Quality::Low: return {1.f, 2, 2048, 0, false, false, false, false, true};
    case Quality::Medium: return {1.f, 3, 2048, 0, true, true, true, true, false};
    default: return {1.f, 4, 4096, 2, true, true, true, true, false};
  }
}

}  // namespace render

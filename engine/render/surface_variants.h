// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "engine/render/pass.h"

namespace render {

/// surface.frag specialised to what a draw holds: a software device runs every branch of a shader, so
/// shading only the kinds of a surface class, and only the lights of the hour, pays several times over.
/// Variants are made when they are first needed. The one of dusk, with every light, is right at any hour and only
/// slower: it is made ahead, and stands in where the hour's own is not made yet. Those of hours gone by are dropped,
/// as each takes some megabytes.
class SurfaceVariants {
 public:
  enum class Source : uint8_t { Static, Instance, Grove };

  SurfaceVariants() = default;
  SurfaceVariants(gpu::Device& device, gpu::GraphicsDesc statics, gpu::GraphicsDesc instances, gpu::GraphicsDesc groves)
      : device_(&device), descs_{std::move(statics), std::move(instances), std::move(groves)} {}

  /// Lights that reach anything in this frame, as the shader's kLights: 1 the key light's shadows, 2 lamps.
  static uint32_t lightsOf(const PassContext& context);
  base::Status make(Source source, SurfaceClass surfaceClass, uint32_t lights);
  struct Wanted {
    Source source;
    SurfaceClass surfaceClass;
    uint32_t lights;
  };
  /// One that was drawn, `drawable` now, and not yet made for `lights` or for dusk.
  template <typename Drawable>
  std::optional<Wanted> unmade(uint32_t lights, const Drawable& drawable) {
    for (const uint32_t l : {lights, kDusk})
      for (size_t s = 0; s < drawn_.size(); ++s)
        for (size_t k = 0; k < kSurfaceClasses; ++k) {
          const Wanted w{static_cast<Source>(s), static_cast<SurfaceClass>(k), l};
          if (drawn_[s][k] && !at(w.source, w.surfaceClass, l) && drawable(w)) return w;
        }
    return std::nullopt;
  }
  /// Gives back what is neither for `lights` nor for dusk.
  void drop(uint32_t lights);
  /// Null when it cannot be made, which is said once. `standIn`: the dusk variant will do if it is there.
  const gpu::Pipeline* find(Source source, SurfaceClass surfaceClass, uint32_t lights, bool standIn);

 private:
  static constexpr size_t kLightStates = 4;
  static constexpr uint32_t kDusk = 3;
  gpu::Pipeline& at(Source source, SurfaceClass surfaceClass, uint32_t lights) {
    return made_[static_cast<size_t>(source)][static_cast<size_t>(surfaceClass)][lights % kLightStates];
  }

  gpu::Device* device_ = nullptr;
  std::array<gpu::GraphicsDesc, 3> descs_;
  std::array<std::array<std::array<gpu::Pipeline, kLightStates>, kSurfaceClasses>, 3> made_;
  std::array<std::array<bool, kSurfaceClasses>, 3> drawn_{};
  bool failed_ = false;
};

}  // namespace render

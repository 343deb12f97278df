// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "engine/render/pass.h"

namespace render {

/// surface.frag specialised to what a draw holds: a software device runs every branch of a shader, so
/// shading only the kinds of a surface class, and only the lights of the hour, pays several times over.
/// Variants are made when they are first needed; those of other hours can be asked for ahead of them.
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
  /// One that was drawn in some light, `drawable` now, and not yet made for the light of another hour.
  template <typename Drawable>
  std::optional<Wanted> unmade(const Drawable& drawable) {
    for (const uint32_t lights : {3u, 2u, 1u})  // dusk, night, day
      for (size_t s = 0; s < drawn_.size(); ++s)
        for (size_t k = 0; k < kSurfaceClasses; ++k) {
          const Wanted w{static_cast<Source>(s), static_cast<SurfaceClass>(k), lights};
          if (drawn_[s][k] && !at(w.source, w.surfaceClass, lights) && drawable(w)) return w;
        }
    return std::nullopt;
  }
  /// Null when it cannot be made, which is said once.
  const gpu::Pipeline* find(Source source, SurfaceClass surfaceClass, uint32_t lights);

 private:
  static constexpr size_t kLightStates = 4;
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

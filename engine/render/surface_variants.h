// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "engine/render/pass.h"

namespace render {

/// surface.frag specialised to what a draw may hold: a software device runs every branch of a shader, so
/// shading only the kinds of the mesh, and only the lights of the hour, pays several times over (measured
/// at low quality, 720p overview: one shader for all 139 ms of CPU, of which 34 are drawing without it).
/// Variants are made when they are first needed.
class SurfaceVariants {
 public:
  SurfaceVariants() = default;
  SurfaceVariants(gpu::Device& device, gpu::GraphicsDesc statics, gpu::GraphicsDesc instances)
      : device_(&device), statics_(std::move(statics)), instances_(std::move(instances)) {}

  enum class Source : uint8_t { Static, Instance };

  /// Lights that reach anything in this frame, as the shader's kLights: 1 the key light's shadows, 2 lamps.
  static uint32_t lightsOf(const PassContext& context);
  /// The narrowest variant for surface kinds `kinds` (bits); null when it could not be made.
  const gpu::Pipeline* find(Source source, uint32_t kinds, uint32_t lights);

 private:
  static constexpr size_t kClasses = 8;
  static constexpr size_t kLightStates = 4;

  gpu::Device* device_ = nullptr;
  gpu::GraphicsDesc statics_;
  gpu::GraphicsDesc instances_;
  std::array<gpu::Pipeline, 2 * kClasses * kLightStates> made_;
};

}  // namespace render

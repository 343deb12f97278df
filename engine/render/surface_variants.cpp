// SPDX-License-Identifier: Apache-2.0
#include "engine/render/surface_variants.h"

#include "engine/base/log.h"

namespace render {
namespace {

constexpr uint32_t kShadows = 1;
constexpr uint32_t kLamps = 2;
constexpr uint32_t kOpenSun = 4;  ///< the key light where no shadow falls
/// What groves are made of.
constexpr uint32_t kGroveKinds = 1u << gpu_types::kSurfacePlain | 1u << gpu_types::kSurfaceFoliage;

}  // namespace

uint32_t SurfaceVariants::lightsOf(const PassContext& c) {
  const scene::Environment& e = c.input.scene.environment;
  uint32_t lights = 0;
  if (e.sunVisibility > 0.f && c.cascades.count() > 0) lights |= kShadows;
  if (c.lights.state != GroundFieldImages::State::Base) lights |= kLamps;
  return lights;
}

base::Status SurfaceVariants::make(Source source, SurfaceClass surfaceClass, uint32_t lights) {
  gpu::Pipeline& into = at(source, surfaceClass, lights);
  if (into) return base::okStatus();
  gpu::GraphicsDesc desc = descs_[static_cast<size_t>(source)];
  desc.constants.push_back({1, source == Source::Grove ? kGroveKinds : kindsOf(surfaceClass)});
  const bool open = surfaceClass == SurfaceClass::Land && (lights & kShadows) != 0;
  desc.constants.push_back({2, open ? kOpenSun : surfaceClass == SurfaceClass::Land ? 0u : lights});
  desc.constants.push_back({3, source == Source::Static ? 0u : 1u});
  base::Result<gpu::Pipeline> made = gpu::Pipeline::graphics(*device_, desc);
  if (!made) return base::Error{made.error()};
  into = std::move(*made);
  return base::okStatus();
}

void SurfaceVariants::drop(uint32_t lights) {
  for (auto& ofSource : made_)
    for (auto& ofClass : ofSource)
      for (uint32_t l = 0; l < kLightStates; ++l)
        if (l != lights && l != kDusk) ofClass[l] = {};
}

const gpu::Pipeline* SurfaceVariants::find(Source source, SurfaceClass surfaceClass, uint32_t lights, bool standIn) {
  drawn_[static_cast<size_t>(source)][static_cast<size_t>(surfaceClass)] = true;
  if (standIn && !at(source, surfaceClass, lights) && at(source, surfaceClass, kDusk)) return &at(source, surfaceClass, kDusk);
  const base::Status s = make(source, surfaceClass, lights);
  if (s) return &at(source, surfaceClass, lights);
  if (!failed_) base::logError("a surface shader could not be made: " + s.error());
  failed_ = true;
  return nullptr;
}

}  // namespace render

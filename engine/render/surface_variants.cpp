// SPDX-License-Identifier: Apache-2.0
#include "engine/render/surface_variants.h"

#include "engine/base/log.h"

namespace render {
namespace {

constexpr uint32_t bits(std::initializer_list<uint32_t> kinds) {
  uint32_t mask = 0;
  for (const uint32_t k : kinds) mask |= 1u << k;
  return mask;
}

using namespace gpu_types;

/// What tends to lie in one mesh, narrow first.
constexpr std::array<uint32_t, 8> kKinds{
    bits({kSurfacePlain, kSurfaceTerrain}),
    bits({kSurfacePlain, kSurfacePaving}),
    bits({kSurfacePlain, kSurfaceRoad, kSurfaceJunction, kSurfaceCrosswalk}),
    bits({kSurfacePlain, kSurfaceFoliage}),
    bits({kSurfacePlain, kSurfaceFacade, kSurfaceRoof, kSurfaceGlass}),
    bits({kSurfacePlain, kSurfaceBody, kSurfaceGlass, kSurfaceHeadlight, kSurfaceTaillight, kSurfaceLens, kSurfaceLampHead,
          kSurfaceScreen, kSurfaceStatus, kSurfaceGauge, kSurfaceIndicator}),
    bits({kSurfacePlain, kSurfaceTerrain, kSurfacePaving, kSurfaceJunction, kSurfacePitch, kSurfaceParking}),
    0xffffffffu};

constexpr uint32_t kShadows = 1;
constexpr uint32_t kLamps = 2;

}  // namespace

uint32_t SurfaceVariants::lightsOf(const PassContext& c) {
  const scene::Environment& e = c.input.scene.environment;
  uint32_t lights = 0;
  if (e.sunVisibility > 0.f && c.cascades.count() > 0) lights |= kShadows;
  if (e.nightFactor > 0.02f) lights |= kLamps;
  return lights;
}

const gpu::Pipeline* SurfaceVariants::find(Source source, uint32_t kinds, uint32_t lights) {
  size_t kind = 0;
  while (kind + 1 < kClasses && (kinds & ~kKinds[kind]) != 0) ++kind;
  const size_t index = (static_cast<size_t>(source) * kClasses + kind) * kLightStates + (lights & (kLightStates - 1));
  gpu::Pipeline& pipeline = made_[index];
  if (pipeline) return &pipeline;
  gpu::GraphicsDesc desc = source == Source::Static ? statics_ : instances_;
  desc.constants.push_back({1, kKinds[kind]});
  desc.constants.push_back({2, lights});
  base::Result<gpu::Pipeline> made = gpu::Pipeline::graphics(*device_, desc);
  if (!made) {
    base::logError("a surface shader could not be made: " + made.error());
    return nullptr;
  }
  pipeline = std::move(*made);
  return &pipeline;
}

}  // namespace render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "shaders/shared/gpu_types.h"

namespace render {

/// Surface kinds that share one variant of surface.frag. A software device runs every branch of a
/// shader for every pixel, so each large surface has a variant of its own; small things share two.
/// In drawing order: what hides most first, the ground last.
enum class SurfaceClass : uint8_t {
  Facade, Roof, Simple, Device, Seats, Crosswalk, Junction, Road, Parking, Paving, Pitch, Terrain, Land, Other
};
constexpr uint32_t kSurfaceClasses = static_cast<uint32_t>(SurfaceClass::Other) + 1;

/// The class of a surface kind (kSurface...).
constexpr SurfaceClass classOfSurface(uint32_t kind) {
  using namespace gpu_types;
  switch (kind) {
    case kSurfaceFacade: return SurfaceClass::Facade;
    case kSurfaceRoof: return SurfaceClass::Roof;
    case kSurfacePlain:
    case kSurfaceFoliage:
    case kSurfaceGlass:
    case kSurfaceBody: return SurfaceClass::Simple;
    case kSurfaceHeadlight:
    case kSurfaceTaillight:
    case kSurfaceLens:
    case kSurfaceLampHead:
    case kSurfaceScreen:
    case kSurfaceStatus:
    case kSurfaceGauge:
    case kSurfaceIndicator: return SurfaceClass::Device;
    case kSurfaceSeats: return SurfaceClass::Seats;
    case kSurfaceCrosswalk: return SurfaceClass::Crosswalk;
    case kSurfaceJunction: return SurfaceClass::Junction;
    case kSurfaceRoad: return SurfaceClass::Road;
    case kSurfaceParking: return SurfaceClass::Parking;
    case kSurfacePaving: return SurfaceClass::Paving;
    case kSurfacePitch: return SurfaceClass::Pitch;
    case kSurfaceTerrain: return SurfaceClass::Terrain;
    default: return SurfaceClass::Other;
  }
}

/// The class of a vertex's whole surface word. Terrain of param 1 is Land: beyond the shadow maps.
constexpr SurfaceClass classOfVertex(uint32_t surface) {
  const SurfaceClass ofKind = classOfSurface(surface & 255u);
  return ofKind == SurfaceClass::Terrain && (surface >> 8 & 255u) == 1u ? SurfaceClass::Land : ofKind;
}

/// The kinds of a class, one bit each: constant_id 1 of surface.frag.
constexpr uint32_t kindsOf(SurfaceClass surfaceClass) {
  if (surfaceClass == SurfaceClass::Land) return 1u << gpu_types::kSurfaceTerrain;
  if (surfaceClass == SurfaceClass::Other) return 0xffffffffu;
  uint32_t mask = 0;
  for (uint32_t kind = 0; kind < 32; ++kind)
    if (classOfSurface(kind) == surfaceClass) mask |= 1u << kind;
  return mask;
}

}  // namespace render

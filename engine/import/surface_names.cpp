// SPDX-License-Identifier: Apache-2.0
#include "engine/import/surface_names.h"

#include <array>

#include "shaders/shared/gpu_types.h"

namespace importing {
namespace {

struct Entry {
  std::string_view name;
  uint32_t surface;
};

using gpu_types::packSurface;

constexpr std::array kEntries{
    Entry{"plain", packSurface(gpu_types::kSurfacePlain)},
    Entry{"body", packSurface(gpu_types::kSurfaceBody)},
    Entry{"glass", packSurface(gpu_types::kSurfaceGlass)},
    Entry{"headlight", packSurface(gpu_types::kSurfaceHeadlight)},
    Entry{"taillight", packSurface(gpu_types::kSurfaceTaillight)},
    Entry{"lens0", packSurface(gpu_types::kSurfaceLens, 0)},
    Entry{"lens1", packSurface(gpu_types::kSurfaceLens, 1)},
    Entry{"lens2", packSurface(gpu_types::kSurfaceLens, 2)},
    Entry{"lens3", packSurface(gpu_types::kSurfaceLens, 3)},
    Entry{"lamphead", packSurface(gpu_types::kSurfaceLampHead)},
    Entry{"foliage_evergreen", packSurface(gpu_types::kSurfaceFoliage, 0)},
    Entry{"foliage_deciduous", packSurface(gpu_types::kSurfaceFoliage, 1)},
    Entry{"screen", packSurface(gpu_types::kSurfaceScreen)},
    Entry{"status", packSurface(gpu_types::kSurfaceStatus)},
    Entry{"gauge", packSurface(gpu_types::kSurfaceGauge)},
    Entry{"blob", packSurface(gpu_types::kSurfaceBlob)},
    Entry{"ghost", packSurface(gpu_types::kSurfaceGhost)},
    Entry{"roof", packSurface(gpu_types::kSurfaceRoof)},
    Entry{"indicator_left", packSurface(gpu_types::kSurfaceIndicator, 0)},
    Entry{"indicator_right", packSurface(gpu_types::kSurfaceIndicator, 1)},
};

}  // namespace

std::optional<uint32_t> surfaceOfMaterial(std::string_view name) {
  const std::string_view stem = name.substr(0, name.find('.'));
  for (const Entry& entry : kEntries) {
    if (entry.name == stem) return entry.surface;
  }
  return std::nullopt;
}

}  // namespace importing

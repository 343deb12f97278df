// SPDX-License-Identifier: Apache-2.0
#include "engine/render/surface_class.h"

#include <gtest/gtest.h>

namespace {

using render::SurfaceClass;

TEST(SurfaceClass, HoldsEveryKindInExactlyOneClass) {
  for (uint32_t kind = 0; kind <= gpu_types::kSurfaceIndicator; ++kind) {
    int holders = 0;
    for (uint32_t c = 0; c + 1 < render::kSurfaceClasses; ++c)
      holders += (render::kindsOf(static_cast<SurfaceClass>(c)) >> kind & 1u) != 0;
    const bool own = render::classOfSurface(kind) != SurfaceClass::Other;
    // Terrain near and far are two classes, told apart by the param.
    EXPECT_EQ(holders, kind == gpu_types::kSurfaceTerrain ? 2 : own ? 1 : 0) << kind;
    EXPECT_NE(render::kindsOf(render::classOfSurface(kind)) >> kind & 1u, 0u) << kind;
  }
}

TEST(SurfaceClass, TellsLandBeyondTheShadowsFromTerrain) {
  using namespace gpu_types;
  EXPECT_EQ(render::classOfVertex(packSurface(kSurfaceTerrain, 0, 9)), SurfaceClass::Terrain);
  EXPECT_EQ(render::classOfVertex(packSurface(kSurfaceTerrain, 1, 9)), SurfaceClass::Land);
  EXPECT_EQ(render::classOfVertex(packSurface(kSurfaceFoliage, 1)), SurfaceClass::Simple);
}

TEST(SurfaceClass, TakesUnknownKindsWithTheShaderForAll) {
  EXPECT_EQ(render::classOfSurface(200), SurfaceClass::Other);
  EXPECT_EQ(render::kindsOf(SurfaceClass::Other), 0xffffffffu);
}

}  // namespace

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
    EXPECT_EQ(holders, own ? 1 : 0) << kind;
    EXPECT_NE(render::kindsOf(render::classOfSurface(kind)) >> kind & 1u, 0u) << kind;
  }
}

TEST(SurfaceClass, TakesUnknownKindsWithTheShaderForAll) {
  EXPECT_EQ(render::classOfSurface(200), SurfaceClass::Other);
  EXPECT_EQ(render::kindsOf(SurfaceClass::Other), 0xffffffffu);
}

}  // namespace

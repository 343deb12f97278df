// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "engine/ui/theme.h"

namespace {

uint32_t opaque(uint32_t color) { return color | 0xff000000u; }

TEST(Theme, ContrastOfBlackAndWhiteIs21) { EXPECT_NEAR(ui::contrast(0xff000000u, 0xffffffffu), 21, 0.01); }

TEST(Theme, TextIsReadableOnItsGrounds) {
  const ui::Theme t;
  for (const uint32_t ground : {t.ground, t.groundRaised})
    for (const uint32_t ink : {t.text, t.textQuiet, t.accent, t.good, t.warning, t.alarm, t.stale})
      EXPECT_GE(ui::contrast(opaque(ink), opaque(ground)), 4.5) << std::hex << ink << " on " << ground;
}

/// The ground lets a tenth of the picture through: over the brightest one text must still be read.
TEST(Theme, TextIsReadableWhenABrightPictureShinesThrough) {
  const ui::Theme t;
  const double alpha = (t.ground >> 24) / 255.0;
  uint32_t mixed = 0xff000000u;
  for (int shift = 0; shift < 24; shift += 8) {
    const double c = (t.ground >> shift & 255) * alpha + 235 * (1 - alpha);
    mixed |= static_cast<uint32_t>(c) << shift;
  }
  EXPECT_GE(ui::contrast(opaque(t.text), mixed), 7);
  EXPECT_GE(ui::contrast(opaque(t.textQuiet), mixed), 4.5);
}

TEST(Theme, EdgesAreNotText) {
  const ui::Theme t;
  EXPECT_GT(ui::contrast(opaque(t.edge), opaque(t.ground)), 1.2);
}

}  // namespace

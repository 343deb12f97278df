// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace ui {

/// Colours of the panels, 0xAABBGGRR as ImGui packs them. Contrast of text on ground is tested.
struct Theme {
  uint32_t ground = 0xE61D1610;      ///< #10161D at 90 %
  uint32_t groundRaised = 0xFF2A2119;
  uint32_t edge = 0xFF3D332A;        ///< #2A333D
  uint32_t text = 0xFFF2EDE8;
  uint32_t textQuiet = 0xFFB8ADA3;
  uint32_t accent = 0xFFC8B800;      ///< #00B8C8
  uint32_t accentDim = 0x66C8B800;
  uint32_t good = 0xFF7BC86B;
  uint32_t stale = 0xFF99918A;
  uint32_t warning = 0xFF5FC3E3;     ///< #E3C35F
  uint32_t alarm = 0xFF3B4FFF;       ///< #FF4F3B, light enough to be read on the ground
};

/// Writes the theme into the current ImGui style: radius 6, an 8-pixel grid, one accent.
void applyTheme(const Theme& theme, double scale, bool touch);

/// WCAG 2 contrast ratio of two opaque colours.
double contrast(uint32_t a, uint32_t b);

}  // namespace ui

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

struct ImFont;

namespace ui {

/// The faces of the panels: one regular family in three sizes and a bold for figures.
struct Fonts {
  ImFont* body = nullptr;
  ImFont* small = nullptr;
  ImFont* title = nullptr;
  ImFont* figure = nullptr;  ///< bold, for big numbers
  ImFont* label = nullptr;   ///< names in the picture
  ImFont* mono = nullptr;    ///< small, equal widths, for messages as they came
};

struct FontRequest {
  double scale = 1;            ///< 1 = 1080 lines at 100 %
  bool large = false;          ///< exhibition: everything bigger
  /// Every text that may be shown: its characters are rastered in all sizes. The common Hangul
  /// syllables are always there, so that what is typed or comes in can be read.
  std::vector<const char*> texts;
};

/// Replaces the fonts of the current ImGui context. Uses Noto Sans CJK KR, else NanumSquare, else
/// ImGui's own face with a warning (no Hangul then).
base::Result<Fonts> loadFonts(const FontRequest& request);

}  // namespace ui

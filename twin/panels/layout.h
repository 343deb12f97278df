// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "engine/math/glm.h"
#include "twin/panels/panel_id.h"

namespace panels {

struct Rect {
  glm::vec2 low{0};   ///< pixels from the upper left corner
  glm::vec2 high{0};
  float width() const { return high.x - low.x; }
  float height() const { return high.y - low.y; }
  bool overlaps(const Rect& o) const { return low.x < o.high.x && o.low.x < high.x && low.y < o.high.y && o.low.y < high.y; }
};

/// Where everything has its place. A panel may use less height than its rectangle, never more.
struct Arrangement {
  std::optional<Rect> topBar;
  std::optional<Rect> rail;      ///< the small tabs
  std::optional<Rect> timeline;
  std::array<std::optional<Rect>, kPanels> panels;
  const std::optional<Rect>& panel(PanelId id) const { return panels[static_cast<size_t>(id)]; }
  Rect picture;                  ///< what is left free between the columns
};

/// Pure: the same arguments give the same places. `scale` is pixels per design pixel.
Arrangement arrange(Mode mode, glm::vec2 display, double scale, const Shown& shown, bool hasSelection);

/// Pixels per design pixel that suit a target: 1 at 1080 lines, larger above, and never so small that
/// Hangul becomes unreadable (0.85, which is 14 pixels for body text and 13 for small).
double designScale(glm::vec2 display);

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "twin/panels/context.h"
#include "twin/panels/layout.h"

namespace panels {

/// One docked window: as high as its content was in the frame before, never higher than its place.
/// Reports where it is, so that labels keep out.
class PanelWindows {
 public:
  /// Opens the window; `title` (already translated) becomes its first row with a close button.
  /// Returns the width that content may use. Always followed by end().
  float begin(const Context& ui, PanelId id, const Rect& place, const char* title, bool closable);
  void end();

  void clearReserved() { reserved_.clear(); }
  void reserve(const Rect& rect) { reserved_.emplace_back(rect.low.x, rect.low.y, rect.high.x, rect.high.y); }
  const std::vector<glm::vec4>& reserved() const { return reserved_; }
  void forgetHeights() { heights_.fill(0); }

 private:
  std::array<float, kPanels> heights_{};
  std::vector<glm::vec4> reserved_;
  PanelId current_ = PanelId::Layers;
};

/// A bar or strip without a title: window of exactly `place`.
void beginStrip(const Context& ui, const char* id, const Rect& place, bool square);
void endStrip();

}  // namespace panels

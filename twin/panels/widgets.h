// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "twin/binding/legend.h"
#include "twin/panels/context.h"
#include "twin/panels/icons.h"

struct ImFont;
struct ImVec2;

namespace panels {

/// The current ImGui font while it lives.
class FontScope {
 public:
  explicit FontScope(ImFont* font);
  ~FontScope();
  FontScope(const FontScope&) = delete;
  FontScope& operator=(const FontScope&) = delete;
};

/// An invisible button of at least one pixel: ImGui ends the program over an empty one, which a tiny window
/// would bring about.
bool hitArea(const char* id, const ImVec2& size);

/// Text in at most `width` pixels: what does not fit ends in an ellipsis and is whole in the tooltip.
void elided(const std::string& text, float width, uint32_t color);
/// Breaks lines at the right edge of the window.
void wrapped(const Context& ui, const std::string& text, uint32_t color);
void quiet(const Context& ui, const std::string& text);
/// At the right edge of the row that ends at `right` (window coordinates, pixels).
void rightAligned(const std::string& text, float right, uint32_t color);
/// A section's name with some air above.
void heading(const Context& ui, const char* text);
/// A shape and a word in one outlined pill; returns its width.
float badge(const Context& ui, Mark mark, uint32_t color, const char* text);
float badgeWidth(const Context& ui, const char* text);
/// A mark as one item of the row's height.
void markItem(const Context& ui, Mark mark, uint32_t color);
void swatch(const Context& ui, binding::SwatchShape shape, uint32_t color);

bool iconButton(const Context& ui, const char* id, Icon icon, const char* tooltip, bool active = false, float size = 0);
/// Icon and word; `width` 0 takes what it needs.
bool wordButton(const Context& ui, Icon icon, const char* word, float width = 0, bool active = false);
float wordButtonWidth(const Context& ui, const char* word);
/// A switch: the shape says on or off, too.
bool switchRow(const Context& ui, const char* id, const std::string& label, bool& on, float width);
/// A filter that can be on or off.
bool chip(const Context& ui, const char* label, bool active);
void tooltip(const Context& ui, const std::string& text);

/// A line of values over time, oldest left; a dot at the newest. Draws nothing of fewer than two values.
void sparkline(const Context& ui, const std::vector<std::pair<base::UtcNs, double>>& samples, base::UtcNs from, base::UtcNs to,
               float width, float height);

uint32_t withAlpha(uint32_t color, double alpha);

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/widgets.h"

#include <algorithm>

#include <imgui.h>

namespace panels {
namespace {

float textWidth(const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; }

/// Cut so that it fits with an ellipsis, never within a character.
std::string cutTo(const std::string& text, float width) {
  constexpr const char* kDots = "…";
  const float room = width - ImGui::CalcTextSize(kDots).x;
  size_t end = text.size();
  while (end > 0 && ImGui::CalcTextSize(text.data(), text.data() + end).x > room) {
    --end;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
  }
  return text.substr(0, end) + kDots;
}

/// Background of a button-like item in its present state.
uint32_t itemGround(const Context& ui, bool active) {
  if (ImGui::IsItemActive()) return ui.theme.accentDim;
  if (active) return withAlpha(ui.theme.accent, 0.22);
  return ImGui::IsItemHovered() ? 0x24ffffffu : 0x14ffffffu;
}

}  // namespace

bool hitArea(const char* id, const ImVec2& size) {
  return ImGui::InvisibleButton(id, {std::max(1.f, size.x), std::max(1.f, size.y)});
}

FontScope::FontScope(ImFont* font) { ImGui::PushFont(font); }
FontScope::~FontScope() { ImGui::PopFont(); }

uint32_t withAlpha(uint32_t color, double alpha) {
  const auto a = static_cast<uint32_t>(static_cast<double>(color >> 24) * alpha + 0.5);
  return (color & 0x00ffffffu) | a << 24;
}

void tooltip(const Context& ui, const std::string& text) {
  if (text.empty() || !ImGui::IsItemHovered()) return;
  FontScope font(ui.fonts.body);
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(ui.px(380));
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

void elided(const std::string& text, float width, uint32_t color) {
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  const bool fits = textWidth(text) <= width;
  ImGui::TextUnformatted(fits ? text.c_str() : cutTo(text, width).c_str());
  ImGui::PopStyleColor();
  if (!fits && ImGui::IsItemHovered()) {
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 24);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
  }
}

void wrapped(const Context&, const std::string& text, uint32_t color) {
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  ImGui::PopStyleColor();
}

void quiet(const Context& ui, const std::string& text) {
  FontScope font(ui.fonts.small);
  wrapped(ui, text, ui.theme.textQuiet);
}

void rightAligned(const std::string& text, float right, uint32_t color) {
  ImGui::SetCursorPosX(right - textWidth(text));
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
}

void heading(const Context& ui, const char* text) {
  ImGui::Dummy({0, ui.px(4)});
  FontScope font(ui.fonts.small);
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.textQuiet);
  ImGui::TextUnformatted(text);
  ImGui::PopStyleColor();
  const ImVec2 low = ImGui::GetItemRectMin();
  const ImVec2 high = ImGui::GetItemRectMax();
  const float y = std::round((low.y + high.y) / 2);
  const float end = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  if (end > high.x + ui.px(8)) ImGui::GetWindowDrawList()->AddLine({high.x + ui.px(8), y}, {end, y}, ui.theme.edge);
}

float badgeWidth(const Context& ui, const char* text) {
  return ui.fonts.small->CalcTextSizeA(ui.fonts.small->FontSize, FLT_MAX, 0, text).x + ui.fonts.small->FontSize * 0.8f + ui.px(22);
}

float badge(const Context& ui, Mark mark, uint32_t color, const char* text) {
  const float size = ui.fonts.small->FontSize;
  const float width = badgeWidth(ui, text);
  const float height = size + ui.px(6);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, withAlpha(color, 0.14), height / 2);
  list.AddRect(at, {at.x + width, at.y + height}, withAlpha(color, 0.75), height / 2);
  drawMark(list, mark, {at.x + ui.px(8) + size * 0.4f, at.y + height / 2}, size * 0.4f, color);
  list.AddText(ui.fonts.small, size, {at.x + ui.px(14) + size * 0.8f, at.y + ui.px(3)}, ui.theme.text, text);
  return width;
}

void markItem(const Context&, Mark mark, uint32_t color) {
  const float line = ImGui::GetTextLineHeight();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({line * 0.8f, line});
  drawMark(*ImGui::GetWindowDrawList(), mark, {at.x + line * 0.4f, at.y + line / 2}, line * 0.36f, color);
}

void swatch(const Context& ui, binding::SwatchShape shape, uint32_t color) {
  using binding::SwatchShape;
  if (shape == SwatchShape::Bar) {
    const float line = ImGui::GetTextLineHeight();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({line * 0.8f, line});
    ImGui::GetWindowDrawList()->AddRectFilled({at.x, at.y + line * 0.36f}, {at.x + line * 0.8f, at.y + line * 0.66f}, color, ui.px(2));
    return;
  }
  switch (shape) {
    case SwatchShape::Disc: return markItem(ui, Mark::Dot, color);
    case SwatchShape::Square: return markItem(ui, Mark::Square, color);
    case SwatchShape::Triangle: return markItem(ui, Mark::Triangle, color);
    case SwatchShape::Ring: return markItem(ui, Mark::Ring, color);
    case SwatchShape::Dashed: return markItem(ui, Mark::DashedRing, color);
    default: return markItem(ui, Mark::Hatch, color);
  }
}

bool iconButton(const Context& ui, const char* id, Icon icon, const char* tip, bool active, float size) {
  if (size <= 0) size = ui.px(30);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(id, {size, size});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (active || ImGui::IsItemHovered() || ImGui::IsItemActive())
    list.AddRectFilled(at, {at.x + size, at.y + size}, itemGround(ui, active), ui.px(5));
  drawIcon(list, icon, {at.x + size / 2, at.y + size / 2}, size * 0.28f, active ? ui.theme.accent : ui.theme.text);
  tooltip(ui, tip);
  return pressed;
}

float wordButtonWidth(const Context& ui, const char* word) {
  return ImGui::CalcTextSize(word).x + ImGui::GetFontSize() + ui.px(30);
}

bool wordButton(const Context& ui, Icon icon, const char* word, float width, bool active) {
  if (width <= 0) width = wordButtonWidth(ui, word);
  const float height = ImGui::GetFrameHeight() + ui.px(2);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(word, {width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double alpha = ImGui::GetStyle().Alpha;  // less for what cannot be pressed now
  list.AddRectFilled(at, {at.x + width, at.y + height}, withAlpha(itemGround(ui, active), alpha), ui.px(6));
  const uint32_t ink = withAlpha(active ? ui.theme.accent : ui.theme.text, alpha);
  const float font = ImGui::GetFontSize();
  const std::string shown = textWidth(word) + font + ui.px(24) > width ? cutTo(word, width - font - ui.px(24)) : word;
  const float content = font + ui.px(6) + textWidth(shown);
  const float x = at.x + (width - content) / 2;
  drawIcon(list, icon, {x + font / 2, at.y + height / 2}, font * 0.42f, ink);
  list.AddText({x + font + ui.px(6), at.y + (height - font) / 2}, ink, shown.c_str());
  if (shown != word) tooltip(ui, word);
  return pressed;
}

bool switchRow(const Context& ui, const char* id, const std::string& label, bool& on, float width) {
  const float line = ImGui::GetTextLineHeight();
  const float height = line + ui.px(8);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(id, {width, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) list.AddRectFilled({at.x - ui.px(4), at.y}, {at.x + width, at.y + height}, 0x14ffffffu, ui.px(5));
  const float w = line * 1.5f;
  const float h = line * 0.86f;
  const float y = at.y + (height - h) / 2;
  if (on) list.AddRectFilled({at.x, y}, {at.x + w, y + h}, ui.theme.accent, h / 2);
  else list.AddRect({at.x, y}, {at.x + w, y + h}, ui.theme.textQuiet, h / 2, 0, std::max(1.f, ui.px(1.5)));
  list.AddCircleFilled({on ? at.x + w - h / 2 : at.x + h / 2, y + h / 2}, h * 0.32f, on ? 0xff1d1610u : ui.theme.textQuiet);
  const float textX = at.x + w + ui.px(9);
  const float room = at.x + width - textX;
  const std::string shown = textWidth(label) > room ? cutTo(label, room) : label;
  list.AddText({textX, at.y + (height - line) / 2}, on ? ui.theme.text : ui.theme.textQuiet, shown.c_str());
  if (shown != label) tooltip(ui, label);
  if (pressed) on = !on;
  return pressed;
}

bool chip(const Context& ui, const char* label, bool active) {
  FontScope font(ui.fonts.small);
  const ImVec2 size{textWidth(label) + ui.px(18), ImGui::GetTextLineHeight() + ui.px(8)};
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(label, size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + size.x, at.y + size.y};
  list.AddRectFilled(at, end, itemGround(ui, active), size.y / 2);
  if (active) list.AddRect(at, end, ui.theme.accent, size.y / 2);
  list.AddText({at.x + ui.px(9), at.y + ui.px(4)}, active ? ui.theme.text : ui.theme.textQuiet, label);
  return pressed;
}

void sparkline(const Context& ui, const std::vector<std::pair<base::UtcNs, double>>& samples, base::UtcNs from, base::UtcNs to,
               float width, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, height});
  if (samples.size() < 2 || to <= from) return;
  double low = samples.front().second;
  double high = low;
  for (const auto& [time, value] : samples) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  // A constant is a line through the middle, and noise in the last digits is not blown up.
  const double span = std::max(high - low, std::max(1e-9, std::abs(high) * 0.02));
  const double middle = (low + high) / 2;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImVec2 last;
  for (const auto& [time, value] : samples) {
    if (time < from && &value != &samples.back().second) continue;
    const double x = std::clamp(static_cast<double>(time - from) / static_cast<double>(to - from), 0.0, 1.0);
    const double y = 0.5 - (value - middle) / span * 0.8;
    last = {at.x + static_cast<float>(x) * (width - ui.px(6)), at.y + static_cast<float>(y) * height};
    list.PathLineTo(last);
  }
  list.PathStroke(withAlpha(ui.theme.accent, 0.9), 0, std::max(1.f, static_cast<float>(ui.scale) * 1.4f));
  list.AddCircleFilled(last, ui.px(2.5), ui.theme.accent);
}

}  // namespace panels

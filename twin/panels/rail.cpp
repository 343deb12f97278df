// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/rail.h"

#include <algorithm>
#include <iterator>

#include <imgui.h>

#include "twin/panels/actions.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

struct Tab {
  PanelId panel;
  Icon icon;
  const char* word;
  const char* action;  ///< null: no key
};

constexpr Tab kTabs[] = {
    {PanelId::Layers, Icon::Layers, "rail.layers", "layers"}, {PanelId::Search, Icon::Search, "rail.search", "search"},
    {PanelId::Views, Icon::Views, "rail.views", "views"},     {PanelId::Plan, Icon::Plan, "rail.plan", "plan"},
    {PanelId::Ahead, Icon::Ahead, "rail.ahead", "ahead"},
    {PanelId::Alarms, Icon::Alarm, "rail.alarms", "alarms"}, {PanelId::Events, Icon::Events, "rail.events", "events"}, {PanelId::Feeds, Icon::Feeds, "rail.feeds", "feeds"},
    {PanelId::About, Icon::About, "rail.about", nullptr},
};

constexpr float kRows = std::size(kTabs) + 1;  // and help

bool tab(const Context& ui, const char* id, Icon icon, const char* word, bool active, ImVec2 size) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(id, size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (active) list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, 0x1effffffu, ui.px(6));
  else if (ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, 0x12ffffffu, ui.px(6));
  if (active) list.AddRectFilled({at.x, at.y + ui.px(10)}, {at.x + ui.px(3), at.y + size.y - ui.px(10)}, ui.theme.accent, ui.px(2));
  const uint32_t ink = active ? ui.theme.text : ui.theme.textQuiet;
  const float text = std::min(ui.fonts.small->FontSize, ui.px(13));
  drawIcon(list, icon, {at.x + size.x / 2, at.y + size.y * 0.36f}, ui.px(10), active ? ui.theme.accent : ink);
  const float width = ui.fonts.small->CalcTextSizeA(text, FLT_MAX, 0, word).x;
  list.AddText(ui.fonts.small, ui.fonts.small->FontSize, {std::round(at.x + (size.x - width * ui.fonts.small->FontSize / text) / 2), std::round(at.y + size.y * 0.64f)}, ink, word);
  return pressed;
}

}  // namespace

void rail(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float height = ui.px(58);
  const float padding = ui.px(4);
  Rect used = place;
  used.high.y = std::min(place.high.y, place.low.y + height * kRows + padding * 2);
  beginStrip(ui, "##rail", used, false);
  windows.reserve(used);
  const ImVec2 size{place.width() - 2 * padding, std::min(height, (used.height() - 2 * padding) / kRows)};
  float y = padding;
  const auto place1 = [&] {
    ImGui::SetCursorPos({padding, y});
    y += size.y;
  };
  for (const Tab& t : kTabs) {
    place1();
    const char* word = ui.tr(t.word);
    if (tab(ui, t.word, t.icon, word, isOpen(ui.shown, ui.in.mode, t.panel), size)) toggle(ui.shown, ui.in.mode, t.panel);
    const Action* action = t.action ? findAction(t.action) : nullptr;
    if (action) tooltip(ui, std::string(ui.tr(action->text)) + "  ·  " + keyText(*action));
  }
  place1();
  if (tab(ui, "rail.help", Icon::Help, ui.tr("rail.help"), ui.shown.help, size)) ui.shown.help = !ui.shown.help;
  tooltip(ui, std::string(ui.tr("action.help")) + "  ·  F1");
  endStrip();
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/views_panel.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/widgets.h"

namespace panels {

std::vector<const city::NamedView*> orderedViews(const city::City& city) {
  std::vector<const city::NamedView*> views;
  for (const city::NamedView& view : city.data.views) views.push_back(&view);
  std::stable_sort(views.begin(), views.end(), [](const auto* a, const auto* b) { return a->order < b->order; });
  return views;
}

std::vector<const city::NamedView*> exhibitionViews(const city::City& city) {
  constexpr size_t kMost = 6;
  std::vector<const city::NamedView*> views = orderedViews(city);
  views.resize(std::min(views.size(), kMost));
  return views;
}

void viewsPanel(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Views, place, ui.tr("views.title"), true);
  size_t number = 1;
  if (ui.in.city) {
    for (const city::NamedView* view : orderedViews(*ui.in.city)) {
      const float left = ImGui::GetCursorPosX();
      const float top = ImGui::GetCursorPosY();
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const ImVec2 size{width, ImGui::GetTextLineHeight() + ui.px(12)};
      if (hitArea(view->id.c_str(), size)) ui.ask(FlyToView{view->id});
      const uint32_t ground = ImGui::IsItemActive() ? ui.theme.accentDim : ImGui::IsItemHovered() ? 0x24ffffffu : 0x12ffffffu;
      ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + size.x, at.y + size.y}, ground, ui.px(6));
      const float bottom = ImGui::GetCursorPosY();
      ImGui::SetCursorPos({left + ui.px(12), top + ui.px(6)});
      elided(ui.text(view->name), width - ui.px(48), ui.theme.text);
      if (number <= 9) {
        ImGui::SetCursorPosY(top + ui.px(6));
        rightAligned(std::to_string(number), left + width - ui.px(12), ui.theme.textQuiet);
      }
      ++number;
      ImGui::SetCursorPos({left, bottom});
    }
  }
  heading(ui, ui.tr("views.camera"));
  const float third = (width - 2 * ImGui::GetStyle().ItemSpacing.x) / 3;
  {
    FontScope font(ui.fonts.small);
    if (wordButton(ui, Icon::Home, ui.tr("views.home"), third)) ui.ask(Home{});
    ImGui::SameLine();
    if (wordButton(ui, Icon::Compass, ui.tr("views.north"), third)) ui.ask(NorthUp{});
    ImGui::SameLine();
    if (wordButton(ui, Icon::Box, ui.tr("views.top"), third)) ui.ask(TopView{});
  }
  windows.end();
}

}  // namespace panels

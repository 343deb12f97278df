// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/panel_window.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing;
constexpr auto kNames = std::to_array({"##layers", "##views", "##search", "##plan", "##feeds", "##events", "##about", "##inspector", "##alarms", "##ahead"});
static_assert(kNames.size() == kPanels);  // ImGui ends the program over a window without a name

void titleRow(const Context& ui, PanelId id, const char* title, bool closable) {
  const float button = ui.px(26);
  const float width = ImGui::GetContentRegionAvail().x;
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  {
    FontScope font(ui.fonts.title);
    elided(title, width - (closable ? button + ui.px(6) : 0), ui.theme.text);
  }
  const float bottom = ImGui::GetCursorPosY();
  if (!closable) return;
  ImGui::SetCursorPos({left + width - button, top});
  if (iconButton(ui, "close", Icon::Close, ui.tr("panel.close"), false, button)) toggle(ui.shown, ui.in.mode, id);
  ImGui::SetCursorPos({left, std::max(bottom, ImGui::GetCursorPosY())});
}

}  // namespace

float PanelWindows::begin(const Context& ui, PanelId id, const Rect& place, const char* title, bool closable) {
  current_ = id;
  const float known = heights_[static_cast<size_t>(id)];
  const float height = known > 0 ? std::min(known, place.height()) : place.height();
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({place.width(), height});
  ImGui::Begin(kNames[static_cast<size_t>(id)], nullptr, kFixed);
  reserve({place.low, {place.high.x, place.low.y + height}});
  FontScope font(ui.fonts.body);
  titleRow(ui, id, title, closable);
  return ImGui::GetContentRegionAvail().x;
}

void PanelWindows::end() {
  const ImGuiStyle& style = ImGui::GetStyle();
  heights_[static_cast<size_t>(current_)] = std::ceil(ImGui::GetCursorPosY() + style.WindowPadding.y);
  ImGui::End();
}

void beginStrip(const Context& ui, const char* id, const Rect& place, bool square) {
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({place.width(), place.height()});
  if (square) ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(ui.px(10), ui.px(6)));
  ImGui::Begin(id, nullptr, kFixed | ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(square ? 3 : 2);
}

void endStrip() { ImGui::End(); }

}  // namespace panels

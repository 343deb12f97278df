// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/help_overlay.h"

#include <algorithm>
#include <vector>

#include <imgui.h>

#include "twin/panels/actions.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr const char* kGroups[] = {"help.camera", "help.time", "help.panels", "help.alarms", "help.plan", "help.program"};

/// What hands do without the action table: key words and meaning.
constexpr std::pair<const char*, const char*> kMouse[] = {
    {"mouse.left", "mouse.pan"},       {"mouse.right", "mouse.orbit"},  {"mouse.middle", "mouse.tilt"},
    {"mouse.wheel", "mouse.zoom"},     {"mouse.click", "mouse.select"}, {"mouse.double", "mouse.focus"},
    {"mouse.wasd", "mouse.fly"},
};

void keyCap(const Context& ui, const std::string& text, float column) {
  const float width = ImGui::CalcTextSize(text.c_str()).x + ui.px(12);
  const float height = ImGui::GetTextLineHeight() + ui.px(4);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({column, height});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, 0x1cffffffu, ui.px(4));
  list.AddRect(at, {at.x + width, at.y + height}, ui.theme.edge, ui.px(4));
  list.AddText({at.x + ui.px(6), at.y + ui.px(2)}, ui.theme.text, text.c_str());
}

void row(const Context& ui, const std::string& key, const char* meaning, float column, float width) {
  const float top = ImGui::GetCursorPosY();
  keyCap(ui, key, column);
  ImGui::SameLine(0, ui.px(8));
  ImGui::SetCursorPosY(top + ui.px(2));
  elided(meaning, width - column - ui.px(12), ui.theme.textQuiet);
  ImGui::SetCursorPosY(top + ImGui::GetTextLineHeight() + ui.px(9));
}

void groupTitle(const Context& ui, const char* key) {
  FontScope font(ui.fonts.label);
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.accent);
  ImGui::TextUnformatted(ui.tr(key));
  ImGui::PopStyleColor();
}

void actionsOf(const Context& ui, ActionGroup group, float column, float width) {
  groupTitle(ui, kGroups[static_cast<size_t>(group)]);
  for (const Action& action : actionTable())
    if (action.group == group) row(ui, keyText(action), ui.tr(action.text), column, width);
  ImGui::Dummy({0, ui.px(6)});
}

void keyTable(const Context& ui) {
  FontScope font(ui.fonts.small);
  if (ImGui::BeginTable("keys", 3, ImGuiTableFlags_SizingStretchSame)) {
    const float column = ImGui::CalcTextSize("Ctrl+Shift+Z · Ctrl+Y").x + ui.px(6);
    const float narrow = ImGui::CalcTextSize("Ctrl+F  ").x + ui.px(20);
    ImGui::TableNextColumn();
    float room = ImGui::GetContentRegionAvail().x;
    groupTitle(ui, "help.mouse");
    float mouse = 0;
    for (const auto& [key, meaning] : kMouse) mouse = std::max(mouse, ImGui::CalcTextSize(ui.tr(key)).x + ui.px(14));
    for (const auto& [key, meaning] : kMouse) row(ui, ui.tr(key), ui.tr(meaning), std::min(mouse, room * 0.55f), room);
    ImGui::Dummy({0, ui.px(6)});
    actionsOf(ui, ActionGroup::Time, narrow, room);
    actionsOf(ui, ActionGroup::Alarms, narrow, room);
    ImGui::TableNextColumn();
    room = ImGui::GetContentRegionAvail().x;
    actionsOf(ui, ActionGroup::Camera, narrow, room);
    actionsOf(ui, ActionGroup::Panels, narrow, room);
    ImGui::TableNextColumn();
    room = ImGui::GetContentRegionAvail().x;
    actionsOf(ui, ActionGroup::Plan, std::min(column, room * 0.6f), room);
    actionsOf(ui, ActionGroup::Program, std::min(column, room * 0.6f), room);
    ImGui::EndTable();
  }
}

}  // namespace

void helpOverlay(const Context& ui, PanelWindows& windows) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float gap = ui.px(12);
  const float width = std::min(ui.px(1080), display.x - 2 * gap);
  const float height = std::min(ui.px(620), display.y - 2 * gap);
  const Rect place{{std::round((display.x - width) / 2), std::round((display.y - height) / 2)}, {std::round((display.x + width) / 2), std::round((display.y + height) / 2)}};
  windows.reserve(place);
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({width, height});
  ImGui::SetNextWindowFocus();
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ui.theme.ground | 0xf6000000u);
  ImGui::Begin("##help", nullptr, ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings);
  {
    FontScope font(ui.fonts.title);
    ImGui::TextUnformatted(ui.tr("help.title"));
  }
  ImGui::SameLine(width - ui.px(26) - ImGui::GetStyle().WindowPadding.x);
  if (iconButton(ui, "close", Icon::Close, ui.tr("panel.close"), false, ui.px(26))) ui.shown.help = false;
  ImGui::Dummy({0, ui.px(4)});
  keyTable(ui);
  ImGui::End();
  ImGui::PopStyleColor();
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/search_panel.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr size_t kMostHits = 60;
/// Vehicles come and go: while the panel is open the index is made anew this often.
constexpr double kRefreshSeconds = 3;

std::string titleOf(const Context& ui, const Findable& item) {
  const std::string& title = ui.text(item.title);
  return title.empty() ? item.id : title;
}

Icon iconOf(const Findable& item) {
  if (item.type == FoundType::View) return Icon::Views;
  return item.type == FoundType::Layer ? Icon::Layers : Icon::Fly;
}

}  // namespace

void SearchPanel::refresh(const Context& ui) {
  const double now = ImGui::GetTime();
  const uint64_t revision = ui.in.mirror ? ui.in.mirror->revision() : 0;
  const bool old = index_.size() == 0 || (revision != indexedRevision_ && now - indexedAt_ > kRefreshSeconds);
  if (old) {
    index_.clear();
    if (ui.in.city) index_.addCity(*ui.in.city);
    if (ui.in.binding) index_.addLayers(ui.in.binding->layers());
    if (ui.in.mirror && ui.in.catalogue) index_.addEntities(*ui.in.mirror, *ui.in.catalogue);
    indexedAt_ = now;
    indexedRevision_ = revision;
  }
  if (!old && searched_ == text_.data()) return;
  if (searched_ != text_.data()) marked_ = 0;
  searched_ = text_.data();
  found_ = index_.find(searched_, kMostHits);
}

void SearchPanel::choose(const Context& ui, const Findable& item) {
  switch (item.type) {
    case FoundType::View: ui.ask(FlyToView{item.id}); break;
    case FoundType::Layer: {
      bool visible = true;
      if (ui.in.binding)
        for (const binding::LayerRow& layer : ui.in.binding->layers()) if (layer.name == item.id) visible = layer.visible;
      ui.ask(SetLayerVisible{item.id, !visible});
      break;
    }
    case FoundType::Entity: ui.ask(FlyToEntity{item.id}); break;
  }
}

bool SearchPanel::row(const Context& ui, const Findable& item, float width, bool marked) {
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float height = ui.fonts.body->FontSize + ui.fonts.small->FontSize + ui.px(10);
  ImGui::PushID(static_cast<int>(item.type));
  const bool pressed = hitArea(item.id.c_str(), {width, height});
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (marked || ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + width, at.y + height}, marked ? 0x2affffffu : 0x16ffffffu, ui.px(6));
  const float bottom = ImGui::GetCursorPosY();
  drawIcon(list, iconOf(item), {at.x + ui.px(16), at.y + height / 2}, ui.px(8), marked ? ui.theme.accent : ui.theme.textQuiet);
  ImGui::SetCursorPos({left + ui.px(34), top + ui.px(3)});
  elided(titleOf(ui, item), width - ui.px(42), ui.theme.text);
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPos({left + ui.px(34), top + ui.px(5) + ui.fonts.body->FontSize});
  const std::string second = item.type == FoundType::Entity && item.named ? ui.text(item.kind) + " · " + item.id : ui.text(item.kind);
  elided(second, width - ui.px(42), ui.theme.textQuiet);
  ImGui::SetCursorPos({left, bottom});
  return pressed;
}

void SearchPanel::build(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Search, place, ui.tr("search.title"), true);
  if (ui.shown.searchFocus) {
    ImGui::SetKeyboardFocusHere();
    ui.shown.searchFocus = false;
  }
  ImGui::SetNextItemWidth(width);
  const bool entered = ImGui::InputTextWithHint("##search", ui.tr("search.hint"), text_.data(), text_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  const bool typing = ImGui::IsItemActive() || entered;
  refresh(ui);
  const int last = static_cast<int>(found_.size()) - 1;
  if (typing && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_DownArrow))) ++marked_;
  if (typing && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_UpArrow))) --marked_;
  marked_ = std::clamp(marked_, 0, std::max(0, last));
  if (entered && !found_.empty()) choose(ui, *found_[static_cast<size_t>(marked_)]);
  ImGui::Dummy({0, ui.px(2)});
  if (text_[0] == 0) quiet(ui, ui.tr("search.empty"));
  else if (found_.empty()) quiet(ui, ui.tr("search.none"));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(2)));
  const float listWidth = ImGui::GetContentRegionAvail().x;
  for (size_t i = 0; i < found_.size(); ++i)
    if (row(ui, *found_[i], listWidth, static_cast<int>(i) == marked_)) choose(ui, *found_[i]);
  ImGui::PopStyleVar();
  windows.end();
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/layers_panel.h"

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

void legendRows(const Context& ui, const std::vector<binding::LegendEntry>& entries, float indent) {
  FontScope font(ui.fonts.small);
  for (const binding::LegendEntry& entry : entries) {
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + indent);
    swatch(ui, entry.shape, entry.color | 0xff000000u);
    ImGui::SameLine(0, ui.px(8));
    elided(ui.text(entry.text), ImGui::GetContentRegionAvail().x, ui.theme.textQuiet);
  }
}

void layerRow(const Context& ui, const binding::LayerRow& layer, float width) {
  FontScope font(ui.fonts.body);
  const std::string count = layer.count > 0 ? countText(layer.count) : std::string();
  const std::string stale = layer.stale > 0 ? countText(layer.stale) : std::string();
  const float countWidth = ImGui::CalcTextSize("00,000").x;
  const float staleWidth = stale.empty() ? 0 : ImGui::CalcTextSize(stale.c_str()).x + ui.px(22);
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  bool on = layer.visible;
  if (switchRow(ui, layer.name.c_str(), ui.text(layer.label), on, width - countWidth - staleWidth - ui.px(6))) ui.ask(SetLayerVisible{layer.name, on});
  const float bottom = ImGui::GetCursorPosY();
  const float line = top + ui.px(4);
  if (!stale.empty()) {
    const StateLook look = lookOf(ui, model::Health::Stale);
    const float end = left + width - countWidth - ui.px(8);
    ImGui::SetCursorPosY(line);
    rightAligned(stale, end, look.color);
    tooltip(ui, fill(ui.tr("layers.stale_hint"), {stale}));
    const ImVec2 low = ImGui::GetItemRectMin();
    drawMark(*ImGui::GetWindowDrawList(), look.mark, {low.x - ui.px(9), low.y + ImGui::GetTextLineHeight() / 2}, ui.px(5), look.color);
  }
  if (!count.empty()) {
    ImGui::SetCursorPosY(line);
    rightAligned(count, left + width, ui.theme.textQuiet);
  }
  ImGui::SetCursorPos({left, bottom});
}

}  // namespace

void layersPanel(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Layers, place, ui.tr("layers.title"), true);
  if (ui.in.binding) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(2)));
    for (const binding::LayerRow& layer : ui.in.binding->layers()) {
      layerRow(ui, layer, width);
      if (layer.visible && ui.in.palette) legendRows(ui, binding::legendOf(layer.name, *ui.in.palette), ui.px(34));
    }
    ImGui::PopStyleVar();
  }
  if (ui.in.palette) {
    heading(ui, ui.tr("layers.freshness"));
    legendRows(ui, binding::freshnessLegend(*ui.in.palette), 0);
  }
  windows.end(ui);
}

}  // namespace panels

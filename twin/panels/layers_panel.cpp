// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/layers_panel.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// Marks and meanings one after the other, as many in a line as fit.
void legendFlow(const Context& ui, const std::vector<binding::LegendEntry>& entries, float indent) {
  if (entries.empty()) return;
  FontScope font(ui.fonts.small);
  const float left = ImGui::GetCursorPosX() + indent;
  const float right = ImGui::GetContentRegionMax().x;
  const float mark = ImGui::GetTextLineHeight() * 0.8f + ui.px(6);
  float x = left;
  for (size_t i = 0; i < entries.size(); ++i) {
    const std::string& text = ui.text(entries[i].text);
    const float width = mark + ImGui::CalcTextSize(text.c_str()).x;
    if (i > 0 && x + width <= right) {
      ImGui::SameLine();
    } else {
      x = left;
    }
    ImGui::SetCursorPosX(x);
    swatch(ui, entries[i].shape, entries[i].color | 0xff000000u);
    ImGui::SameLine(0, ui.px(6));
    elided(text, right - x - mark, ui.theme.textQuiet);
    x += width + ui.px(14);
  }
  ImGui::Dummy({0, ui.px(2)});
}

/// A small arrow that unfolds what the layer's colours mean.
void legendToggle(const Context& ui, const std::string& layer, float x, float top) {
  const float size = ImGui::GetTextLineHeight() + ui.px(8);
  const bool open = ui.shown.legends.contains(layer);
  ImGui::SetCursorPos({x, top});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (hitArea((layer + "#legend").c_str(), {size, size})) {
    if (open) ui.shown.legends.erase(layer);
    else ui.shown.legends.insert(layer);
  }
  const uint32_t ink = ImGui::IsItemHovered() ? ui.theme.text : ui.theme.textQuiet;
  tooltip(ui, ui.tr("layers.legend"));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 c{at.x + size / 2, at.y + size / 2};
  const float r = ui.px(4);
  if (open) list.AddTriangleFilled({c.x - r, c.y - r * 0.5f}, {c.x + r, c.y - r * 0.5f}, {c.x, c.y + r * 0.7f}, ink);
  else list.AddTriangleFilled({c.x - r * 0.5f, c.y - r}, {c.x + r * 0.7f, c.y}, {c.x - r * 0.5f, c.y + r}, ink);
}

void layerRow(const Context& ui, const binding::LayerRow& layer, bool hasLegend, float width) {
  FontScope font(ui.fonts.body);
  const std::string count = layer.count > 0 ? countText(layer.count) : std::string();
  const std::string stale = layer.stale > 0 ? countText(layer.stale) : std::string();
  const float countWidth = ImGui::CalcTextSize("00,000").x;
  const float staleWidth = stale.empty() ? 0 : ImGui::CalcTextSize(stale.c_str()).x + ui.px(22);
  const float arrow = hasLegend ? ImGui::GetTextLineHeight() + ui.px(8) : 0;
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  bool on = layer.visible;
  const float nameWidth = std::min(width - countWidth - staleWidth - arrow - ui.px(6),
                                   ImGui::CalcTextSize(ui.text(layer.label).c_str()).x + ImGui::GetTextLineHeight() * 1.5f + ui.px(14));
  if (switchRow(ui, layer.name.c_str(), ui.text(layer.label), on, nameWidth)) ui.ask(SetLayerVisible{layer.name, on});
  const float bottom = ImGui::GetCursorPosY();
  if (hasLegend) legendToggle(ui, layer.name, left + nameWidth, top);
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
      const auto legend = ui.in.palette ? binding::legendOf(layer.name, *ui.in.palette) : std::vector<binding::LegendEntry>{};
      layerRow(ui, layer, !legend.empty(), width);
      if (layer.visible && ui.shown.legends.contains(layer.name)) legendFlow(ui, legend, ui.px(34));
    }
    ImGui::PopStyleVar();
  }
  if (ui.in.palette) {
    heading(ui, ui.tr("layers.freshness"));
    legendFlow(ui, binding::freshnessLegend(*ui.in.palette), 0);
  }
  windows.end();
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/about_panel.h"

#include <array>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// How many things of the city are of which origin.
void origins(const Context& ui) {
  std::array<uint64_t, 5> counts{};
  if (ui.in.city)
    for (const model::EntityInfo& info : ui.in.city->entities) ++counts[static_cast<size_t>(info.origin) % counts.size()];
  FontScope font(ui.fonts.small);
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    const StateLook look = lookOf(ui, static_cast<model::Provenance>(i));
    markItem(ui, look.mark, look.color);
    ImGui::SameLine(0, ui.px(8));
    wrapped(ui, fill(ui.tr("about.origin_count"), {look.word, countText(counts[i])}), ui.theme.text);
  }
}

void sources(const Context& ui) {
  if (!ui.in.city) return;
  for (const city::SourceInfo& source : ui.in.city->data.sources) {
    wrapped(ui, source.title, ui.theme.text);
    FontScope font(ui.fonts.small);
    std::string line = source.licence;
    if (!source.url.empty()) line += (line.empty() ? "" : " · ") + source.url;
    if (!line.empty()) wrapped(ui, line, ui.theme.accent);
    if (!ui.text(source.note).empty()) wrapped(ui, ui.text(source.note), ui.theme.textQuiet);
    ImGui::Dummy({0, ui.px(4)});
  }
}

void machine(const Context& ui) {
  if (ui.fixed() || ui.in.system.device.empty()) return;
  heading(ui, ui.tr("about.machine"));
  quiet(ui, ui.in.system.device);
  static constexpr std::array<const char*, 3> kQuality{{"quality.low", "quality.medium", "quality.high"}};
  const size_t level = static_cast<size_t>(std::min(2, std::max(0, ui.in.system.quality)));
  std::string line = std::string(ui.tr("about.quality")) + " " + ui.tr(kQuality[level]);
  if (ui.in.system.softwareDevice) line += std::string(" · ") + ui.tr("about.software");
  quiet(ui, line);
  if (ui.in.system.residentBytes > 0) quiet(ui, fill(ui.tr("about.memory"), {bytesText(static_cast<double>(ui.in.system.residentBytes))}));
  FontScope font(ui.fonts.small);
  for (int i = 0; i < 3; ++i) {
    if (i > 0) ImGui::SameLine(0, ui.px(6));
    if (chip(ui, ui.tr(kQuality[static_cast<size_t>(i)]), ui.in.system.quality == i)) ui.ask(SetQuality{i});
  }
}

}  // namespace

void aboutPanel(const Context& ui, const Rect& place, PanelWindows& windows) {
  windows.begin(ui, PanelId::About, place, ui.tr("about.title"), true);
  wrapped(ui, ui.tr("about.what"), ui.theme.text);
  if (ui.in.city) wrapped(ui, ui.text(ui.in.city->data.about), ui.theme.textQuiet);
  heading(ui, ui.tr("about.honest"));
  wrapped(ui, ui.tr("about.reconstructed"), ui.theme.text);
  wrapped(ui, ui.tr("about.simulated"), ui.theme.text);
  wrapped(ui, ui.tr("about.proving_ground"), ui.theme.textQuiet);
  heading(ui, ui.tr("about.origins"));
  origins(ui);
  heading(ui, ui.tr("about.sources"));
  sources(ui);
  heading(ui, ui.tr("about.program"));
  quiet(ui, ui.tr("about.licence"));
  machine(ui);
  windows.end();
}

}  // namespace panels

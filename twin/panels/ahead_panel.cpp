// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/ahead_panel.h"

#include <array>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

using State = traffic::LookAheadStatus::State;

std::string stateText(const Context& ui) {
  const traffic::LookAheadStatus& status = ui.in.ahead.status;
  switch (status.state) {
    case State::Off: return ui.tr("ahead.off");
    case State::NotLive: return ui.tr("ahead.not_live");
    case State::Waiting: return ui.tr("ahead.waiting");
    case State::Computing: return ui.tr("ahead.computing");
    case State::Failed: return fill(ui.tr("ahead.failed"), {status.text});
    case State::Ready: break;
  }
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  return fill(ui.tr("ahead.ready"), {core::formatClock(status.made, zone), numberText(status.computeSeconds, 1), countText(ui.in.ahead.ghosts)});
}

void farAhead(const Context& ui) {
  auto minutes = static_cast<float>(ui.in.ahead.minutes);
  quiet(ui, ui.tr("ahead.minutes"));
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::SliderFloat("##minutes", &minutes, 1, 15, ui.tr("ahead.minutes_format"), ImGuiSliderFlags_AlwaysClamp)) ui.ask(SetAheadMinutes{minutes});
}

struct Row {
  traffic::Quantity quantity;
  const char* word;
  double scale;  ///< to the unit that is shown
  int decimals;
};
constexpr std::array kRows{Row{traffic::Quantity::Vehicles, "ahead.vehicles", 1, 1}, Row{traffic::Quantity::Speed, "ahead.speed", 3.6, 1},
                           Row{traffic::Quantity::Arrival, "ahead.arrival", 1, 0}};

/// Mean error of the forecasts and, below it, of the simple forecast that nothing changes.
void score(const Context& ui, const traffic::Skill& skill, const Row& row) {
  if (skill.forecast.count == 0) return quiet(ui, "–");
  const auto saved = skill.saved();
  const uint32_t ink = saved && *saved > 0 ? ui.theme.good : ui.theme.text;
  elided(numberText(skill.forecast.mae() * row.scale, row.decimals), ImGui::GetContentRegionAvail().x, ink);
  quiet(ui, skill.unchanged.count > 0 ? numberText(skill.unchanged.mae() * row.scale, row.decimals) : std::string("–"));
}

void scores(const Context& ui) {
  heading(ui, ui.tr("ahead.scores"));
  FontScope font(ui.fonts.small);
  if (!ImGui::BeginTable("scores", 1 + static_cast<int>(traffic::kHorizons.size()), ImGuiTableFlags_SizingStretchProp)) return;
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthStretch, 2.4f);
  ImGui::TableNextColumn();
  quiet(ui, ui.tr("ahead.horizon"));
  for (const int minutes : traffic::kHorizons) {
    ImGui::TableNextColumn();
    quiet(ui, std::to_string(minutes));
  }
  for (const Row& row : kRows) {
    ImGui::TableNextColumn();
    elided(ui.tr(row.word), ImGui::GetContentRegionAvail().x, ui.theme.text);
    quiet(ui, ui.tr("ahead.unchanged"));
    for (size_t i = 0; i < traffic::kHorizons.size(); ++i) {
      ImGui::TableNextColumn();
      score(ui, ui.in.ahead.status.scores[static_cast<size_t>(row.quantity)][i], row);
    }
  }
  ImGui::EndTable();
  wrapped(ui, ui.tr("ahead.scores_hint"), ui.theme.textQuiet);
}

}  // namespace

void aheadPanel(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Ahead, place, ui.tr("ahead.title"), true);
  bool on = ui.in.ahead.on;
  if (switchRow(ui, "on", ui.tr("ahead.show"), on, width)) ui.ask(SetLookAhead{on});
  wrapped(ui, ui.tr("ahead.what"), ui.theme.textQuiet);
  ImGui::Dummy({0, ui.px(2)});
  wrapped(ui, stateText(ui), ui.in.ahead.status.state == State::Failed ? ui.theme.warning : ui.theme.text);
  if (on) farAhead(ui);
  scores(ui);
  windows.end();
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "twin/panels/alarm_desk.h"
#include "twin/panels/alarm_list.h"
#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr double kNear = 150;         // metres: a neighbour
constexpr size_t kMostNeighbours = 3;
constexpr int64_t kHistory = 10 * 60 * base::kNsPerSecond;

std::string percent(double share, int decimals) { return withUnit(numberText(share * 100, decimals), "%"); }
std::string count(int n) { return countText(static_cast<uint64_t>(std::max(0, n))); }

/// Name, value, and what is acceptable; the value in bold ink when it is not.
void figure(const Context& ui, const char* name, const std::string& value, const std::string& target, bool fine) {
  const float left = ImGui::GetCursorPosX();
  const float width = ImGui::GetContentRegionAvail().x;
  FontScope font(ui.fonts.small);
  elided(ui.tr(name), width * 0.55f, ui.theme.textQuiet);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + width * 0.56f);
  elided((fine ? "" : "! ") + value, width * 0.2f, ui.theme.text);
  ImGui::SameLine();
  ImGui::SetCursorPosX(left + width * 0.77f);
  elided(target, width * 0.23f, ui.theme.textQuiet);
}

void ratesColumn(const Context& ui, const alarms::AlarmFigures& f) {
  figure(ui, "alarm_figure.ten_minutes", count(f.lastTenMinutes), "≤ 1", f.lastTenMinutes <= 1);
  figure(ui, "alarm_figure.peak", count(f.peakTenMinutes), "< 10", f.peakTenMinutes < 10);
  figure(ui, "alarm_figure.day", count(f.lastDay), "≤ 144", f.lastDay <= 144);
  figure(ui, "alarm_figure.per_day", numberText(f.perDay, 0), "≤ 144", f.perDay <= 144 || f.knownHours < 1);
  figure(ui, "alarm_figure.known", withUnit(numberText(f.knownHours, 1), "h"), "24" + std::string(kThinSpace) + "h", true);
  figure(ui, "alarm_figure.flood", percent(f.floodShare, 1), "≤ 1" + std::string(kThinSpace) + "%", f.floodShare <= 0.01);
  const int all = std::max(1, f.byPriority[0] + f.byPriority[1] + f.byPriority[2] + f.byPriority[3]);
  const double urgent = static_cast<double>(f.byPriority[0] + f.byPriority[1]) / all;
  const double medium = static_cast<double>(f.byPriority[2]) / all;
  const double low = static_cast<double>(f.byPriority[3]) / all;
  figure(ui, "alarm_figure.split", numberText(low * 100, 0) + " / " + numberText(medium * 100, 0) + " / " + numberText(urgent * 100, 0), "80 / 15 / 5", true);
}

void statesColumn(const Context& ui, const alarms::AlarmFigures& f) {
  figure(ui, "alarm_figure.unack", count(f.unacknowledged), "0", f.unacknowledged == 0);
  figure(ui, "alarm_figure.standing", count(f.standing), "< 10", f.standing < 10);
  figure(ui, "alarm_figure.chattering", count(f.chattering), "0", f.chattering == 0);
  figure(ui, "alarm_figure.shelved", count(f.shelved), "", true);
  figure(ui, "alarm_figure.suppressed", count(f.suppressed), "", true);
  figure(ui, "alarm_figure.out_of_service", count(f.outOfService), "", true);
}

void topTen(const Context& ui, const alarms::DeskView& view) {
  heading(ui, fill(ui.tr("alarm_figure.top_ten"), {percent(view.figures.topTenShare, 0)}).c_str());
  FontScope font(ui.fonts.small);
  for (const auto& row : view.figures.topTen) {
    const size_t colon = row.key.find(':');
    const int rule = view.rules->find(row.key.substr(0, colon));
    const std::string subject = row.key.substr(colon + 1);
    const model::Entity* entity = ui.in.mirror ? ui.in.mirror->findById(subject) : nullptr;
    const std::string name = rule >= 0 ? ui.text(view.rules->rules[static_cast<size_t>(rule)].name) : row.key;
    elided(count(row.count) + " × " + name + " · " + (entity ? titleOf(ui, *entity) : subject), ImGui::GetContentRegionAvail().x, ui.theme.text);
  }
}

/// Things of a kind by distance, nearest first.
std::vector<std::pair<double, const model::Entity*>> nearest(const Context& ui, glm::dvec3 place, const std::string& self, bool cameras) {
  std::vector<std::pair<double, const model::Entity*>> found;
  if (!ui.in.mirror || !ui.in.catalogue) return found;
  ui.in.mirror->forEach([&](model::EntityHandle, const model::Entity& entity) {
    const model::EntityInfo& info = *entity.info;
    if (info.id == self || entity.moving || (info.kind == "cctv") != cameras) return;
    if (!cameras && (ui.in.catalogue->kind(info.kind).mainProperty.empty() || entity.properties.empty())) return;
    const double metres = glm::distance(glm::dvec2(info.position), glm::dvec2(place));
    if (cameras || metres <= kNear) found.emplace_back(metres, &entity);
  });
  const size_t keep = std::min(found.size(), cameras ? size_t{1} : kMostNeighbours);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(),
                    [](const auto& a, const auto& b) { return a.first != b.first ? a.first < b.first : a.second->info->id < b.second->info->id; });
  found.resize(keep);
  return found;
}

/// A line that can be clicked to go there.
void link(const Context& ui, const std::string& text, const std::string& entity) {
  FontScope font(ui.fonts.small);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  elided(text, width, ui.theme.accent);
  const ImVec2 end = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(entity.c_str());
  if (hitArea("go", {width, std::max(1.f, end.y - at.y - ImGui::GetStyle().ItemSpacing.y)})) ui.ask(FlyToEntity{entity});
  ImGui::PopID();
}

std::string metresText(double metres) { return withUnit(numberText(metres, 0), "m"); }

}  // namespace

void alarmFigures(const Context& ui, const alarms::DeskView& view) {
  const float width = ImGui::GetContentRegionAvail().x;
  if (width < ui.px(760)) {
    ratesColumn(ui, view.figures);
    statesColumn(ui, view.figures);
    return topTen(ui, view);
  }
  const auto column = [&](const char* id, auto&& content) {
    ImGui::BeginChild(id, {width / 3 - ui.px(14), 0});
    content();
    ImGui::EndChild();
  };
  column("rates", [&] { ratesColumn(ui, view.figures); });
  ImGui::SameLine(0, ui.px(20));
  column("states", [&] { statesColumn(ui, view.figures); });
  ImGui::SameLine(0, ui.px(20));
  column("top", [&] { topTen(ui, view); });
}

void alarmSurroundings(const Context& ui, const alarms::AlarmRow& row) {
  const auto place = placeOf(ui.in, row);
  if (place) {
    for (const auto& [metres, camera] : nearest(ui, *place, row.alarm.subject, true))
      link(ui, fill(ui.tr("alarm.camera"), {titleOf(ui, *camera), metresText(metres)}), camera->info->id);
    for (const auto& [metres, neighbour] : nearest(ui, *place, row.alarm.subject, false))
      link(ui, fill(ui.tr("alarm.neighbour"), {titleOf(ui, *neighbour), metresText(metres), mainValueOf(ui, *neighbour)}), neighbour->info->id);
    int near = 0;
    for (const alarms::AlarmRow& other : ui.in.alarms->rows) {
      const auto there = &other != &row && !other.alarm.condition.inhibited() ? placeOf(ui.in, other) : std::nullopt;
      if (there && glm::distance(glm::dvec2(*there), glm::dvec2(*place)) <= kNear) ++near;
    }
    if (near > 0) quiet(ui, fill(ui.tr("alarm.others_near"), {count(near)}));
  }
  // The inspector's curves belong to the selection; a click on the row selects the alarm's thing.
  const model::Entity* selected = ui.in.mirror ? ui.in.mirror->find(ui.in.selected) : nullptr;
  if (!selected || selected->info->id != row.alarm.subject) return;
  const std::string& property = ui.in.alarms->ruleOf(row).property;
  for (const PropertyHistory& history : ui.in.history) {
    if (history.property != property || history.samples.size() < 2) continue;
    quiet(ui, fill(ui.tr("alarm.history"), {ui.in.catalogue ? ui.text(ui.in.catalogue->property(property).label) : property}));
    sparkline(ui, history.samples, ui.in.shown - kHistory, ui.in.shown, ImGui::GetContentRegionAvail().x, ui.px(34));
  }
}

float alarmSummaryWidth(const Context& ui) {
  if (!ui.in.alarms) return 0;
  float width = ui.px(20);
  for (int i = 0; i < alarms::kPriorities; ++i) {
    const std::string n = count(ui.in.alarms->figures.activeByPriority[static_cast<size_t>(i)]);
    width += ui.px(32) + ui.fonts.body->CalcTextSizeA(ui.fonts.body->FontSize, FLT_MAX, 0, n.c_str()).x;
  }
  return width;
}

void alarmSummary(const Context& ui, float barHeight) {
  const float width = alarmSummaryWidth(ui);
  if (width <= 0) return;
  const float height = ui.px(30);
  ImGui::SetCursorPosY(std::round((barHeight - height) / 2));
  const float x = ImGui::GetCursorPosX();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (hitArea("alarms", {width - ui.px(12), height})) toggle(ui.shown, ui.in.mode, PanelId::Alarms);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + width - ui.px(12), at.y + height}, 0x1effffffu, ui.px(5));
  tooltip(ui, ui.tr("alarm.summary_hint"));
  const alarms::AlarmFigures& f = ui.in.alarms->figures;
  float pen = at.x + ui.px(4);
  for (size_t i = 0; i < alarms::kPriorities; ++i) {
    const int n = f.activeByPriority[i];
    const bool flashes = f.unackByPriority[i] > 0;
    const float middle = at.y + height / 2;
    if (n > 0 || flashes) {
      alarmSymbol(ui, list, static_cast<alarms::Priority>(i + 1), {pen + ui.px(10), middle}, ui.px(8), !flashes || binding::flashLit(ui.in.wall));
    } else {
      list.AddCircle({pen + ui.px(10), middle}, ui.px(4), ui.theme.textQuiet);  // none of these: no alarm colour
    }
    const std::string text = count(n);
    list.AddText(ui.fonts.body, ui.fonts.body->FontSize, {pen + ui.px(23), middle - ui.fonts.body->FontSize / 2}, n > 0 ? ui.theme.text : ui.theme.textQuiet, text.c_str());
    pen += ui.px(32) + ui.fonts.body->CalcTextSizeA(ui.fonts.body->FontSize, FLT_MAX, 0, text.c_str()).x;
  }
  ImGui::SetCursorPosX(x + width);
}

}  // namespace panels

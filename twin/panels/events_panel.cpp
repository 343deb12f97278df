// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/events_panel.h"

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// Metres from which a place without a thing is looked at.
constexpr double kLookDistance = 300;
constexpr size_t kMostRows = 400;

std::string detailsOf(const Context& ui, const model::EventObservation& event) {
  std::string text;
  if (!event.entity.empty()) {
    const model::Entity* entity = ui.in.mirror ? ui.in.mirror->findById(event.entity) : nullptr;
    text = entity ? titleOf(ui, *entity) : event.entity;
  }
  size_t shown = 0;
  for (const auto& [name, value] : event.details) {
    if (value.empty() || value == "null" || name == "headingDeg") continue;
    if (name == (ui.in.language == core::Language::Korean ? "en" : "ko")) continue;  // the same in the other language
    if (++shown > 3) break;
    const char* label = ui.words.find("detail." + name);
    const char* word = ui.words.find("detail_value." + value);
    const std::string shownValue = word ? word : value;
    if (name == "ko" || name == "en") {
      if (text != value) text += (text.empty() ? "" : " · ") + value;
      continue;
    }
    text += (text.empty() ? "" : " · ") + (label ? fill(label, {shownValue}) : name + " " + shownValue);
  }
  return text;
}

}  // namespace

EventFilter familyOf(std::string_view type) {
  if (type.starts_with("adas.")) return EventFilter::Adas;
  if (type.starts_with("incident") || type.starts_with("alert") || type.starts_with("roadworks")) return EventFilter::Incident;
  return type.starts_with("takeover") ? EventFilter::Takeover : EventFilter::Other;
}

std::string eventTitle(const Context& ui, const model::EventObservation& event) {
  const char* word = ui.words.find("event." + event.type);
  return word ? word : event.type;
}

void EventsPanel::row(const Context& ui, const model::Event& event, float width) {
  const model::EventObservation& what = event.what;
  const float left = ImGui::GetCursorPosX();
  const float top = ImGui::GetCursorPosY();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float line = ui.fonts.body->FontSize;
  const float height = line + ui.fonts.small->FontSize + ui.px(9);
  ImGui::PushID(static_cast<int>(event.revision));
  if (hitArea("event", {width, height})) {
    const bool known = !what.entity.empty() && ui.in.mirror && ui.in.mirror->handleOf(what.entity);
    // Vehicles have moved on: the event is where it happened.
    if (what.position) ui.ask(FlyToPoint{*what.position, kLookDistance});
    if (known && what.position) ui.ask(SelectEntity{what.entity});
    else if (known) ui.ask(FlyToEntity{what.entity});
  }
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + width, at.y + height}, 0x18ffffffu, ui.px(6));
  const float bottom = ImGui::GetCursorPosY();
  const StateLook look = severityLook(ui, what.severity);
  tooltip(ui, look.word);
  drawMark(list, look.mark, {at.x + ui.px(14), at.y + ui.px(4) + line / 2}, ui.px(7), look.color);
  const std::string time = core::formatClock(what.eventTime, ui.in.city ? ui.in.city->data.zone : core::TimeZone{});
  const float timeWidth = ui.fonts.small->CalcTextSizeA(ui.fonts.small->FontSize, FLT_MAX, 0, time.c_str()).x;
  ImGui::SetCursorPos({left + ui.px(30), top + ui.px(3)});
  elided(eventTitle(ui, what), width - ui.px(46) - timeWidth, ui.theme.text);
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(top + ui.px(3) + (line - ui.fonts.small->FontSize) / 2);
  rightAligned(time, left + width - ui.px(6), ui.theme.textQuiet);
  ImGui::SetCursorPos({left + ui.px(30), top + ui.px(4) + line});
  elided(detailsOf(ui, what), width - ui.px(36), ui.theme.textQuiet);
  ImGui::SetCursorPos({left, bottom});
}

void EventsPanel::build(const Context& ui, const Rect& place, PanelWindows& windows) {
  windows.begin(ui, PanelId::Events, place, ui.tr("events.title"), true);
  static constexpr std::pair<EventFilter, const char*> kFilters[] = {{EventFilter::All, "events.all"}, {EventFilter::Adas, "events.adas"},
      {EventFilter::Incident, "events.incident"}, {EventFilter::Takeover, "events.takeover"}, {EventFilter::Other, "events.other"}};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(5), ui.px(5)));
  bool first = true;
  for (const auto& [filter, key] : kFilters) {
    const float needed = ui.fonts.small->CalcTextSizeA(ui.fonts.small->FontSize, FLT_MAX, 0, ui.tr(key)).x + ui.px(18);
    const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    if (!first && ImGui::GetItemRectMax().x + ui.px(5) + needed <= edge) ImGui::SameLine();
    if (chip(ui, ui.tr(key), filter_ == filter)) filter_ = filter;
    first = false;
  }
  ImGui::PopStyleVar();
  std::vector<const model::Event*> rows;
  if (ui.in.mirror) {
    const auto& events = ui.in.mirror->events();
    for (auto it = events.rbegin(); it != events.rend() && rows.size() < kMostRows; ++it)
      if (it->what.eventTime <= ui.in.shown && (filter_ == EventFilter::All || familyOf(it->what.type) == filter_)) rows.push_back(&*it);
  }
  if (rows.empty()) quiet(ui, ui.tr("events.none"));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(2)));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()));
  const float width = ImGui::GetContentRegionAvail().x;
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) row(ui, *rows[static_cast<size_t>(i)], width);
  ImGui::PopStyleVar();
  windows.end();
}

}  // namespace panels

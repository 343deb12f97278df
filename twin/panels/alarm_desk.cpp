// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/alarm_desk.h"

#include <algorithm>

#include <imgui.h>

#include "twin/panels/actions.h"
#include "twin/panels/alarm_list.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr float kWide = 760;  // design pixels from which list and guidance stand side by side
constexpr float kListShare = 0.58f;

std::string clockText(const Context& ui, base::UtcNs time) {
  return core::formatClock(time, ui.in.city ? ui.in.city->data.zone : core::TimeZone{});
}

/// The moment that the row's age counts from.
base::UtcNs timeOf(const alarms::AlarmRow& row) {
  const alarms::Condition& c = row.alarm.condition;
  return c.active || c.clearTime == 0 ? c.activeTime : c.clearTime;
}

void ask(const Context& ui, const alarms::AlarmRow& row, alarms::DeskAction action, double seconds = 0, std::string note = {}) {
  ui.ask(AlarmRequest{{.action = action, .keys = {row.alarm.key()}, .note = std::move(note), .seconds = seconds}});
}

}  // namespace

void AlarmDesk::head(const Context& ui) {
  const alarms::AlarmFigures& f = ui.in.alarms->figures;
  const std::pair<AlarmTab, std::string> tabs[] = {
      {AlarmTab::Active, fill(ui.tr("alarm.tab_active"), {countText(static_cast<uint64_t>(f.active))})},
      {AlarmTab::Inhibited, fill(ui.tr("alarm.tab_inhibited"), {countText(static_cast<uint64_t>(f.shelved + f.suppressed + f.outOfService))})},
      {AlarmTab::Figures, ui.tr("alarm.tab_figures")}};
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(5), ui.px(4)));
  bool first = true;
  for (const auto& [tab, word] : tabs) {
    if (!first) ImGui::SameLine();
    first = false;
    if (chip(ui, word.c_str(), ui.shown.alarmTab == tab)) {
      ui.shown.alarmTab = tab;
      ui.shown.alarm.clear();
    }
  }
  ImGui::SameLine();
  if (chip(ui, "CSV", false)) ui.ask(ExportAlarms{});
  tooltip(ui, ui.tr("alarm.csv_hint"));
  ImGui::PopStyleVar();
}

/// A flood in one line, what is not stored, and the last refusal.
void AlarmDesk::notices(const Context& ui) {
  const alarms::DeskView& view = *ui.in.alarms;
  FontScope font(ui.fonts.small);
  if (!view.flood.empty()) {
    std::string text = fill(ui.tr("alarm.flood"), {countText(static_cast<uint64_t>(view.figures.lastTenMinutes))});
    for (size_t i = 0; i < view.flood.size() && i < 3; ++i) {
      const alarms::FloodLine& line = view.flood[i];
      text += (i == 0 ? " " : ", ") + ui.text(view.rules->rules[static_cast<size_t>(line.rule)].name) + " " + countText(static_cast<uint64_t>(line.count));
    }
    wrapped(ui, text, ui.theme.text);
  }
  if (!view.storeProblem.empty()) wrapped(ui, fill(ui.tr("alarm.not_stored"), {view.storeProblem}), ui.theme.text);
  if (!view.answers.empty() && !view.answers.back().done) {
    const std::string& why = view.answers.back().text;
    const char* word = ui.words.find(why);
    wrapped(ui, fill(ui.tr("alarm.refused"), {word ? word : why}), ui.theme.textQuiet);
  }
}

void AlarmDesk::row(const Context& ui, const alarms::AlarmRow& row, float width) {
  const alarms::Rule& rule = ui.in.alarms->ruleOf(row);
  const std::string key = row.alarm.key();
  const bool chosen = currentAlarm(ui.in, ui.shown) == &row;
  const bool wide = width > ui.px(520);
  const float line = ui.fonts.body->FontSize;
  const float height = wide ? line + ui.px(8) : line + ui.fonts.small->FontSize + ui.px(9);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY();
  ImGui::PushID(key.c_str());
  if (hitArea("row", {width, height})) {
    ui.shown.alarm = scrolledTo_ = key;
    if (thingOf(ui.in, row)) ui.ask(SelectEntity{row.alarm.subject});
  }
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(0))
    if (auto command = flyTo(ui.in, row)) ui.ask(*std::move(command));
  ImGui::PopID();
  if (chosen && scrolledTo_ != key && !ui.shown.alarm.empty()) {
    ImGui::SetScrollHereY();
    scrolledTo_ = key;
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (chosen) list.AddRectFilled(at, {at.x + width, at.y + height}, 0x24ffffffu, ui.px(5));
  else if (ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + width, at.y + height}, 0x14ffffffu, ui.px(5));
  const float bottom = ImGui::GetCursorPosY();
  alarmSymbol(ui, list, row.priority, {at.x + ui.px(15), at.y + height / 2}, ui.px(8), symbolLit(ui, row));
  const uint32_t ink = row.wantsAttention ? ui.theme.text : ui.theme.textQuiet;
  const auto column = [&](double from, double to, const std::string& text, uint32_t color, ImFont* font, float y) {
    FontScope scope(font);
    ImGui::SetCursorPos({left + static_cast<float>(from), y + (line - font->FontSize) / 2});
    elided(text, static_cast<float>(to - from) - ui.px(8), color);
  };
  const std::string age = ageText(static_cast<double>(ui.in.alarms->now - timeOf(row)) * 1e-9, ui.words);
  const std::string value = alarmValue(ui, row);
  std::string name = ui.text(rule.name);
  if (row.explains > 0) name += fill(ui.tr("alarm.explains"), {countText(static_cast<uint64_t>(row.explains))});
  const double mark = ui.px(32);
  if (wide) {
    const double rest = width - mark;
    const double cuts[] = {mark, mark + ui.px(70), mark + ui.px(146), 0, 0, 0, width};
    const double text = rest - ui.px(146);
    const double x3 = cuts[2] + text * 0.30, x4 = x3 + text * 0.28, x5 = x4 + text * 0.18;
    const float y = top + ui.px(4);
    column(cuts[0], cuts[1], clockText(ui, timeOf(row)), ui.theme.textQuiet, ui.fonts.small, y);
    column(cuts[1], cuts[2], age, ui.theme.textQuiet, ui.fonts.small, y);
    column(cuts[2], x3, name, ink, ui.fonts.body, y);
    column(x3, x4, alarmWhere(ui, row), ink, ui.fonts.body, y);
    column(x4, x5, value, ink, ui.fonts.body, y);
    column(x5, width, alarmStateText(ui, row), ui.theme.textQuiet, ui.fonts.small, y);
  } else {
    column(mark, width, name + (value.empty() ? "" : "  " + value), ink, ui.fonts.body, top + ui.px(3));
    const std::string below = clockText(ui, timeOf(row)) + " · " + alarmWhere(ui, row) + " · " + alarmStateText(ui, row);
    column(mark, width, below, ui.theme.textQuiet, ui.fonts.small, top + ui.px(2) + line);
  }
  ImGui::SetCursorPos({left, bottom});
}

void AlarmDesk::list(const Context& ui, float width) {
  const auto rows = alarmRows(ui.in, ui.shown.alarmTab);
  if (rows.empty()) return quiet(ui, ui.tr(ui.shown.alarmTab == AlarmTab::Active ? "alarm.none" : "alarm.none_inhibited"));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(1)));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()));
  // The chosen row must be built to be scrolled to.
  for (size_t i = 0; i < rows.size(); ++i)
    if (rows[i] == currentAlarm(ui.in, ui.shown)) clipper.ForceDisplayRangeByIndices(static_cast<int>(i), static_cast<int>(i) + 1);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) row(ui, *rows[static_cast<size_t>(i)], width);
  ImGui::PopStyleVar();
}

void AlarmDesk::buttons(const Context& ui, const alarms::AlarmRow& row) {
  using alarms::DeskAction;
  const alarms::Rule& rule = ui.in.alarms->ruleOf(row);
  const alarms::Condition& c = row.alarm.condition;
  const float edge = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
  bool first = true;
  const auto button = [&](Icon icon, const char* word, const char* action) {
    const float width = wordButtonWidth(ui, word);
    if (!first && ImGui::GetItemRectMax().x + ui.px(6) + width <= edge) ImGui::SameLine(0, ui.px(6));
    first = false;
    const bool pressed = wordButton(ui, icon, word);
    if (const Action* key = action ? findAction(action) : nullptr) tooltip(ui, std::string(ui.tr(key->text)) + "  ·  " + keyText(*key));
    return pressed;
  };
  FontScope font(ui.fonts.small);
  if (!c.acked && button(Icon::Check, ui.tr("alarm.acknowledge"), "alarm_ack")) ask(ui, row, DeskAction::Acknowledge);
  if (flyTo(ui.in, row) && button(Icon::Fly, ui.tr("alarm.fly"), "alarm_fly")) ui.ask(*flyTo(ui.in, row));
  if (c.shelvedUntil != 0) {
    if (button(Icon::Undo, ui.tr("alarm.unshelve"), "alarm_unshelve")) ask(ui, row, DeskAction::Unshelve);
  } else if (rule.maxShelve > 0) {
    if (button(Icon::Hide, ui.tr("alarm.shelve_short"), "alarm_shelve")) ask(ui, row, DeskAction::Shelve, shelveSeconds(rule, 1800));
    if (rule.maxShelve > 1800 && button(Icon::Hide, ui.tr("alarm.shelve_long"), nullptr)) ask(ui, row, DeskAction::Shelve, shelveSeconds(rule, 8 * 3600));
  }
  if (c.outOfService) {
    if (button(Icon::Undo, ui.tr("alarm.in_service"), "alarm_service")) ask(ui, row, DeskAction::PlaceInService);
  } else if (button(Icon::Close, ui.tr("alarm.out_of_service"), "alarm_service")) {
    ask(ui, row, DeskAction::RemoveFromService);
  }
}

void AlarmDesk::commentLine(const Context& ui, const alarms::AlarmRow& row) {
  FontScope font(ui.fonts.small);
  for (const alarms::Comment& comment : row.alarm.comments)
    wrapped(ui, clockText(ui, comment.time) + " " + comment.who + ": " + comment.text, ui.theme.textQuiet);
  if (ui.shown.alarmComment) ImGui::SetKeyboardFocusHere();
  ui.shown.alarmComment = false;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool entered = ImGui::InputTextWithHint("##comment", ui.tr("alarm.comment_hint"), comment_.data(), comment_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  if (entered && comment_[0] != 0) {
    ask(ui, row, alarms::DeskAction::Comment, 0, comment_.data());
    comment_[0] = 0;
  }
}

void AlarmDesk::guidance(const Context& ui, const alarms::AlarmRow& row) {
  const alarms::Rule& rule = ui.in.alarms->ruleOf(row);
  const float line = ui.fonts.body->FontSize;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  alarmSymbol(ui, *ImGui::GetWindowDrawList(), row.priority, {at.x + ui.px(11), at.y + line / 2 + ui.px(2)}, ui.px(9), symbolLit(ui, row));
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(28));
  elided(ui.text(rule.name) + " · " + alarmWhere(ui, row), ImGui::GetContentRegionAvail().x, ui.theme.text);
  if (!row.alarm.ackedBy.empty() && row.alarm.condition.acked && row.alarm.condition.ackTime != 0)
    quiet(ui, fill(ui.tr("alarm.acked_by"), {row.alarm.ackedBy, clockText(ui, row.alarm.condition.ackTime)}));
  if (row.alarm.condition.inhibited() && !row.alarm.inhibitedBy.empty()) quiet(ui, fill(ui.tr("alarm.because"), {row.alarm.inhibitedBy}));
  buttons(ui, row);
  {
    FontScope font(ui.fonts.small);
    wrapped(ui, std::string(ui.tr("alarm.means")) + " " + ui.text(rule.means), ui.theme.text);
    wrapped(ui, std::string(ui.tr("alarm.act")) + " " + ui.text(rule.act), ui.theme.text);
  }
  alarmSurroundings(ui, row);
  commentLine(ui, row);
}

void AlarmDesk::build(const Context& ui, const Rect& place, PanelWindows& windows) {
  if (!ui.in.alarms) return;
  windows.begin(ui, PanelId::Alarms, place, ui.tr("alarm.title"), true);
  head(ui);
  notices(ui);
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = std::max(1.f, place.high.y - ImGui::GetCursorScreenPos().y - ui.px(10));
  const alarms::AlarmRow* current = currentAlarm(ui.in, ui.shown);
  if (ui.shown.alarmTab == AlarmTab::Figures) {
    ImGui::BeginChild("figures", {width, height});
    alarmFigures(ui, *ui.in.alarms);
    ImGui::EndChild();
  } else if (width >= ui.px(kWide)) {
    ImGui::BeginChild("list", {current ? width * kListShare : width, height});
    list(ui, ImGui::GetContentRegionAvail().x);
    ImGui::EndChild();
    if (current) {
      ImGui::SameLine(0, ui.px(14));
      ImGui::BeginChild("guidance", {0, height});
      guidance(ui, *current);
      ImGui::EndChild();
    }
  } else {
    ImGui::BeginChild("list", {width, current ? height * 0.5f : height});
    list(ui, ImGui::GetContentRegionAvail().x);
    ImGui::EndChild();
    if (current) {
      ImGui::BeginChild("guidance", {width, 0});
      guidance(ui, *current);
      ImGui::EndChild();
    }
  }
  windows.end();
}

}  // namespace panels

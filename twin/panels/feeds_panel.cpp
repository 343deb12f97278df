// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/feeds_panel.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "twin/core/time.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

void pair(const Context& ui, const char* label, const std::string& value, uint32_t ink) {
  ImGui::TableNextColumn();
  const float width = ImGui::GetContentRegionAvail().x;
  const float left = ImGui::GetCursorPosX();
  const float valueWidth = ImGui::CalcTextSize(value.c_str()).x;
  elided(label, std::max(ui.px(20), width - valueWidth - ui.px(6)), ui.theme.textQuiet);
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(std::max(left, left + width - valueWidth));
  ImGui::PushStyleColor(ImGuiCol_Text, ink);
  ImGui::TextUnformatted(value.c_str());
  ImGui::PopStyleColor();
}

std::string secondsText(double seconds) {
  return seconds < 1 ? withUnit(numberText(seconds * 1000, 0), "ms") : withUnit(numberText(seconds, 1), "s");
}

/// With its sign: "+2.1 s" is a clock behind ours.
std::string offsetText(double seconds) {
  const std::string figure = secondsText(std::abs(seconds));
  return std::abs(seconds) < 0.0005 ? figure : (seconds < 0 ? "−" : "+") + figure;
}

void figures(const Context& ui, const feeds::SourceStats& s) {
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, ImVec2(ui.px(9), ui.px(1)));
  const bool open = ImGui::BeginTable("figures", 2, ImGuiTableFlags_SizingStretchSame | ImGuiTableFlags_NoPadOuterX);
  ImGui::PopStyleVar();
  if (!open) return;
  const uint32_t ink = ui.theme.text;
  const auto abnormal = [&](uint64_t n) { return n > 0 ? ui.theme.warning : ui.theme.textQuiet; };
  pair(ui, ui.tr("feeds.rate"), withUnit(numberText(s.ratePerSecond, s.ratePerSecond < 10 ? 1 : 0), "/s"), ink);
  pair(ui, ui.tr("feeds.bytes"), bytesText(static_cast<double>(s.bytes)), ink);
  pair(ui, ui.tr("feeds.lag50"), secondsText(s.lagP50), ink);
  pair(ui, ui.tr("feeds.lag95"), secondsText(s.lagP95), ink);
  pair(ui, ui.tr("feeds.messages"), countText(s.messages), ink);
  pair(ui, ui.tr("feeds.applied"), countText(s.applied), ink);
  pair(ui, ui.tr("feeds.conflated"), countText(s.conflated), s.conflated ? ink : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.queued"), countText(s.queued), s.queued ? ink : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.late"), countText(s.late), s.late ? ink : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.duplicate"), countText(s.duplicate), s.duplicate ? ink : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.rejected"), countText(s.rejectedTotal()), abnormal(s.rejectedTotal()));
  pair(ui, ui.tr("feeds.clock_offset"), offsetText(s.clockOffset), std::abs(s.clockOffset) > 5 ? ui.theme.warning : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.spilled"), countText(s.spilled), s.spilled ? ink : ui.theme.textQuiet);
  pair(ui, ui.tr("feeds.gaps"), countText(s.gaps), abnormal(s.gaps));
  ImGui::EndTable();
}

void reasons(const Context& ui, const feeds::SourceStats& s) {
  const auto list = [&](const char* head, const std::map<std::string, uint64_t>& counts) {
    for (const auto& [reason, count] : counts) {
      if (count == 0) continue;
      const char* word = ui.words.find("reason." + reason);
      wrapped(ui, std::string(ui.tr(head)) + " · " + (word ? word : reason.c_str()) + "  " + countText(count), ui.theme.warning);
    }
  };
  list("feeds.rejected", s.rejected);
  list("feeds.flagged", s.flagged);
  if (!s.lastRejectedTopic.empty()) wrapped(ui, fill(ui.tr("feeds.last_rejected"), {s.lastRejectedTopic}), ui.theme.textQuiet);
  if (!s.offline.empty()) {
    std::string names;
    for (const std::string& gateway : s.offline) names += (names.empty() ? "" : ", ") + gateway;
    wrapped(ui, fill(ui.tr("feeds.offline"), {names}), ui.theme.alarm);
  }
  if (s.gaps > 0 && !s.lastGap.empty()) wrapped(ui, fill(ui.tr("feeds.last_gap"), {s.lastGap}), ui.theme.textQuiet);
}

void balance(const Context& ui, const feeds::SourceStats& s) {
  markItem(ui, s.balanced() ? Mark::Check : Mark::Cross, s.balanced() ? ui.theme.good : ui.theme.alarm);
  ImGui::SameLine(0, ui.px(6));
  wrapped(ui, ui.tr(s.balanced() ? "feeds.balanced" : "feeds.unbalanced"), s.balanced() ? ui.theme.textQuiet : ui.theme.alarm);
}

/// All feeds together, as one sum that anybody can check.
void sum(const Context& ui, const feeds::FeedStats& stats) {
  feeds::SourceStats all;
  for (const feeds::SourceStats& s : stats.sources) {
    all.messages += s.messages;
    all.applied += s.applied;
    all.conflated += s.conflated;
    all.late += s.late;
    all.duplicate += s.duplicate;
    all.queued += s.queued;
    for (const auto& [reason, count] : s.rejected) all.rejected[reason] += count;
  }
  FontScope font(ui.fonts.small);
  wrapped(ui, fill(ui.tr("feeds.sum"), {countText(all.messages), countText(all.applied), countText(all.conflated), countText(all.late), countText(all.duplicate),
                                        countText(all.rejectedTotal()), countText(all.queued)}),
          ui.theme.text);
  balance(ui, all);
}

/// Calls left today and hours: why a healthy feed may be silent.
void budget(const Context& ui, const feeds::SourceStats& s) {
  if (!s.link.budget) return;
  const feeds::BudgetState& b = *s.link.budget;
  if (b.perDay > 0) wrapped(ui, fill(ui.tr("feeds.calls"), {countText(b.used), countText(b.perDay)}), b.spent ? ui.theme.warning : ui.theme.textQuiet);
  if (!b.spent && !b.offHours) return;
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  wrapped(ui, fill(ui.tr(b.spent ? "feeds.spent" : "feeds.off_hours"), {core::formatDateTime(b.opensAt, zone)}), ui.theme.warning);
}

void lastMessage(const Context& ui, const feeds::SourceStats& s) {
  if (s.lastMessage.empty()) return;
  wrapped(ui, s.lastTopic, ui.theme.textQuiet);
  FontScope font(ui.fonts.mono);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const float inner = width - ui.px(16);
  // A few lines are enough to recognise a message; all of it is in the tooltip.
  const float height = std::min(ImGui::CalcTextSize(s.lastMessage.c_str(), nullptr, false, inner).y, ImGui::GetTextLineHeight() * 4) + ui.px(10);
  ImGui::Dummy({width, height});
  tooltip(ui, s.lastMessage);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + width, at.y + height}, 0x40000000u, ui.px(4));
  const ImVec4 clip(at.x, at.y, at.x + width, at.y + height - ui.px(4));
  list.AddText(ui.fonts.mono, ui.fonts.mono->FontSize, {at.x + ui.px(8), at.y + ui.px(5)}, ui.theme.textQuiet, s.lastMessage.c_str(), nullptr, inner, &clip);
}

void source(const Context& ui, const feeds::SourceStats& s, float width) {
  const StateLook look = lookOf(ui, healthOf(s, ui.in.wall));
  const float left = ImGui::GetCursorPosX();
  const float badgeSpace = ui.fixed() ? 0 : badgeWidth(ui, look.word);
  const float top = ImGui::GetCursorPosY();
  {
    FontScope font(ui.fonts.label);
    elided(s.source.name, width - badgeSpace - ui.px(8), ui.theme.text);
  }
  const float bottom = ImGui::GetCursorPosY();
  if (!ui.fixed()) {
    ImGui::SetCursorPos({left + width - badgeSpace, top - ui.px(2)});
    badge(ui, look.mark, look.color, look.word);
    ImGui::SetCursorPos({left, bottom});
  }
  FontScope font(ui.fonts.small);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(ui.px(8), ui.px(2)));
  wrapped(ui, s.source.standard + " · " + s.source.endpoint, ui.theme.textQuiet);
  if (s.source.sample) wrapped(ui, ui.tr("feeds.sample"), ui.theme.accent);
  if (ui.fixed()) {
    wrapped(ui, ui.tr("feeds.fixed"), ui.theme.textQuiet);
  } else {
    const bool silent = s.lastReceived == 0;
    wrapped(ui, silent ? std::string(ui.tr("feeds.never")) : fill(ui.tr("feeds.last"), {ageText(static_cast<double>(ui.in.wall - s.lastReceived) * 1e-9, ui.words)}), ui.theme.textQuiet);
    if (!s.link.lastError.empty() && s.link.state != feeds::LinkState::Connected && s.link.state != feeds::LinkState::Resting) wrapped(ui, s.link.lastError, ui.theme.alarm);
    budget(ui, s);
    figures(ui, s);
    balance(ui, s);
    reasons(ui, s);
    lastMessage(ui, s);
    if (s.lastMapped && wordButton(ui, Icon::Search, ui.tr("mapping.open"))) ui.shown.mappedSource = s.source.name;
  }
  ImGui::PopStyleVar();
}

}  // namespace

void feedsPanel(const Context& ui, const Rect& place, PanelWindows& windows) {
  const float width = windows.begin(ui, PanelId::Feeds, place, ui.tr("feeds.title"), true);
  if (!ui.in.feeds || ui.in.feeds->sources.empty()) {
    quiet(ui, ui.tr("feeds.none"));
  } else {
    if (ui.in.feeds->spilledMessages > 0)
      wrapped(ui, fill(ui.tr("feeds.spill_now"), {countText(ui.in.feeds->spilledMessages), bytesText(static_cast<double>(ui.in.feeds->spilledBytes))}), ui.theme.warning);
    if (!ui.fixed() && ui.in.feeds->sources.size() > 1) {
      sum(ui, *ui.in.feeds);
      ImGui::Separator();
    }
    int index = 0;
    for (const feeds::SourceStats& s : ui.in.feeds->sources) {
      ImGui::PushID(index);
      if (index++ > 0) {
        ImGui::Dummy({0, ui.px(2)});
        ImGui::Separator();
      }
      source(ui, s, width);
      ImGui::PopID();
    }
  }
  windows.end();
}

}  // namespace panels

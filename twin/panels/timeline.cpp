// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/timeline.h"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "twin/panels/format.h"
#include "twin/panels/panel_window.h"
#include "twin/panels/past_bar.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr std::array<double, 11> kSpeeds{{0.1, 0.5, 1, 2, 5, 10, 30, 60, 100, 300, 1000}};

struct Range {
  double seconds;
  const char* word;
};
constexpr std::array<Range, 6> kRanges{{{300, "timeline.range_5m"}, {900, "timeline.range_15m"}, {3600, "timeline.range_1h"},
                                        {21600, "timeline.range_6h"}, {86400, "timeline.range_24h"}, {604800, "timeline.range_7d"}}};

std::string clockOf(const Context& ui, base::UtcNs utc) {
  return core::formatClock(utc, ui.in.city ? ui.in.city->data.zone : core::TimeZone{});
}

/// A line of text in the middle of the strip's height.
void line(const Context& ui, const std::string& text, float height, float width, uint32_t ink) {
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round((height - ImGui::GetTextLineHeight()) / 2));
  elided(text, width, ink);
}

void speedButton(const Context& ui, float height) {
  const std::string speed = numberText(ui.in.replaySpeed, ui.in.replaySpeed < 1 ? 1 : 0) + "×";
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round((height - ImGui::GetFrameHeight()) / 2));
  ImGui::SetNextItemWidth(ui.px(64));
  if (!ImGui::BeginCombo("##speed", speed.c_str(), ImGuiComboFlags_NoArrowButton)) {
    tooltip(ui, ui.tr("timeline.speed_hint"));
    return;
  }
  for (const double choice : kSpeeds) {
    const std::string label = numberText(choice, choice < 1 ? 1 : 0) + "×";
    if (ImGui::Selectable(label.c_str(), choice == ui.in.replaySpeed)) ui.ask(SetReplaySpeed{choice});
  }
  ImGui::EndCombo();
}

void rangeButton(const Context& ui, float height) {
  const char* word = ui.tr("timeline.range_1h");
  for (const Range& range : kRanges)
    if (range.seconds == ui.in.past->rangeSeconds) word = ui.tr(range.word);
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round((height - ImGui::GetFrameHeight()) / 2));
  ImGui::SetNextItemWidth(ui.px(74));
  if (!ImGui::BeginCombo("##range", word, ImGuiComboFlags_NoArrowButton)) {
    tooltip(ui, ui.tr("timeline.range_hint"));
    return;
  }
  for (const Range& range : kRanges)
    if (ImGui::Selectable(ui.tr(range.word), range.seconds == ui.in.past->rangeSeconds)) ui.ask(SetTimelineRange{range.seconds});
  ImGui::EndCombo();
}

/// What the user must know of the past now: that it cannot be read or written, is being read, or when it is.
std::pair<std::string, uint32_t> pastLine(const Context& ui) {
  using State = history::HistoryStatus::State;
  const PastInput& past = *ui.in.past;
  switch (past.status.state) {
    case State::DiskFull: return {ui.tr("timeline.stopped_disk"), ui.theme.alarm};
    case State::Unreachable: return {ui.tr("timeline.stopped_server"), ui.theme.alarm};
    case State::Elsewhere: return {ui.tr("timeline.stopped_elsewhere"), ui.theme.warning};
    case State::Failed: return {fill(ui.tr("timeline.stopped"), {past.status.problem}), ui.theme.alarm};
    default: break;
  }
  if (ui.in.clockState != ClockState::Live) {
    const double behind = static_cast<double>(ui.in.shown - ui.in.wall) * 1e-9;
    const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
    std::string text = core::formatDateTime(ui.in.shown, zone) + "  " + spanText(behind);
    if (past.loading) text += "  " + std::string(ui.tr("timeline.loading"));
    return {text, ui.theme.warning};
  }
  if (past.overview && past.overview->recorded.empty()) return {ui.tr("timeline.no_past"), ui.theme.textQuiet};
  if (past.status.diskBytes == 0) return {"", ui.theme.textQuiet};
  return {fill(ui.tr("timeline.disk"), {bytesText(static_cast<double>(past.status.diskBytes))}), ui.theme.textQuiet};
}

/// The recorded span as a bar; a press or drag on it seeks.
void scrubber(const Context& ui, float height, float width) {
  const auto [from, to] = *ui.in.recordedSpan;
  const float left = ImGui::GetCursorPosX();
  ImGui::SetCursorPosY(0);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  hitArea("scrub", {std::max(1.f, width), height});
  const double span = std::max<double>(1, static_cast<double>(to - from));
  const float y = at.y + height * 0.40f;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const double share = std::clamp(static_cast<double>(ui.in.shown - from) / span, 0.0, 1.0);
  const float x = at.x + static_cast<float>(share) * width;
  list.AddRectFilled({at.x, y - ui.px(2)}, {at.x + width, y + ui.px(2)}, ui.theme.edge, ui.px(2));
  list.AddRectFilled({at.x, y - ui.px(2)}, {x, y + ui.px(2)}, ui.theme.accent, ui.px(2));
  list.AddCircleFilled({x, y}, ui.px(7), ui.theme.text);
  const auto mouse = std::clamp((ImGui::GetIO().MousePos.x - at.x) / std::max(1.f, width), 0.f, 1.f);
  const base::UtcNs pointed = from + static_cast<base::UtcNs>(static_cast<double>(mouse) * span);
  if (ImGui::IsItemActive()) ui.ask(SeekTo{pointed});
  if (ImGui::IsItemHovered()) tooltip(ui, clockOf(ui, pointed));
  FontScope font(ui.fonts.small);
  const float textY = at.y + height * 0.40f + ui.px(6);
  const std::string end = clockOf(ui, to);
  list.AddText({at.x, textY}, ui.theme.textQuiet, clockOf(ui, from).c_str());
  list.AddText({at.x + width - ImGui::CalcTextSize(end.c_str()).x, textY}, ui.theme.textQuiet, end.c_str());
  ImGui::SetCursorPosX(left + width);
}

}  // namespace

void Timeline::bookmarkPopup(const Context& ui) {
  if (!ImGui::BeginPopup("bookmarks")) return;
  FontScope font(ui.fonts.body);
  const auto& bookmarks = ui.in.past->bookmarks;
  if (bookmarks.empty()) quiet(ui, ui.tr("timeline.bookmark_none"));
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  for (size_t i = 0; i < bookmarks.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const std::string when = core::formatDateTime(bookmarks[i].time, zone);
    const std::string label = bookmarks[i].name == when ? when : bookmarks[i].name + "  " + when;
    if (ImGui::Selectable(label.c_str(), false, ImGuiSelectableFlags_None, {ui.px(320), 0})) ui.ask(SeekTo{bookmarks[i].time});
    ImGui::SameLine();
    if (iconButton(ui, "remove", Icon::Close, ui.tr("timeline.bookmark_remove"), false, ImGui::GetTextLineHeight() + ui.px(4))) ui.ask(RemoveBookmark{i});
    ImGui::PopID();
  }
  ImGui::Dummy({0, ui.px(2)});
  ImGui::SetNextItemWidth(ui.px(352));
  const bool entered = ImGui::InputTextWithHint("##name", ui.tr("timeline.bookmark_name"), name_.data(), name_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
  if (wordButton(ui, Icon::Check, ui.tr("timeline.bookmark_add")) || entered) {
    ui.ask(AddBookmark{name_.data()});
    name_.fill(0);
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

/// Controls above, the bar below.
void Timeline::past(const Context& ui, float x, const Rect& place) {
  const float row = ui.px(40);
  ImGui::SetCursorPosX(x);
  speedButton(ui, row);
  x += ui.px(64 + 12);
  const bool was = ui.in.past->view == history::TimeView::AsItWas;
  const char* const word = ui.tr(was ? "timeline.past_was" : "timeline.past_known");
  float wordWidth = 0;
  {
    FontScope font(ui.fonts.small);
    wordWidth = std::max(ImGui::CalcTextSize(ui.tr("timeline.past_was")).x, ImGui::CalcTextSize(ui.tr("timeline.past_known")).x) + ui.px(18);
  }
  const float side = ui.px(32);
  const float right = place.width() - ui.px(10);
  const float rangeX = right - side - ui.px(8) - ui.px(74);
  const float viewX = rangeX - ui.px(10) - wordWidth;
  if (viewX - x > ui.px(40)) {
    ImGui::SetCursorPosX(x);
    const auto [text, ink] = pastLine(ui);
    line(ui, text, row, viewX - x - ui.px(10), ink);
  }
  ImGui::SetCursorPos({viewX, std::round((row - ui.fonts.small->FontSize - ui.px(8)) / 2)});
  if (chip(ui, word, was)) ui.ask(SetTimeView{was ? history::TimeView::AsKnown : history::TimeView::AsItWas});
  tooltip(ui, ui.tr("timeline.past_view_hint"));
  ImGui::SetCursorPosX(rangeX);
  rangeButton(ui, row);
  ImGui::SetCursorPos({right - side, (row - side) / 2});
  if (iconButton(ui, "bookmarks", Icon::Bookmark, ui.tr("timeline.bookmark_hint"), false, side)) ImGui::OpenPopup("bookmarks");
  bookmarkPopup(ui);
  ImGui::SetCursorPos({ui.px(14), row - ui.px(2)});
  pastBar(ui, held_, place.width() - ui.px(28), place.height() - row);
}

void Timeline::replay(const Context& ui, float x, float height, float width) {
  ImGui::SetCursorPosX(x);
  speedButton(ui, height);
  x += ui.px(64 + 20);
  ImGui::SetCursorPosX(x);
  scrubber(ui, height, width - x - ui.px(20));
}

void Timeline::liveOnly(const Context& ui, float x, float height, float width) {
  const bool paused = ui.in.clockState == ClockState::Paused;
  ImGui::SetCursorPosX(x + ui.px(8));
  const double behind = static_cast<double>(ui.in.shown - ui.in.wall) * 1e-9;
  const std::string text = paused ? fill(ui.tr("timeline.behind"), {clockOf(ui, ui.in.shown), spanText(behind)}) : std::string(ui.tr("timeline.live_only"));
  line(ui, text, height, width - x - ui.px(20), paused ? ui.theme.warning : ui.theme.textQuiet);
}

void Timeline::build(const Context& ui, const Rect& place) {
  beginStrip(ui, "##timeline", place, false);
  const float height = ui.in.past ? ui.px(40) : place.height();
  if (ui.fixed()) {
    const float wide = ui.fonts.small->CalcTextSizeA(ui.fonts.small->FontSize, FLT_MAX, 0, ui.tr("timeline.fixed")).x;
    ImGui::SetCursorPosX(std::max(ui.px(16), std::round((place.width() - wide) / 2)));
    line(ui, ui.tr("timeline.fixed"), place.height(), place.width() - ui.px(32), ui.theme.textQuiet);
    endStrip();
    return;
  }
  const float size = ui.px(36);
  float x = ui.px(10);
  const auto button = [&](const char* id, Icon icon, const char* hint, bool active) {
    ImGui::SetCursorPos({x, (height - size) / 2});
    x += size + ui.px(4);
    return iconButton(ui, id, icon, hint, active, size);
  };
  const bool paused = ui.in.clockState == ClockState::Paused;
  if (button("pause", paused ? Icon::Play : Icon::Pause, ui.tr(paused ? "timeline.resume" : "timeline.pause"), paused)) ui.ask(SetPaused{!paused});
  if (!ui.in.recordedSpan && button("live", Icon::Live, ui.tr("timeline.live"), ui.in.clockState == ClockState::Live)) ui.ask(GoLive{});
  if (ui.in.recordedSpan) replay(ui, x, height, place.width());
  else if (ui.in.past) past(ui, x + ui.px(8), place);
  else liveOnly(ui, x, height, place.width());
  endStrip();
}

}  // namespace panels

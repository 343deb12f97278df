// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/past_bar.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "twin/panels/events_panel.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

constexpr uint32_t kReplayInk = 0xffff8a6au;  // as the badge of the top bar

core::TimeZone zoneOf(const Context& ui) { return ui.in.city ? ui.in.city->data.zone : core::TimeZone{}; }

/// Where on the screen a moment lies, and back.
struct Axis {
  history::Span span;
  float left = 0, width = 1;
  float at(base::UtcNs time) const {
    const double share = static_cast<double>(time - span.first) / static_cast<double>(std::max<int64_t>(1, span.last - span.first));
    return left + static_cast<float>(std::clamp(share, 0.0, 1.0)) * width;
  }
  base::UtcNs timeAt(float x) const {
    const double share = std::clamp(static_cast<double>((x - left) / width), 0.0, 1.0);
    return span.first + static_cast<base::UtcNs>(share * static_cast<double>(span.last - span.first));
  }
};

const char* gapWord(const Context& ui, const std::string& reason) {
  if (reason == "not running") return ui.tr("timeline.gap_not_running");
  if (reason == "overload") return ui.tr("timeline.gap_overload");
  if (reason == "disk full") return ui.tr("timeline.gap_disk_full");
  if (reason == "unreachable") return ui.tr("timeline.gap_unreachable");
  return ui.tr("timeline.gap_failed");
}

void drawCurve(const Context& ui, const history::Overview& overview, const Axis& axis, float top, float bottom) {
  if (overview.curves.empty()) return;
  const model::Entity* entity = ui.in.mirror ? ui.in.mirror->find(ui.in.selected) : nullptr;
  if (!entity || entity->info->id != overview.entity) return;
  // What a label would show of it, else its first number.
  const std::string main = ui.in.catalogue ? ui.in.catalogue->kind(entity->info->kind).mainProperty : std::string();
  const history::Overview::Curve* curve = &overview.curves.front();
  for (const history::Overview::Curve& c : overview.curves)
    if (c.property == main) curve = &c;
  double low = curve->points.front().low, high = curve->points.front().high;
  for (const history::SeriesPoint& p : curve->points) {
    low = std::min(low, p.low);
    high = std::max(high, p.high);
  }
  const double range = std::max(high - low, std::max(1e-9, std::abs(high) * 0.02));
  const double middle = (low + high) / 2;
  const auto y = [&](double v) { return bottom - static_cast<float>((v - middle) / range + 0.5) * (bottom - top); };
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // Silence is no line: a break of more than eight parts stays open.
  const int64_t part = std::max<int64_t>(1, (overview.asked.last - overview.asked.first) / 240);
  base::UtcNs last = INT64_MIN;
  for (const history::SeriesPoint& p : curve->points) {
    const float x = axis.at(p.time);
    if (last != INT64_MIN && p.time - last > 8 * part) list.PathStroke(withAlpha(ui.theme.accent, 0.8), 0, std::max(1.f, ui.px(1.2)));
    list.PathLineTo({x, y(p.low)});
    if (p.high != p.low) list.PathLineTo({x, y(p.high)});
    last = p.time;
  }
  list.PathStroke(withAlpha(ui.theme.accent, 0.8), 0, std::max(1.f, ui.px(1.2)));
}

/// Slanted lines, so that a gap is told from quiet without colour.
void drawGap(const Context& ui, float x0, float x1, float top, float bottom) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  x1 = std::max(x1, x0 + ui.px(2));
  list.AddRectFilled({x0, top}, {x1, bottom}, ui.theme.groundRaised);
  list.PushClipRect({x0, top}, {x1, bottom}, true);
  for (float x = x0 - (bottom - top); x < x1; x += ui.px(6)) list.AddLine({x, bottom}, {x + (bottom - top), top}, ui.theme.textQuiet);
  list.PopClipRect();
}

/// Few enough to be told apart; the graver one stays where two would touch.
const history::StoredEvent* drawEvents(const Context& ui, const history::Overview& overview, const Axis& axis, float y, float pointer, bool hovered) {
  const history::StoredEvent* nearest = nullptr;
  float distance = ui.px(6);
  float lastX = -1e9f;
  int lastSeverity = -1;
  for (const history::StoredEvent& e : overview.events) {
    if (e.what.eventTime < axis.span.first || e.what.eventTime > axis.span.last) continue;
    const float x = axis.at(e.what.eventTime);
    if (hovered && std::abs(x - pointer) < distance) {
      distance = std::abs(x - pointer);
      nearest = &e;
    }
    if (std::abs(x - lastX) < ui.px(5) && e.what.severity <= lastSeverity) continue;
    const StateLook look = severityLook(ui, e.what.severity);
    drawMark(*ImGui::GetWindowDrawList(), look.mark, {x, y}, ui.px(4), look.color);
    lastX = x;
    lastSeverity = e.what.severity;
  }
  return nearest;
}

std::string hintAt(const Context& ui, base::UtcNs pointed, const history::StoredEvent* nearest) {
  std::string hint = core::formatDateTime(pointed, zoneOf(ui));
  if (nearest) hint += "\n" + core::formatClock(nearest->what.eventTime, zoneOf(ui)) + "  " + eventTitle(ui, nearest->what);
  if (!ui.in.past->overview) return hint;
  for (const history::Gap& gap : ui.in.past->overview->gaps)
    if (pointed >= gap.first && pointed <= gap.last)
      hint += "\n" + fill(ui.tr("timeline.gap"), {core::formatClock(gap.first, zoneOf(ui)), core::formatClock(gap.last, zoneOf(ui)), gapWord(ui, gap.reason)});
  return hint;
}

void drawEnds(const Context& ui, const Axis& axis, float y) {
  FontScope font(ui.fonts.small);
  const bool days = axis.span.last - axis.span.first > 20 * 3600 * base::kNsPerSecond;
  const auto text = [&](base::UtcNs t) { return days ? core::formatDateTime(t, zoneOf(ui)).substr(5, 11) : core::formatClock(t, zoneOf(ui)); };
  const std::string first = text(axis.span.first), last = text(axis.span.last);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddText({axis.left, y}, ui.theme.textQuiet, first.c_str());
  list.AddText({axis.left + axis.width - ImGui::CalcTextSize(last.c_str()).x, y}, ui.theme.textQuiet, last.c_str());
}

}  // namespace

history::Span barSpan(const PanelInput& in) {
  const auto length = static_cast<int64_t>((in.past ? in.past->rangeSeconds : 3600) * 1e9);
  const base::UtcNs end = in.shown >= in.wall - length ? in.wall : in.shown + length / 2;
  return {end - length, end};
}

void pastBar(const Context& ui, history::Span& held, float width, float height) {
  const PastInput& past = *ui.in.past;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  hitArea("past", {width, height});
  const bool hovered = ImGui::IsItemHovered();
  const bool active = ImGui::IsItemActive();
  if (!active) held = {};
  else if (held.empty()) held = barSpan(ui.in);
  const Axis axis{active ? held : barSpan(ui.in), at.x, std::max(1.f, width)};
  const float text = ui.fonts.small->FontSize;
  const float track = at.y + height - text - ui.px(8);
  ImDrawList& list = *ImGui::GetWindowDrawList();

  list.AddRectFilled({at.x, track - ui.px(2)}, {at.x + width, track + ui.px(2)}, ui.theme.edge, ui.px(2));
  const history::StoredEvent* nearest = nullptr;
  if (past.overview) {
    const history::Overview& o = *past.overview;
    if (!o.recorded.empty() && o.recorded.last > axis.span.first)
      list.AddRectFilled({axis.at(o.recorded.first), track - ui.px(2)}, {axis.at(o.recorded.last), track + ui.px(2)}, ui.theme.accentDim, ui.px(2));
    for (const history::Gap& gap : o.gaps)
      if (gap.last > axis.span.first && gap.first < axis.span.last) drawGap(ui, axis.at(gap.first), axis.at(gap.last), at.y + ui.px(4), track + ui.px(3));
    drawCurve(ui, o, axis, at.y + ui.px(4), track - ui.px(6));
    nearest = drawEvents(ui, o, axis, track, ImGui::GetIO().MousePos.x, hovered);
  }
  for (const Bookmark& bookmark : past.bookmarks) {
    if (bookmark.time < axis.span.first || bookmark.time > axis.span.last) continue;
    const float x = axis.at(bookmark.time);
    list.AddLine({x, at.y + ui.px(4)}, {x, track}, ui.theme.text);
    list.AddTriangleFilled({x, at.y + ui.px(4)}, {x + ui.px(8), at.y + ui.px(7.5)}, {x, at.y + ui.px(11)}, ui.theme.text);
  }
  const bool live = ui.in.clockState == ClockState::Live;
  const uint32_t ink = live ? ui.theme.good : kReplayInk;
  const float x = axis.at(ui.in.shown);
  list.AddLine({x, at.y + ui.px(2)}, {x, track + ui.px(4)}, ink, std::max(1.f, ui.px(1.5)));
  list.AddCircleFilled({x, track}, ui.px(6), ink);
  drawEnds(ui, axis, track + ui.px(7));

  const base::UtcNs pointed = axis.timeAt(ImGui::GetIO().MousePos.x);
  if (active) ui.ask(SeekTo{pointed});
  if (hovered || active) tooltip(ui, hintAt(ui, pointed, nearest));
}

}  // namespace panels

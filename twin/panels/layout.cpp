// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/layout.h"

#include <algorithm>
#include <cmath>

namespace panels {
namespace {

constexpr double kTopBar = 52;
constexpr double kRail = 64;
constexpr double kTimeline = 52;
constexpr double kPastTimeline = 84;
constexpr double kGap = 8;
/// The alarm desk's share of the height.
constexpr float kDeskShare = 0.27f;
/// Columns of the planner together; the picture keeps the rest.
constexpr float kMostOfWidth = 0.4f;
constexpr float kMostOfWidthControl = 0.5f;

double widthOf(PanelId panel) {
  switch (panel) {
    case PanelId::Feeds: return 380;
    case PanelId::Events: return 340;
    case PanelId::Search: return 340;
    case PanelId::Alarms: return 380;
    case PanelId::Inspector: return 340;
    case PanelId::About: return 340;
    case PanelId::Ahead: return 340;
    default: return 276;
  }
}

std::optional<PanelId> sideOf(Mode mode, const Shown& shown) {
  if (!shown.side) return std::nullopt;
  const bool ownPlace = mode == Mode::Control && (*shown.side == PanelId::Feeds || *shown.side == PanelId::Events || *shown.side == PanelId::Alarms);
  return ownPlace ? std::nullopt : shown.side;
}

/// Two panels above one another, or one alone.
void stack(Arrangement& a, PanelId upper, bool hasUpper, PanelId lower, bool hasLower, Rect column, float share, float gap) {
  Rect top = column;
  Rect bottom = column;
  if (hasUpper && hasLower) {
    const float cut = std::round(column.low.y + column.height() * share);
    top.high.y = cut - gap / 2;
    bottom.low.y = cut + gap / 2;
  }
  if (hasUpper) a.panels[static_cast<size_t>(upper)] = top;
  if (hasLower) a.panels[static_cast<size_t>(lower)] = bottom;
}

Arrangement exhibition(glm::vec2 display, double scale, bool card) {
  Arrangement a;
  a.picture = {{0, 0}, display};
  if (!card) return a;
  const auto px = [scale](double v) { return static_cast<float>(std::round(v * scale)); };
  const float width = std::min(px(560), display.x * 0.4f);
  a.panels[static_cast<size_t>(PanelId::Inspector)] = Rect{{display.x - width - px(32), px(120)}, {display.x - px(32), display.y - px(152)}};
  return a;
}

}  // namespace

double designScale(glm::vec2 display) {
  const double lines = std::min<double>(display.y, display.x * 10.0 / 16.0);
  return std::max(0.85, lines / 1080.0);
}

Arrangement arrange(Mode mode, glm::vec2 display, double scale, const Shown& shown, bool hasSelection) {
  const bool inspector = hasSelection && shown.inspector;
  if (mode == Mode::Exhibition) return exhibition(display, scale, inspector);
  const auto px = [scale](double v) { return static_cast<float>(std::round(v * scale)); };
  const bool control = mode == Mode::Control;
  const float gap = px(kGap);
  Arrangement a;
  a.topBar = Rect{{0, 0}, {display.x, px(kTopBar)}};
  const float top = px(kTopBar) + gap;
  float bottom = display.y - gap;
  const float railBottom = bottom;
  a.rail = Rect{{gap, top}, {gap + px(kRail), railBottom}};
  if (control && shown.alarms && shown.desk) {
    // The desk lies under everything else, as wide as the room.
    const float desk = std::round(std::clamp(display.y * kDeskShare, px(150), px(300)));
    a.panels[static_cast<size_t>(PanelId::Alarms)] = Rect{{a.rail->high.x + gap, bottom - desk}, {display.x - gap, bottom}};
    bottom -= desk + gap;
  }

  const std::optional<PanelId> side = sideOf(mode, shown);
  const bool feeds = control && shown.feeds;
  const bool events = control && shown.events;
  const float room = display.x * (control ? kMostOfWidthControl : kMostOfWidth) - a.rail->width();
  float left = 0;
  if (side) left = px(widthOf(*side));
  if (feeds) left = std::max(left, px(widthOf(PanelId::Feeds)));
  float right = inspector || events ? px(widthOf(PanelId::Inspector)) : 0;
  if (left + right > room) {
    const float shrink = room / (left + right);
    left = std::floor(left * shrink);
    right = std::floor(right * shrink);
  }
  const float leftX = a.rail->high.x + gap;
  const Rect leftColumn{{leftX, top}, {leftX + left, bottom}};
  const Rect rightColumn{{display.x - gap - right, top}, {display.x - gap, bottom}};
  stack(a, side.value_or(PanelId::Layers), side.has_value(), PanelId::Feeds, feeds, leftColumn, 0.56f, gap);
  stack(a, PanelId::Events, events, PanelId::Inspector, inspector, rightColumn, 0.42f, gap);

  const float freeLeft = left > 0 ? leftColumn.high.x + gap : a.rail->high.x + gap;
  const float freeRight = right > 0 ? rightColumn.low.x - gap : display.x - gap;
  const float timelineWidth = std::min(px(shown.past ? 1100 : shown.recorded ? 680 : 500), freeRight - freeLeft);
  const float middle = std::round((freeLeft + freeRight) * 0.5f);
  a.timeline = Rect{{middle - std::floor(timelineWidth / 2), bottom - px(shown.past ? kPastTimeline : kTimeline)}, {middle + std::floor(timelineWidth / 2), bottom}};
  a.picture = {{freeLeft, top}, {freeRight, a.timeline->low.y - gap}};
  return a;
}

}  // namespace panels

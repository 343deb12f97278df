// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/top_bar.h"

#include <imgui.h>

#include "twin/panels/alarm_desk.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/panel_window.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// Puts the next item in the middle of the bar's height.
void middle(float barHeight, float itemHeight) { ImGui::SetCursorPosY(std::round((barHeight - itemHeight) / 2)); }

void separator(const Context& ui, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float top = ImGui::GetWindowPos().y;
  ImGui::GetWindowDrawList()->AddLine({at.x, top + height * 0.25f}, {at.x, top + height * 0.75f}, ui.theme.edge);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(14));
}

/// Text at the present x, middled; moves x behind it.
void put(const Context& ui, ImFont* font, uint32_t color, const std::string& text, float height, double gap) {
  FontScope scope(font);
  middle(height, ImGui::GetTextLineHeight());
  const float x = ImGui::GetCursorPosX();
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopStyleColor();
  ImGui::SetCursorPosX(x + ImGui::GetItemRectSize().x + ui.px(gap));
}

float widthOf(ImFont* font, const std::string& text) { return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x; }

void clockAndDate(const Context& ui, float height) {
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  const core::LocalTime local = core::toLocal(ui.in.shown, zone);
  put(ui, ui.fonts.figure, ui.theme.text, core::formatClock(ui.in.shown, zone), height, 10);
  const float x = ImGui::GetCursorPosX();
  const float line = ui.fonts.small->FontSize;
  const std::string date = dateText(local, ui.words);
  FontScope font(ui.fonts.small);
  ImGui::SetCursorPosY(std::round(height / 2 - line - ui.px(1)));
  ImGui::TextUnformatted(date.c_str());
  ImGui::SetCursorPos({x, std::round(height / 2 + ui.px(1))});
  ImGui::PushStyleColor(ImGuiCol_Text, ui.theme.textQuiet);
  ImGui::TextUnformatted(zone.name.c_str());
  ImGui::PopStyleColor();
  ImGui::SetCursorPosX(x + widthOf(ui.fonts.small, date) + ui.px(16));
}

std::string temperatureText(const CityWeather& weather) {
  return weather.temperature ? withUnit(numberText(*weather.temperature, 1), "°C") : std::string();
}

float weatherWidth(const Context& ui, const CityWeather& weather) {
  return ui.px(44) + widthOf(ui.fonts.body, temperatureText(weather)) + widthOf(ui.fonts.small, weather.word) +
         (weather.simulated ? badgeWidth(ui, ui.tr("origin.simulated")) : 0) + ui.px(28);
}

void weatherItem(const Context& ui, const CityWeather& weather, float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  drawIcon(*ImGui::GetWindowDrawList(), weather.icon, {at.x + ui.px(14), ImGui::GetWindowPos().y + height / 2}, ui.px(12), ui.theme.text);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(34));
  if (weather.temperature) put(ui, ui.fonts.body, ui.theme.text, temperatureText(weather), height, 8);
  put(ui, ui.fonts.small, ui.theme.textQuiet, weather.word, height, 10);
  if (!weather.simulated) return;
  middle(height, ui.fonts.small->FontSize + ui.px(6));
  const float x = ImGui::GetCursorPosX();
  const StateLook look = lookOf(ui, model::Provenance::Simulated);
  const float width = badge(ui, look.mark, look.color, look.word);
  tooltip(ui, ui.tr("topbar.simulated_hint"));
  ImGui::SetCursorPosX(x + width + ui.px(14));
}

struct FeedLine {
  StateLook look;
  std::string text;
};

FeedLine feedLine(const Context& ui) {
  if (!ui.in.feeds) return {};
  const FeedCounts n = countFeeds(*ui.in.feeds, ui.in.wall);
  // On a fixed clock the links' states may come a frame sooner or later: only their number is shown.
  if (ui.fixed()) return {{Mark::Square, ui.theme.textQuiet, ""}, fill(ui.tr("topbar.feeds_fixed"), {countText(ui.in.feeds->sources.size())})};
  const FeedHealth worst = n.down ? FeedHealth::Down : n.stale ? FeedHealth::Stale : FeedHealth::Ok;
  std::string text = fill(ui.tr("topbar.feeds_ok"), {countText(n.ok)});
  if (n.stale) text += fill(ui.tr("topbar.feeds_stale"), {countText(n.stale)});
  if (n.down) text += fill(ui.tr("topbar.feeds_down"), {countText(n.down)});
  return {lookOf(ui, worst), text};
}

void feedItem(const Context& ui, const FeedLine& line, float height) {
  const float width = ui.px(32) + widthOf(ui.fonts.small, line.text);
  middle(height, ui.px(30));
  const float x = ImGui::GetCursorPosX();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (hitArea("feeds", {width, ui.px(30)})) toggle(ui.shown, ui.in.mode, PanelId::Feeds);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (ImGui::IsItemHovered()) list.AddRectFilled(at, {at.x + width, at.y + ui.px(30)}, 0x1effffffu, ui.px(5));
  drawMark(list, line.look.mark, {at.x + ui.px(13), at.y + ui.px(15)}, ui.px(6), line.look.color);
  list.AddText(ui.fonts.small, ui.fonts.small->FontSize, {at.x + ui.px(25), at.y + ui.px(15) - ui.fonts.small->FontSize / 2}, ui.theme.text, line.text.c_str());
  tooltip(ui, ui.tr("topbar.feeds_hint"));
  ImGui::SetCursorPosX(x + width + ui.px(12));
}

/// Both names are there; the present one stands out.
void languageItem(const Context& ui, float height) {
  middle(height, ui.px(30));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{ui.px(84), ui.px(30)};
  const bool korean = ui.in.language == core::Language::Korean;
  if (hitArea("language", size)) ui.ask(SetLanguage{korean ? core::Language::English : core::Language::Korean});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRect(at, {at.x + size.x, at.y + size.y}, ImGui::IsItemHovered() ? ui.theme.accent : ui.theme.edge, ui.px(6));
  const float half = size.x / 2;
  const float left = at.x + (korean ? 0 : half);
  list.AddRectFilled({left + ui.px(2), at.y + ui.px(2)}, {left + half - ui.px(2), at.y + size.y - ui.px(2)}, 0x28ffffffu, ui.px(5));
  const char* words[2] = {"한글", "EN"};
  for (int i = 0; i < 2; ++i) {
    const float w = widthOf(ui.fonts.small, words[i]);
    list.AddText(ui.fonts.small, ui.fonts.small->FontSize, {at.x + half * static_cast<float>(i) + (half - w) / 2, at.y + (size.y - ui.fonts.small->FontSize) / 2},
                 (i == 0) == korean ? ui.theme.text : ui.theme.textQuiet, words[i]);
  }
  tooltip(ui, ui.tr("topbar.language_hint"));
}

std::string systemText(const Context& ui) {
  if (ui.in.system.framesPerSecond <= 0 || ui.fixed()) return {};
  return fill(ui.tr("topbar.fps"), {numberText(ui.in.system.framesPerSecond, 0)});
}

}  // namespace

void clockBadge(const Context& ui) {
  switch (ui.in.clockState) {
    case ClockState::Live: badge(ui, Mark::Dot, ui.theme.good, ui.tr("clock.live")); break;
    case ClockState::Paused: badge(ui, Mark::Bars, ui.theme.warning, ui.tr("clock.paused")); break;
    case ClockState::Replay: {
      const double behind = static_cast<double>(ui.in.shown - ui.in.wall) * 1e-9;
      badge(ui, Mark::Triangle, 0xffff8a6au, (std::string(ui.tr("clock.replay")) + " " + spanText(behind)).c_str());
      break;
    }
    case ClockState::Fixed: badge(ui, Mark::Square, ui.theme.textQuiet, ui.tr("clock.fixed")); break;
  }
}

void topBar(const Context& ui, const Rect& place, const CityWeather& weather) {
  beginStrip(ui, "##topbar", place, true);
  const float height = place.height();
  ImGui::SetCursorPosX(ui.px(14));
  if (ui.in.city) put(ui, ui.fonts.title, ui.theme.text, ui.text(ui.in.city->data.name), height, 14);
  middle(height, ui.fonts.small->FontSize + ui.px(6));
  const float x = ImGui::GetCursorPosX();
  clockBadge(ui);
  ImGui::SetCursorPosX(x + ImGui::GetItemRectSize().x + ui.px(16));
  separator(ui, height);
  clockAndDate(ui, height);
  const float used = ImGui::GetCursorPosX();

  // From the right inward, leaving out what has no room: frame rate first, then weather, then the feeds, whose
  // panel is open where it matters. Counts of alarms go last.
  const FeedLine feeds = feedLine(ui);
  const std::string fps = systemText(ui);
  const float languageWidth = ui.px(84 + 14);
  const float fpsWidth = fps.empty() ? 0 : widthOf(ui.fonts.small, fps) + ui.px(14);
  const float free = place.width() - used - languageWidth - ui.px(28);
  const float alarmWidth = alarmSummaryWidth(ui) <= free ? alarmSummaryWidth(ui) : 0;
  const float wantedFeedWidth = feeds.text.empty() ? 0 : ui.px(44) + widthOf(ui.fonts.small, feeds.text);
  const float feedWidth = wantedFeedWidth <= free - alarmWidth ? wantedFeedWidth : 0;
  const float room = free - feedWidth - alarmWidth;
  const bool showWeather = room > weatherWidth(ui, weather);
  const bool showFps = fpsWidth > 0 && room - (showWeather ? weatherWidth(ui, weather) : 0) > fpsWidth;
  if (showWeather) {
    ImGui::SetCursorPosX(used);
    separator(ui, height);
    weatherItem(ui, weather, height);
  }
  ImGui::SetCursorPosX(place.width() - languageWidth - feedWidth - alarmWidth - (showFps ? fpsWidth : 0));
  if (showFps) put(ui, ui.fonts.small, ui.theme.textQuiet, fps, height, 12);
  if (alarmWidth > 0) alarmSummary(ui, height);
  if (feedWidth > 0) feedItem(ui, feeds, height);
  languageItem(ui, height);
  endStrip();
}

}  // namespace panels

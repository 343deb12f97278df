// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/exhibition.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "twin/panels/entity_text.h"
#include "twin/panels/format.h"
#include "twin/panels/health.h"
#include "twin/panels/top_bar.h"
#include "twin/panels/views_panel.h"
#include "twin/panels/widgets.h"

namespace panels {
namespace {

/// Fingers need 15 mm, which is about 64 pixels of a 1080-line screen in public sizes.
constexpr double kTouch = 72;

float textWidth(ImFont* font, const std::string& text) { return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x; }

ImGuiWindowFlags bare() {
  return ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
         ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoFocusOnAppearing;
}

bool touchButton(const Context& ui, const char* id, const std::string& label, ImVec2 size, bool active) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool pressed = hitArea(id, size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 end{at.x + size.x, at.y + size.y};
  const uint32_t ground = ImGui::IsItemActive() ? ui.theme.accentDim : ui.theme.ground;
  list.AddRectFilled(at, end, ground, ui.px(14));
  list.AddRect(at, end, active ? ui.theme.accent : ui.theme.edge, ui.px(14), 0, active ? ui.px(2.5) : ui.px(1));
  ImFont* font = ui.fonts.body;
  float pixels = font->FontSize;
  const float room = size.x - ui.px(24);
  const float wide = textWidth(font, label);
  // A long name takes two lines before it gets smaller.
  if (wide > room) {
    const float wrap = room;
    ImVec2 box = font->CalcTextSizeA(pixels, FLT_MAX, wrap, label.c_str());
    if (box.y > size.y - ui.px(8)) pixels = ui.fonts.small->FontSize;
    font = pixels < ui.fonts.body->FontSize ? ui.fonts.small : font;
    box = font->CalcTextSizeA(font->FontSize, FLT_MAX, wrap, label.c_str());
    list.AddText(font, font->FontSize, {at.x + (size.x - box.x) / 2, at.y + (size.y - box.y) / 2}, ui.theme.text, label.c_str(), nullptr, wrap);
  } else {
    list.AddText(font, pixels, {at.x + (size.x - wide) / 2, at.y + (size.y - pixels) / 2}, ui.theme.text, label.c_str());
  }
  return pressed;
}

}  // namespace

void Exhibition::clock(const Context& ui, const CityWeather& weather, PanelWindows& windows) {
  const core::TimeZone zone = ui.in.city ? ui.in.city->data.zone : core::TimeZone{};
  const core::LocalTime local = core::toLocal(ui.in.shown, zone);
  const std::string time = core::formatClock(ui.in.shown, zone).substr(0, 5);
  const std::string date = dateText(local, ui.words) + "  " + zone.name;
  const std::string temperature = weather.temperature ? withUnit(numberText(*weather.temperature, 0), "°C") : std::string();
  std::string sentence = ui.tr("exhibition.welcome");
  if (ui.in.city)
    for (const city::NamedView& view : ui.in.city->data.views) {
      if (view.id != view_) continue;
      const char* caption = ui.words.find("caption." + view.id);
      sentence = caption ? caption : ui.text(view.name);
    }
  const float pad = ui.px(24);
  const float bigRow = ui.fonts.figure->FontSize;
  const float weatherX = pad + textWidth(ui.fonts.figure, time) + ui.px(32);
  const float width = std::min(ImGui::GetIO().DisplaySize.x * 0.62f,
                               std::max({weatherX + ui.px(64) + textWidth(ui.fonts.body, temperature), textWidth(ui.fonts.body, sentence), textWidth(ui.fonts.small, date)}) + 2 * pad);
  const float wrap = width - 2 * pad;
  const float sentenceHeight = ui.fonts.body->CalcTextSizeA(ui.fonts.body->FontSize, FLT_MAX, wrap, sentence.c_str()).y;
  const float height = pad + bigRow + ui.px(6) + ui.fonts.small->FontSize + ui.px(14) + sentenceHeight + pad;
  const Rect place{{ui.px(32), ui.px(32)}, {ui.px(32) + width, ui.px(32) + height}};
  windows.reserve(place);
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(14));
  ImGui::Begin("##clock", nullptr, bare());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  float x = place.low.x + pad;
  float y = place.low.y + pad;
  list.AddText(ui.fonts.figure, ui.fonts.figure->FontSize, {x, y}, ui.theme.text, time.c_str());
  drawIcon(list, weather.icon, {place.low.x + weatherX + ui.px(20), y + bigRow / 2}, ui.px(20), ui.theme.text);
  list.AddText(ui.fonts.body, ui.fonts.body->FontSize, {place.low.x + weatherX + ui.px(54), y + (bigRow - ui.fonts.body->FontSize) / 2}, ui.theme.text, temperature.c_str());
  y += bigRow + ui.px(6);
  list.AddText(ui.fonts.small, ui.fonts.small->FontSize, {x, y}, ui.theme.textQuiet, date.c_str());
  y += ui.fonts.small->FontSize + ui.px(14);
  list.AddText(ui.fonts.body, ui.fonts.body->FontSize, {x, y}, ui.theme.text, sentence.c_str(), nullptr, wrap);
  ImGui::End();
  ImGui::PopStyleVar();
}

void Exhibition::language(const Context& ui, PanelWindows& windows) {
  const bool korean = ui.in.language == core::Language::Korean;
  const char* other = korean ? "English" : "한국어";
  const float width = std::max(ui.px(160), textWidth(ui.fonts.body, other) + ui.px(56));
  const float height = std::max(ui.px(kTouch), ui.fonts.body->FontSize + ui.px(24));
  const float displayWidth = ImGui::GetIO().DisplaySize.x;
  const Rect place{{displayWidth - ui.px(32) - width, ui.px(32)}, {displayWidth - ui.px(32), ui.px(32) + height}};
  windows.reserve(place);
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.f);
  ImGui::Begin("##language", nullptr, bare() | ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar(2);
  if (touchButton(ui, "other", other, {width, height}, false)) ui.ask(SetLanguage{korean ? core::Language::English : core::Language::Korean});
  ImGui::End();
}

void Exhibition::views(const Context& ui, PanelWindows& windows) {
  if (!ui.in.city) return;
  const std::vector<const city::NamedView*> views = exhibitionViews(*ui.in.city);
  if (views.empty()) return;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float gap = ui.px(16);
  const auto count = static_cast<float>(views.size());
  const float each = std::min(ui.px(300), (display.x - ui.px(64) - gap * (count - 1)) / count);
  const float height = std::max(ui.px(88), ui.fonts.body->FontSize * 2 + ui.px(20));
  const float width = each * count + gap * (count - 1);
  const Rect place{{std::round((display.x - width) / 2), display.y - ui.px(32) - height}, {std::round((display.x + width) / 2), display.y - ui.px(32)}};
  windows.reserve(place);
  ImGui::SetNextWindowPos({place.low.x, place.low.y});
  ImGui::SetNextWindowSize({width + 1, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.f);
  ImGui::Begin("##views", nullptr, bare() | ImGuiWindowFlags_NoBackground);
  ImGui::PopStyleVar(2);
  for (size_t i = 0; i < views.size(); ++i) {
    ImGui::SetCursorPos({std::round(static_cast<float>(i) * (each + gap)), 0});
    if (touchButton(ui, views[i]->id.c_str(), ui.text(views[i]->name), {std::floor(each), height}, views[i]->id == view_)) {
      view_ = views[i]->id;
      ui.ask(SelectEntity{});
      ui.ask(FlyToView{view_});
    }
  }
  ImGui::End();
}

void Exhibition::card(const Context& ui, const Rect& place, PanelWindows& windows) {
  const model::Entity* entity = ui.in.mirror ? ui.in.mirror->find(ui.in.selected) : nullptr;
  if (!entity || !entity->info) return;
  const float width = windows.begin(ui, PanelId::Inspector, place, titleOf(ui, *entity).c_str(), false);
  const std::string kind = kindOf(ui, *entity);
  if (!titleOf(ui, *entity).starts_with(kind)) wrapped(ui, kind, ui.theme.textQuiet);
  const StateLook origin = lookOf(ui, entity->info->origin);
  badge(ui, origin.mark, origin.color, origin.word);
  const std::string value = mainValueOf(ui, *entity);
  if (!value.empty()) {
    ImGui::Dummy({0, ui.px(6)});
    FontScope font(ui.fonts.title);
    wrapped(ui, value, ui.theme.text);
  }
  if (const auto fresh = freshnessOf(ui, *entity)) {
    const StateLook look = lookOf(ui, fresh->health);
    markItem(ui, look.mark, look.color);
    ImGui::SameLine(0, ui.px(8));
    wrapped(ui, std::string(look.word) + " · " + ageText(fresh->ageSeconds, ui.words), ui.theme.textQuiet);
  }
  for (const char* name : {"use", "storeys", "height"})
    for (const auto& [attribute, fact] : entity->info->attributes)
      if (attribute == name && entity->info->kind == "building") wrapped(ui, attributeLabel(ui, attribute) + "  " + attributeValue(ui, attribute, fact), ui.theme.text);
  ImGui::Dummy({0, ui.px(8)});
  const float height = std::max(ui.px(kTouch), ui.fonts.body->FontSize + ui.px(24));
  const float gap = ui.px(16);
  const float half = std::floor((width - gap) / 2);
  const bool following = ui.in.following == entity->info->id;
  if (entity->moving) {
    if (touchButton(ui, "follow", ui.tr(following ? "exhibition.stop" : "exhibition.ride"), {half, height}, following)) ui.ask(FollowEntity{following ? "" : entity->info->id});
  } else if (touchButton(ui, "fly", ui.tr("exhibition.go"), {half, height}, false)) {
    ui.ask(FlyToEntity{entity->info->id});
  }
  ImGui::SameLine(0, gap);
  if (touchButton(ui, "close", ui.tr("panel.close"), {half, height}, false)) {
    ui.ask(FollowEntity{});
    ui.ask(SelectEntity{});
  }
  windows.end();
}

/// While nobody is there, in both languages: whoever comes by may read either.
void Exhibition::invitation(const Context& ui) {
  const std::string text = ui.tr("exhibition.touch");
  ImFont* font = ui.fonts.title;
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  const float wide = textWidth(font, text);
  const ImVec2 pad(ui.px(36), ui.px(18));
  const ImVec2 low(std::round(display.x / 2 - wide / 2 - pad.x), std::round(display.y - ui.px(32 + 120 + 40) - font->FontSize - 2 * pad.y));
  const ImVec2 high(low.x + wide + 2 * pad.x, low.y + font->FontSize + 2 * pad.y);
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled(low, high, ui.theme.ground, (high.y - low.y) / 2);
  list.AddRect(low, high, ui.theme.accent, (high.y - low.y) / 2, 0, ui.px(2));
  list.AddText(font, font->FontSize, {low.x + pad.x, low.y + pad.y}, ui.theme.text, text.c_str());
}

/// Any touch is the answer.
void Exhibition::stillThere(const Context& ui) {
  const ImVec2 display = ImGui::GetIO().DisplaySize;
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRectFilled({0, 0}, display, 0x80000000u);
  const std::string question = ui.tr("exhibition.still_there");
  const std::string answer = fill(ui.tr("exhibition.still_there_touch"), {std::to_string(static_cast<int>(std::ceil(ui.in.stillThereSeconds)))});
  const float wide = std::max(textWidth(ui.fonts.title, question), textWidth(ui.fonts.body, answer));
  const ImVec2 pad(ui.px(64), ui.px(48));
  const float high = ui.fonts.title->FontSize + ui.px(20) + ui.fonts.body->FontSize;
  const ImVec2 low(std::round(display.x / 2 - wide / 2 - pad.x), std::round(display.y / 2 - high / 2 - pad.y));
  list.AddRectFilled(low, {low.x + wide + 2 * pad.x, low.y + high + 2 * pad.y}, ui.theme.ground, ui.px(16));
  list.AddText(ui.fonts.title, ui.fonts.title->FontSize, {display.x / 2 - textWidth(ui.fonts.title, question) / 2, low.y + pad.y}, ui.theme.text, question.c_str());
  list.AddText(ui.fonts.body, ui.fonts.body->FontSize, {display.x / 2 - textWidth(ui.fonts.body, answer) / 2, low.y + pad.y + ui.fonts.title->FontSize + ui.px(20)},
               ui.theme.textQuiet, answer.c_str());
}

void Exhibition::build(const Context& ui, const Arrangement& places, const CityWeather& weather, PanelWindows& windows) {
  if (!ui.in.tourView.empty()) view_ = ui.in.tourView;
  clock(ui, weather, windows);
  language(ui, windows);
  views(ui, windows);
  if (const auto& place = places.panel(PanelId::Inspector)) card(ui, *place, windows);
  if (!ui.in.tourView.empty()) invitation(ui);
  if (ui.in.stillThereSeconds > 0) stillThere(ui);
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/panels.h"

#include <imgui.h>

#include "twin/panels/about_panel.h"
#include "twin/panels/actions.h"
#include "twin/panels/ahead_panel.h"
#include "twin/panels/alarm_desk.h"
#include "twin/panels/events_panel.h"
#include "twin/panels/exhibition.h"
#include "twin/panels/feeds_panel.h"
#include "twin/panels/help_overlay.h"
#include "twin/panels/hints.h"
#include "twin/panels/inspector.h"
#include "twin/panels/layers_panel.h"
#include "twin/panels/mapping_panel.h"
#include "twin/panels/plan_panel.h"
#include "twin/panels/rail.h"
#include "twin/panels/search_panel.h"
#include "twin/panels/timeline.h"
#include "twin/panels/top_bar.h"
#include "twin/panels/views_panel.h"

namespace panels {
namespace {

constexpr float kSmallestWidth = 480;
constexpr float kSmallestHeight = 270;

}  // namespace

struct Panels::State {
  ui::Fonts fonts;
  ui::Theme theme;
  const I18n& words;
  double scale = 1;
  Shown shown;
  PanelWindows windows;
  WeatherReader weather;
  SearchPanel search;
  EventsPanel events;
  MappingPanel mapping;
  PlanPanel plan;
  Timeline timeline;
  AlarmDesk alarms;
  Exhibition exhibition;
  model::EntityHandle selected;  ///< of the frame before: a new selection opens the inspector
  bool settled = false;          ///< the windows know their heights

  void draw(const PanelInput& in, std::vector<Command>& out);
  void drawDocked(const Context& ui, const Arrangement& places, const CityWeather& sky);
};

Panels::Panels(const ui::Fonts& fonts, const ui::Theme& theme, const I18n& i18n, double scale)
    : state_(new State{.fonts = fonts, .theme = theme, .words = i18n, .scale = scale}) {}

Panels::~Panels() = default;

void Panels::setFonts(const ui::Fonts& fonts, double scale) {
  state_->fonts = fonts;
  state_->scale = scale;
  state_->windows.forgetHeights();
  state_->settled = false;
}

void Panels::reset() {
  state_->shown = {};
  state_->search = {};
  state_->exhibition = {};
}

const std::vector<glm::vec4>& Panels::reserved() const { return state_->windows.reserved(); }

void Panels::State::draw(const PanelInput& in, std::vector<Command>& out) {
  const Context ui{in, fonts, theme, words, scale, shown, out};
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  if (in.selected && !(in.selected == selected)) shown.inspector = true;
  selected = in.selected;
  shown.desk = in.alarms != nullptr;
  shown.recorded = in.recordedSpan.has_value();
  shown.past = in.past.has_value();
  const bool hasSelection = in.mirror && in.mirror->find(in.selected) != nullptr;
  const Arrangement places = arrange(in.mode, {size.x, size.y}, scale, shown, hasSelection);
  windows.clearReserved();
  const CityWeather sky = weather.read(ui);
  if (in.mode == Mode::Exhibition) exhibition.build(ui, places, sky, windows);
  else drawDocked(ui, places, sky);
  if (shown.help) helpOverlay(ui, windows);
  if (in.tourView.empty()) hoverTooltip(ui);  // a resting pointer is no question
}

void Panels::State::drawDocked(const Context& ui, const Arrangement& places, const CityWeather& sky) {
  if (places.topBar) {
    topBar(ui, *places.topBar, sky);
    windows.reserve(*places.topBar);
  }
  if (places.rail) rail(ui, *places.rail, windows);
  if (const auto& place = places.panel(PanelId::Layers)) layersPanel(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Views)) viewsPanel(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Search)) search.build(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Plan)) plan.build(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Ahead)) aheadPanel(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Feeds)) {
    if (shown.mappedSource.empty()) feedsPanel(ui, *place, windows);
    else mapping.build(ui, *place, windows);
  }
  if (const auto& place = places.panel(PanelId::Events)) events.build(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Alarms)) alarms.build(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::About)) aboutPanel(ui, *place, windows);
  if (const auto& place = places.panel(PanelId::Inspector)) inspector(ui, *place, windows);
  if (places.timeline) {
    timeline.build(ui, *places.timeline);
    windows.reserve(*places.timeline);
  }
  noticeLine(ui, places.picture);
}

bool Panels::isOpen(Mode mode, PanelId panel) const { return panels::isOpen(state_->shown, mode, panel); }

void Panels::chooseAlarm(const std::string& key) {
  state_->shown.alarm = key;
  state_->shown.alarmTab = AlarmTab::Active;
}

std::vector<Command> Panels::build(const PanelInput& input) {
  std::vector<Command> commands;
  // A thumbnail has no room for words.
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  if (size.x < kSmallestWidth || size.y < kSmallestHeight) return commands;
  // Windows learn their height by being drawn. A single picture must already be right, so the first
  // frame is laid out twice before it is drawn.
  for (int i = 0; i < 2 && !state_->settled; ++i) {
    state_->draw(input, commands);
    ImGui::EndFrame();
    ImGui::NewFrame();
    commands.clear();
  }
  state_->settled = true;
  state_->draw(input, commands);
  return commands;
}

std::vector<Command> Panels::shortcuts(const platform::Input& keys, const PanelInput& input) {
  std::vector<Command> commands;
  if (ImGui::GetIO().WantTextInput) return commands;
  ActionTarget target{input, state_->shown, commands};
  runKeys(keys, target);
  return commands;
}

}  // namespace panels

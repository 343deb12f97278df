// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "twin/panels/panel_input.h"

namespace panels {

enum class PanelId : uint8_t { Layers, Views, Search, Plan, Feeds, Events, About, Inspector, Alarms, Ahead, Count };
constexpr size_t kPanels = static_cast<size_t>(PanelId::Count);

/// What the alarm desk lists.
enum class AlarmTab : uint8_t { Active, Inhibited, Figures };

/// Which panels are open. Planner: one in the side column. Control: the side column, feeds and events
/// each have their place. The inspector opens with a selection.
struct Shown {
  std::optional<PanelId> side = PanelId::Layers;
  bool feeds = true;      ///< control only
  bool events = true;     ///< control only
  bool alarms = true;     ///< control only: the desk is on the wall by default
  std::string alarm;      ///< chosen in the desk, by key; empty: the first
  AlarmTab alarmTab = AlarmTab::Active;
  bool alarmComment = false;  ///< the comment field takes the keyboard in the next frame
  bool inspector = true;
  bool help = false;
  bool desk = false;         ///< there are alarm rules: the desk needs room
  bool recorded = false;     ///< there is a recorded span: the timeline needs room for its scrubber
  std::string mappedSource;  ///< whose mapping takes the feeds panel's place; empty: the list of feeds
  bool past = false;         ///< there is history: the timeline needs more room still
  bool searchFocus = false;  ///< the search field takes the keyboard in the next frame
  double uiScale = 1;        ///< as last asked for
  std::set<std::string, std::less<>> legends{"transit", "environment"};  ///< layers whose legend is unfolded
};

inline bool isOpen(const Shown& shown, Mode mode, PanelId panel) {
  if (mode == Mode::Exhibition) return panel == PanelId::Inspector && shown.inspector;
  if (panel == PanelId::Inspector) return shown.inspector;
  if (mode == Mode::Control && panel == PanelId::Feeds) return shown.feeds;
  if (mode == Mode::Control && panel == PanelId::Events) return shown.events;
  if (mode == Mode::Control && panel == PanelId::Alarms) return shown.alarms;
  return shown.side == panel;
}

/// Opens a closed panel and closes an open one; in an exhibition there is nothing to open.
inline void toggle(Shown& shown, Mode mode, PanelId panel) {
  if (mode == Mode::Exhibition) return;
  if (panel == PanelId::Inspector) shown.inspector = !shown.inspector;
  else if (mode == Mode::Control && panel == PanelId::Feeds) shown.feeds = !shown.feeds;
  else if (mode == Mode::Control && panel == PanelId::Events) shown.events = !shown.events;
  else if (mode == Mode::Control && panel == PanelId::Alarms) shown.alarms = !shown.alarms;
  else if (shown.side == panel) shown.side.reset();
  else shown.side = panel;
  if (panel == PanelId::Search && shown.side == panel) shown.searchFocus = true;
}

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scene/scene.h"
#include "engine/scene/view.h"
#include "twin/alarms/desk.h"
#include "twin/binding/binding.h"
#include "twin/binding/legend.h"
#include "twin/city/city.h"
#include "twin/core/catalogue.h"
#include "twin/feeds/feed_stats.h"
#include "twin/feeds/mapping.h"
#include "twin/history/history_status.h"
#include "twin/history/history_view.h"
#include "twin/model/mirror.h"
#include "twin/plan/layer_stack.h"
#include "twin/traffic/look_ahead.h"

namespace panels {

enum class Mode : uint8_t { Planner, Control, Exhibition };

enum class ClockState : uint8_t { Live, Paused, Replay, Fixed };

/// The last minutes of numbers of the selected thing, kept by the app from the change batches.
struct PropertyHistory {
  std::string property;
  std::vector<std::pair<base::UtcNs, double>> samples;  ///< oldest first
};

/// A named moment.
struct Bookmark {
  std::string name;
  base::UtcNs time = 0;
};

/// What the timeline knows of the recorded past.
struct PastInput {
  history::TimeView view = history::TimeView::AsKnown;
  double rangeSeconds = 3600;                          ///< of the bar
  std::shared_ptr<const history::Overview> overview;   ///< null until it is read; of about that range
  std::vector<Bookmark> bookmarks;                     ///< oldest first
  bool loading = false;                                ///< the picture of the wanted moment is on its way
  std::string problem;                                 ///< why the past cannot be shown, empty when it can
  history::HistoryStatus status;
};

/// The look ahead, as far as its panel goes.
struct AheadInput {
  bool on = false;
  double minutes = 5;  ///< how far ahead the ghosts are
  size_t ghosts = 0;   ///< in the picture now
  traffic::LookAheadStatus status;
};

struct SystemFigures {
  double frameMs = 0;        ///< smoothed
  double framesPerSecond = 0;
  double cpuMs = 0;
  size_t residentBytes = 0;
  std::string device;        ///< name of the Vulkan device
  bool softwareDevice = false;
  int quality = 0;
};

/// Everything that panels may show this frame; nothing in it may be changed by them.
struct PanelInput {
  Mode mode = Mode::Planner;
  core::Language language = core::Language::Korean;
  ClockState clockState = ClockState::Live;
  base::UtcNs shown = 0;                 ///< the moment that is shown
  base::UtcNs wall = 0;                  ///< the machine's clock, for "-00:12:30" in replay
  double replaySpeed = 1;
  std::optional<std::pair<base::UtcNs, base::UtcNs>> recordedSpan;  ///< replay only
  std::optional<PastInput> past;         ///< none: there is no history to go back to
  const model::Mirror* mirror = nullptr;
  const city::City* city = nullptr;
  const core::Catalogue* catalogue = nullptr;
  const binding::Palette* palette = nullptr;
  const binding::Binding* binding = nullptr;
  const scene::Scene* scene = nullptr;
  scene::View view;                      ///< for labels and the compass
  const feeds::FeedStats* feeds = nullptr;
  const feeds::MappingRegistry* mappings = nullptr;  ///< of mapped feeds; constant while the program runs
  const plan::LayerStack* plan = nullptr;
  std::shared_ptr<const alarms::DeskView> alarms;  ///< null: no rules, or nobody's business here
  model::EntityHandle selected;
  model::EntityHandle hovered;           ///< under the cursor for at least 120 ms
  std::string following;                 ///< entity id, empty when free
  std::vector<PropertyHistory> history;  ///< of the selected thing
  SystemFigures system;
  std::string notice;                    ///< one line of news (SUMO was restarted ...), empty when calm
  bool matchDay = false;
  AheadInput ahead;
  std::string tourView;                  ///< exhibition without visitors: the view that is shown; else empty
  double stillThereSeconds = 0;          ///< exhibition: time left to say that one is still there; 0: not asked
  double uiScale = 0;                    ///< of the user, 1 = 100 %; 0: as last asked for by a panel
};

}  // namespace panels

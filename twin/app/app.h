// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "engine/scene/label_layout.h"
#include "twin/app/ahead.h"
#include "twin/app/alarming.h"
#include "twin/app/attract.h"
#include "twin/app/camera_control.h"
#include "twin/app/feeding.h"
#include "twin/app/frame_pace.h"
#include "twin/app/graphics.h"
#include "twin/app/history_keeper.h"
#include "twin/app/past.h"
#include "twin/app/pointer_state.h"
#include "twin/app/run_stats.h"
#include "twin/app/show_clock.h"
#include "twin/app/world.h"
#include "twin/panels/panels.h"
#include "twin/plan/resolve.h"

namespace app {

/// Owns and wires everything; decides nothing. The frame loop and the command handlers work on it.
struct App {
  Options options;
  std::unique_ptr<World> world;
  std::unique_ptr<Graphics> graphics;
  std::unique_ptr<ShowClock> clock;
  std::unique_ptr<Past> past;  ///< null without history; outlives the feeding that it listens to
  std::unique_ptr<Alarming> alarming;  ///< null without rules; outlives the feeding that it listens to
  std::unique_ptr<Feeding> feeding;

  model::Mirror mirror;
  plan::LayerStack plan;
  plan::Resolver resolver;
  std::unique_ptr<binding::Binding> binding;
  std::unique_ptr<CameraControl> camera;
  std::unique_ptr<panels::I18n> i18n;
  std::unique_ptr<panels::Panels> panels;
  ui::Fonts fonts;
  ui::Theme theme;
  scene::LabelLayout labelLayout;
  HistoryKeeper history;
  RunStats stats;
  FramePace pace;

  render::Quality quality = render::Quality::Low;
  bool scaled = false;                  ///< live on a software device: fewer pixels inside (see renderScaleOf), what is still is kept
  render::FrameReport report;           ///< of the last frame
  base::MonoNs lastFrameEnded = 0;
  scene::Camera lastCamera;
  uint32_t restFrames = 0;              ///< since the camera last moved
  feeds::FeedStats feedStats;           ///< refreshed a few times a second
  base::MonoNs feedStatsDue = 0;
  std::string following;                ///< entity id
  bool matchDay = false;
  Ahead ahead;
  bool constantShading = false;         ///< the bench's limit is being drawn
  bool quit = false;
  bool screenshot = false;
  double uiScale = 1;                   ///< of the user, 1 = 100 %
  bool fontsDirty = false;
  PointerState pointer;
  std::optional<Attract> attract;       ///< exhibition only
  Attract::Step attractStep;
  glm::dvec2 attractCursor{0};
  std::string attractView;              ///< id of the view that the tour shows
};

/// One line for the user, and what the program ends with.
struct StartFailure {
  int exitCode = kExitInput;
  std::string text;
};
/// Loads and opens everything of the options. Null on failure; `failure` then says why.
std::unique_ptr<App> startApp(const Options& options, StartFailure& failure);

/// Builds fonts and panels for the target's height and the user's scale.
base::Status buildUi(App& app);

/// Pixels per design pixel: the target's height against 1080 lines, times the user's scale.
double uiScaleOf(const App& app);

/// Internal pixels per target pixel, each way: 1, or less where a software device must keep up with live
/// motion at a large size; more of them while the camera rests.
float renderScaleOf(const App& app);

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/frame_loop.h"

#include <chrono>
#include <thread>
#include <utility>

#include "engine/ui/label_draw.h"
#include "twin/app/attendance.h"
#include "twin/app/commands.h"
#include "twin/app/history_to_write.h"
#include "twin/app/pointer.h"
#include "twin/panels/alarm_list.h"

namespace app {
namespace {

constexpr int64_t kStatsEvery = base::kNsPerSecond / 4;
constexpr double kFollowDistance = 55;  // metres
constexpr double kFollowPitch = -0.35;

/// What --select and --follow name may arrive only with the first messages.
void applyStartSelection(App& app) {
  if (!app.options.select.empty() && !app.binding->selected()) selectEntity(app, app.options.select);
  if (!app.options.follow.empty() && app.following.empty() && app.mirror.handleOf(app.options.follow)) {
    app.following = app.options.follow;
    app.options.follow.clear();
    // Nobody watches the flight there in a headless run.
    glm::dvec3 at;
    double radius = 0;
    const model::EntityHandle handle = app.mirror.handleOf(app.following);
    if (app.graphics->headless() && app.binding->whereIs(app.mirror, handle, at, radius)) {
      const scene::Camera& now = app.camera->camera();
      app.camera->jumpTo(scene::lookAt(at, kFollowDistance, now.heading, kFollowPitch, now.verticalFov));
    }
  }
}

/// The camera moves by hand, in flight, or along with what it follows.
scene::View moveCamera(App& app, const platform::Input& input, glm::ivec2 size, const base::Tick& time) {
  const bool forUi = app.graphics->imgui().wantsMouse();
  app.camera->update(cameraInputOf(app.pointer, input, size, forUi, app.graphics->imgui().wantsKeyboard()), time.deltaSeconds);
  if (!app.following.empty()) {
    glm::dvec3 at;
    double radius = 0;
    const model::EntityHandle handle = app.mirror.handleOf(app.following);
    if (handle && app.binding->whereIs(app.mirror, handle, at, radius)) app.camera->follow(at, time.deltaSeconds);
    else app.following.clear();
  }
  return {.camera = app.camera->camera(), .width = static_cast<uint32_t>(size.x), .height = static_cast<uint32_t>(size.y)};
}

/// What changed in the picture: live, or in the past that the user looks at. Live goes on meanwhile.
model::ChangeBatch takeChanges(App& app) {
  model::ChangeBatch live = app.feeding->take();
  model::Mirror& mirror = app.past ? app.past->liveMirror(app.mirror) : app.mirror;
  if (!mirror.apply(live)) {
    live = app.feeding->keyframe();
    mirror.apply(live);
  }
  app.history.remember(live);
  if (!app.past) return live;
  const model::Entity* const selected = app.mirror.find(app.binding->selected());
  const std::string id = selected ? selected->info->id : std::string();
  model::ChangeBatch changes = app.past->advance(app.mirror, std::move(live), *app.clock, app.feedStats);
  // The same thing may have another handle at another time.
  if (!id.empty() && !app.mirror.find(app.binding->selected())) selectEntity(app, id);
  return changes;
}

/// Remembers which picture shows what for the first time, and counts its age once that picture is ready. Of a replay
/// or a fixed clock that age would say nothing.
class ShownNews {
 public:
  explicit ShownNews(App& app) : latency_(app.stats.latency()), live_(app.clock->state() == panels::ClockState::Live && !app.clock->inPast()) {}
  void take(const model::ChangeBatch& changes) {
    if (live_) latency_.take(changes);
  }
  void drawn(const render::FrameReport& report) {
    if (report.drawn) latency_.drawn(report.frame);
    finished(report.finished);
  }
  void finished(const std::optional<render::FinishedFrame>& seen) {
    if (seen) latency_.finished(seen->frame, base::SystemClock::utcNow() - (base::SystemClock::monoNow() - seen->seen));
  }

 private:
  ShownLatency& latency_;
  bool live_;
};

/// Before anything is gathered: what arrives meanwhile is in this picture, not in the next. A run that waits for each
/// picture has nothing to gain.
std::optional<render::FinishedFrame> waitForDevice(App& app, bool wait) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  if (app.scaled) return app.graphics->renderer().waitUntilIdle();
  const auto ready = app.graphics->renderer().waitForRoom();
  if (wait) return ready;
  std::this_thread::sleep_for(std::chrono::nanoseconds(app.pace.holdBack(base::SystemClock::monoNow() - begun)));
  return ready;
}

/// Curves of the selected thing: out of history while the past is shown, else of the last minutes.
std::vector<panels::PropertyHistory> curvesOf(App& app, model::EntityHandle selected) {
  const model::Entity* const entity = app.mirror.find(selected);
  if (app.past && entity && app.clock->inPast()) return app.past->curves(entity->info->id);
  return app.history.of(selected);
}

/// Ghosts belong to now: a picture that is paused or of the past has none, and what is scored is always what is live.
void lookAhead(App& app) {
  if (app.clock->isFixed()) return;
  const model::Mirror& live = app.past ? app.past->liveMirror(app.mirror) : app.mirror;
  const bool now = app.clock->state() == panels::ClockState::Live && !app.clock->inPast();
  app.ahead.follow(app.feeding->lookAhead(), live, base::SystemClock::utcNow(), now, *app.binding);
}

/// The public sees the city, not its operators' work; a planner sees alarms while their panel is open.
bool alarmsInPicture(const App& app) {
  if (app.clock->inPast()) return false;  // they are of now
  return app.options.mode == panels::Mode::Control || (app.panels && app.panels->isOpen(app.options.mode, panels::PanelId::Alarms));
}

/// What the alarms cannot hear by themselves: dead links, and a history that cannot be written.
void reportToAlarms(App& app) {
  app.alarming->report(app.feedStats);
  if (!app.past) return;
  const history::HistoryStatus status = app.past->panelInput().status;
  const bool stopped = hasStopped(status);
  app.alarming->reportStore({.full = stopped, .text = stopped ? status.problem : std::string()});
}

panels::PanelInput panelInput(App& app, const scene::View& view, const base::Tick& time) {
  panels::PanelInput in;
  in.mode = app.options.mode;
  in.language = app.i18n->language();
  in.clockState = app.clock->state();
  in.shown = time.utc;
  in.wall = app.clock->isFixed() ? time.utc : base::SystemClock::utcNow();
  in.replaySpeed = app.clock->speed();
  if (const auto span = app.feeding->recordedSpan(); span.second > span.first) in.recordedSpan = span;
  in.mirror = &app.mirror;
  in.city = &app.world->city();
  in.catalogue = app.world->catalogue.get();
  in.palette = &app.world->palette;
  in.binding = app.binding.get();
  in.scene = &app.world->scene;
  in.view = view;
  in.feeds = &app.feedStats;
  in.mappings = app.feeding->mappings();
  in.plan = &app.plan;
  in.selected = app.binding->selected();
  in.hovered = hoveredEntity(app, time);
  in.following = app.following;
  in.history = curvesOf(app, in.selected);
  if (app.past) {
    app.past->refresh(app.mirror.find(in.selected), in.shown, in.wall, time.mono);
    in.past = app.past->panelInput();
  }
  // On a fixed clock nothing that varies from run to run may be seen.
  if (!app.clock->isFixed()) {
    in.system.frameMs = app.stats.smoothedFrameMs();
    in.system.framesPerSecond = in.system.frameMs > 0 ? 1000 / in.system.frameMs : 0;
    in.system.cpuMs = app.report.cpuMs;
    in.system.residentBytes = residentBytes();
    in.system.device = app.graphics->device().name();
  }
  in.system.softwareDevice = app.graphics->device().type() == VK_PHYSICAL_DEVICE_TYPE_CPU;
  in.system.quality = static_cast<int>(app.quality);
  in.notice = app.feeding->notice();
  if (app.alarming && in.mode != panels::Mode::Exhibition) in.alarms = app.alarming->view();
  if (in.notice.empty() && app.feeding->collectsCapsule()) in.notice = app.i18n->tr("capsule.collecting");
  in.matchDay = app.matchDay;
  in.ahead = app.ahead.panelInput();
  if (app.attract) {
    if (app.attractStep.phase == Attract::Phase::Touring) in.tourView = app.attractView;
    if (app.attractStep.phase == Attract::Phase::Asking) in.stillThereSeconds = app.attractStep.secondsLeft;
  }
  in.uiScale = app.uiScale;
  return in;
}

/// Labels and panels of this frame; what the user asked for is carried out at its end.
std::vector<panels::Command> buildPanels(App& app, const platform::Input& input, const scene::View& view, const base::Tick& time) {
  app.graphics->uiPass().newFrame();
  app.graphics->imgui().newFrame(input, app.graphics->size(), time.deltaSeconds);
  std::vector<panels::Command> commands;
  if (!app.options.noUi) {
    const panels::PanelInput in = panelInput(app, view, time);
    commands = app.panels->build(in);
    for (panels::Command& command : app.panels->shortcuts(input, in)) commands.push_back(std::move(command));
  }
  if (!app.options.noLabels) {
    const double scale = uiScaleOf(app);
    const auto measure = [&](const scene::Label& label) { return ui::measureLabel(app.fonts, label, scale); };
    static const std::vector<glm::vec4> kNothing;
    const auto& placed = app.labelLayout.place(app.world->scene.labels, view, measure, app.options.noUi ? kNothing : app.panels->reserved());
    ui::drawLabels(app.fonts, app.world->scene.labels, placed, scale, app.world->scene.environment.nightFactor < 0.4f);
    panels::alarmSymbols(app.fonts, app.world->palette, *app.binding, placed, scale, app.clock->isFixed() ? time.utc : base::SystemClock::utcNow());
  }
  app.graphics->imgui().render();
  return commands;
}

}  // namespace

void runFrame(App& app, const platform::Input& input, const gpu::Target& target, bool wait) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  const std::optional<render::FinishedFrame> ready = waitForDevice(app, wait);
  const int64_t begunOwn = base::SystemClock::threadNow();
  const base::Tick time = app.clock->tick();
  ShownNews news(app);
  news.finished(ready);
  trackPointer(app.pointer, input, time.mono);
  const glm::ivec2 size(static_cast<int>(target.extent.width), static_cast<int>(target.extent.height));

  app.feeding->advanceTo(time.utc);
  const model::ChangeBatch changes = takeChanges(app);
  news.take(changes);
  if (app.alarming) app.alarming->advanceTo(time.utc);
  const plan::Resolved& resolved = app.resolver.resolve(app.mirror, changes, app.plan);
  app.binding->bind(resolved, time.utc);
  if (app.alarming) app.binding->showAlarms(alarmsInPicture(app) ? app.alarming->view() : nullptr, time.utc);
  lookAhead(app);
  applyStartSelection(app);
  attend(app, input, time.deltaSeconds);
  const scene::View view = moveCamera(app, input, size, time);
  app.restFrames = view.camera == std::exchange(app.lastCamera, view.camera) ? app.restFrames + 1 : 0;
  app.feeding->see(view);
  if (time.mono >= app.feedStatsDue) {
    app.feedStats = app.feeding->stats();
    if (app.alarming) reportToAlarms(app);
    app.feedStatsDue = time.mono + kStatsEvery;
  }
  std::vector<panels::Command> commands;
  if (app.graphics->hasUi()) commands = buildPanels(app, input, view, time);

  const int64_t beforeDrawing = base::SystemClock::threadNow() - begunOwn;
  app.report = app.graphics->renderer().render({.scene = app.world->scene,
                                                .views = {&view, 1},
                                                .time = time,
                                                .timeMs = binding::BindTime::sceneMsOf(time.utc),
                                                .target = target,
                                                .quality = app.quality,
                                                .pick = pickPixel(app, input, size),
                                                .ui = app.graphics->hasUi() ? &app.graphics->uiPass() : nullptr,
                                                .renderScale = renderScaleOf(app),
                                                .wait = wait,
                                                .constantShading = app.constantShading,
                                                .keepStill = app.scaled});
  news.drawn(app.report);
  const double appCpuMs = static_cast<double>(beforeDrawing) * 1e-6 + app.report.cpuMs;
  for (panels::Command& command : pointerCommands(app, input, time)) commands.push_back(std::move(command));
  for (const panels::Command& command : commands) carryOut(app, command);
  // From picture to picture: what a viewer sees, pauses of the loop included.
  const base::MonoNs ended = base::SystemClock::monoNow();
  const double frameMs = static_cast<double>(ended - (app.lastFrameEnded != 0 ? app.lastFrameEnded : begun)) * 1e-6;
  app.lastFrameEnded = ended;
  if (app.constantShading) app.stats.limitFrame(app.report);
  else app.stats.frame(app.report, frameMs, appCpuMs);
}

}  // namespace app

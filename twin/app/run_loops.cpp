// SPDX-License-Identifier: Apache-2.0
#include "twin/app/frame_loop.h"

#include <chrono>
#include <csignal>
#include <utility>
#include <thread>

#include "engine/base/log.h"
#include "twin/app/commands.h"
#include "twin/app/png_file.h"
#include "twin/app/screenshot.h"

namespace app {
namespace {

/// Frames of one kind in a row with --bench-limit.
constexpr uint32_t kBenchBlock = 10;

volatile std::sig_atomic_t gStop = 0;

void installStopSignals() {
  const auto stop = [](int) { gStop = 1; };
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
}

glm::ivec2 sizeOf(const platform::Input& input) {
  return {static_cast<int>(input.framebuffer.width), static_cast<int>(input.framebuffer.height)};
}

double secondsSince(base::MonoNs start) { return static_cast<double>(base::SystemClock::monoNow() - start) * 1e-9; }

int finish(App& app, int code) {
  app.feeding->stop();  // finishes what was received, so that the account below has nothing under way
  app.feedStats = app.feeding->stats();
  if (app.past) app.past->stop();
  if (app.alarming) app.alarming->stop();
  if (!app.options.stats.empty()) {
    const auto& validation = app.graphics->validation();
    const auto written = app.stats.write(app.options.stats, app.feedStats, app.graphics->device().name(), validation ? validation->count() : 0,
                                         app.feeding->stateHash(), app.alarming ? app.alarming->view().get() : nullptr);
    if (!written) {
      base::logError(written.error());
      code = code == kExitOk ? kExitInput : code;
    }
  }
  return code;
}

int lost(App& app) {
  base::logError("the graphics device was lost (" + app.report.error + "): start the program again; after three times try --quality low");
  return finish(app, kExitDeviceLost);
}

/// A software device shares its cores with feeds and simulators: it rests when a picture took less than a thirtieth of
/// a second. Nothing on a fixed clock or a GPU.
void pace(const App& app, base::MonoNs begun) {
  constexpr base::MonoNs kPeriod = base::kNsPerSecond / 30;
  const base::MonoNs left = begun + kPeriod - base::SystemClock::monoNow();
  if (app.scaled && left > 0) std::this_thread::sleep_for(std::chrono::nanoseconds(left));
}

base::Status savePicture(App& app, const std::filesystem::path& file) {
  auto picture = app.graphics->readPicture();
  if (!picture) return base::Error{picture.error()};
  const glm::ivec2 size = app.graphics->size();
  return writePng(file, static_cast<uint32_t>(size.x), static_cast<uint32_t>(size.y), *picture);
}

/// A fresh picture of each view in turn, a few seconds apart, until told to stop: what a machine without
/// a display can show of the live twin.
int runLivePictures(App& app, const platform::Input& nothing) {
  constexpr double kSecondsPerView = 3;
  constexpr auto kFramePause = std::chrono::milliseconds(100);
  const base::MonoNs begun = base::SystemClock::monoNow();
  const auto& views = app.world->city().data.views;
  for (size_t turn = 0; gStop == 0; ++turn) {
    const city::NamedView* view = views.empty() ? nullptr : &views[turn % views.size()];
    if (view && app.options.view.empty()) app.camera->jumpTo(cameraOf(*view));
    const std::string name = view && app.options.view.empty() ? view->id : app.options.view.empty() ? "city" : app.options.view;
    for (const base::MonoNs shown = base::SystemClock::monoNow(); secondsSince(shown) < kSecondsPerView && gStop == 0;) {
      if (app.options.seconds > 0 && secondsSince(begun) >= app.options.seconds) return finish(app, kExitOk);
      runFrame(app, nothing, *app.graphics->acquire(sizeOf(nothing)), true);
      if (app.report.deviceLost) return lost(app);
      app.stats.firstPicture(secondsSince(begun));
      std::this_thread::sleep_for(kFramePause);
    }
    const std::filesystem::path file = app.options.livePictures / (name + ".png");
    if (auto saved = savePicture(app, file); !saved) {
      base::logError(saved.error());
      return finish(app, kExitInput);
    }
    base::logInfo(core::formatDateTime(app.clock->shown(), app.world->city().data.zone) + ", " + std::to_string(app.mirror.size()) +
                  " things, picture " + file.string());
  }
  return finish(app, kExitOk);
}

}  // namespace

int runWindow(App& app) {
  installStopSignals();
  const base::MonoNs begun = base::SystemClock::monoNow();
  platform::Window& window = *app.graphics->window();
  while (!app.quit && gStop == 0) {
    const base::MonoNs frameBegun = base::SystemClock::monoNow();
    const platform::Input input = window.poll();
    if (input.closeRequested) break;
    if (app.options.seconds > 0 && secondsSince(begun) >= app.options.seconds) break;
    const auto target = app.graphics->acquire(sizeOf(input));
    if (!target) {
      window.waitEvents(0.05);
      continue;
    }
    if (app.fontsDirty) {
      app.fontsDirty = false;
      if (auto built = buildUi(app); !built) base::logError(built.error());
    }
    runFrame(app, input, *target, false);
    if (app.report.deviceLost) return lost(app);
    app.graphics->present(app.report.drawn);
    if (std::exchange(app.screenshot, false)) {
      const auto taken = takeScreenshot(app, std::filesystem::current_path());
      if (taken) base::logInfo("picture " + taken->string());
      else base::logError(taken.error());
    }
    app.stats.firstPicture(secondsSince(begun));
    pace(app, frameBegun);
  }
  return finish(app, kExitOk);
}

int runHeadless(App& app) {
  installStopSignals();
  const base::MonoNs begun = base::SystemClock::monoNow();
  const bool bySeconds = app.options.seconds > 0;
  const uint32_t frames = app.options.frames > 0 ? app.options.frames : bySeconds ? UINT32_MAX : 1;
  platform::Input nothing;
  const glm::ivec2 size = app.graphics->size();
  nothing.framebuffer = nothing.window = {static_cast<uint32_t>(size.x), static_cast<uint32_t>(size.y)};
  if (!app.options.livePictures.empty()) return runLivePictures(app, nothing);
  for (uint32_t i = 0; i < frames && !app.quit && gStop == 0; ++i) {
    if (bySeconds && secondsSince(begun) >= app.options.seconds) break;
    const base::MonoNs frameBegun = base::SystemClock::monoNow();
    const auto target = app.graphics->acquire(sizeOf(nothing));
    ENSURE(target.has_value());
    const bool last = i + 1 == frames;
    // In blocks, since a change of passes costs; the same run, so that both see the same machine.
    app.constantShading = app.options.benchLimit && !last && (i / kBenchBlock) % 2 == 1;
    runFrame(app, nothing, *target, last || app.clock->isFixed());
    if (app.report.deviceLost) return lost(app);
    if (!app.report.error.empty()) {
      base::logError(app.report.error);
      return finish(app, kExitDevice);
    }
    app.stats.firstPicture(secondsSince(begun));
    if (bySeconds) pace(app, frameBegun);
  }
  if (!app.options.out.empty()) {
    if (auto saved = savePicture(app, app.options.out); !saved) {
      base::logError(saved.error());
      return finish(app, kExitInput);
    }
  }
  return finish(app, kExitOk);
}

}  // namespace app

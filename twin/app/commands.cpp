// SPDX-License-Identifier: Apache-2.0
#include "twin/app/commands.h"

#include <fstream>

#include "engine/base/log.h"
#include "twin/app/capsule.h"

namespace app {
namespace {

template <typename... F>
struct Cases : F... {
  using F::operator()...;
};

void flyToEntity(App& app, const std::string& id) {
  glm::dvec3 at;
  double radius = 0;
  const model::EntityHandle handle = app.mirror.handleOf(id);
  if (!handle || !app.binding->whereIs(app.mirror, handle, at, radius)) return;
  app.following.clear();
  app.camera->flyToPoint(at, radius);
  selectEntity(app, id);
}

/// The desk's list as a file in the current folder, named after the shown moment.
void exportAlarms(App& app) {
  if (!app.alarming) return;
  std::string name = "alarms-" + core::formatDateTime(app.clock->shown(), app.world->city().data.zone) + ".csv";
  for (char& c : name) c = c == ' ' ? '_' : c == ':' ? '-' : c;
  std::ofstream file(name, std::ios::binary | std::ios::trunc);
  file << alarms::deskCsv(*app.alarming->view(), app.i18n->language());
  file.close();
  if (!file) return base::logError("cannot write " + name + ": check the folder and the space on the disk");
  base::logInfo("alarm list " + std::filesystem::absolute(name).string());
}

void addEdit(App& app, const plan::Edit& edit) {
  if (app.plan.layers().empty()) app.plan.addLayer(app.i18n->language() == core::Language::Korean ? "대안 1" : "Alternative 1");
  app.plan.addEdit(app.plan.layers().size() - 1, edit);
}

}  // namespace

const city::NamedView* findView(const App& app, std::string_view id) {
  for (const city::NamedView& view : app.world->city().data.views)
    if (view.id == id) return &view;
  return nullptr;
}

scene::Camera cameraOf(const city::NamedView& view) {
  return scene::lookAt(view.target, view.distance, view.heading, view.pitch, view.fov);
}

void selectEntity(App& app, const std::string& id) {
  app.binding->select(id.empty() ? model::EntityHandle{} : app.mirror.handleOf(id));
}

void carryOut(App& app, const panels::Command& command) {
  std::visit(Cases{
      [&](const panels::SelectEntity& c) { selectEntity(app, c.id); },
      [&](const panels::FlyToEntity& c) { flyToEntity(app, c.id); },
      [&](const panels::FollowEntity& c) {
        app.following = c.id;
        if (c.id.empty()) app.camera->stopFollowing();
      },
      [&](const panels::FlyToView& c) {
        if (const city::NamedView* view = findView(app, c.view)) {
          app.following.clear();
          app.camera->flyTo(cameraOf(*view));
        }
      },
      [&](const panels::FlyToPoint& c) { app.camera->flyToPoint(c.target, c.distance / 6); },
      [&](const panels::SetLanguage& c) {
        app.i18n->setLanguage(c.language);
        app.binding->setLanguage(c.language);
      },
      [&](const panels::SetLayerVisible& c) { app.binding->setLayerVisible(c.layer, c.visible); },
      [&](const panels::SetPaused& c) { app.clock->setPaused(c.paused); },
      [&](const panels::SetReplaySpeed& c) { app.clock->setSpeed(c.speed); },
      [&](const panels::SeekTo& c) {
        app.clock->seek(c.utc);
        app.feeding->seekTo(c.utc);
      },
      [&](const panels::GoLive&) { app.clock->goLive(); },
      [&](const panels::SetTimeView& c) {
        if (app.past) app.past->setView(c.view);
      },
      [&](const panels::SetTimelineRange& c) {
        if (app.past) app.past->setRange(c.seconds);
      },
      [&](const panels::AddBookmark& c) {
        if (app.past) app.past->addBookmark(c.name.empty() ? core::formatDateTime(app.clock->shown(), app.world->city().data.zone) : c.name, app.clock->shown());
      },
      [&](const panels::RemoveBookmark& c) {
        if (app.past) app.past->removeBookmark(c.index);
      },
      [&](const panels::AddPlanEdit& c) { addEdit(app, c.edit); },
      [&](const panels::SetPlanLayerEnabled& c) {
        if (c.layer < app.plan.layers().size()) app.plan.setEnabled(c.layer, c.enabled);
      },
      [&](const panels::Undo&) { app.plan.undo(); },
      [&](const panels::Redo&) { app.plan.redo(); },
      [&](const panels::SetUiScale& c) {
        app.uiScale = std::clamp(c.scale, 0.5, 4.0);
        app.fontsDirty = true;
      },
      [&](const panels::SetQuality& c) { app.quality = static_cast<render::Quality>(std::clamp(c.level, 0, 2)); },
      [&](const panels::SetMatchDay& c) {
        app.matchDay = c.on;
        app.feeding->setMatchDay(c.on);
      },
      [&](const panels::SetLookAhead& c) { app.ahead.setOn(c.on); },
      [&](const panels::SetAheadMinutes& c) { app.ahead.setMinutes(c.minutes); },
      [&](const panels::ToggleFullscreen&) {
        if (platform::Window* window = app.graphics->window()) window->setFullScreen(!window->fullScreen());
      },
      [&](const panels::TakeScreenshot&) { app.screenshot = true; },
      [&](const panels::ToggleCapsule&) { toggleCapsule(app); },
      [&](const panels::NorthUp&) { app.camera->northUp(); },
      [&](const panels::TopView&) { app.camera->topView(); },
      [&](const panels::Home&) {
        app.following.clear();
        if (!app.world->city().data.views.empty()) app.camera->flyTo(cameraOf(app.world->city().data.views.front()));
      },
      [&](const panels::AlarmRequest& c) {
        if (app.alarming) app.alarming->request(c.request);
      },
      [&](const panels::ChooseAlarm& c) {
        if (app.panels) app.panels->chooseAlarm(c.key);
      },
      [&](const panels::ExportAlarms&) { exportAlarms(app); },
      [&](const panels::Quit&) { app.quit = true; },
  }, command);
}

}  // namespace app

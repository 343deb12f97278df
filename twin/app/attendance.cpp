// SPDX-License-Identifier: Apache-2.0
#include "twin/app/attendance.h"

#include <algorithm>

#include "twin/app/app.h"
#include "twin/app/commands.h"
#include "twin/panels/views_panel.h"

namespace app {
namespace {

/// A tour never stands quite still: about two degrees over a view's time.
constexpr double kDrift = 0.0015;  // radians per second
/// A hand that rests on a mouse moves it by less.
constexpr double kMovedPixels = 3;

bool touchedBy(const platform::Input& input, glm::dvec2& lastCursor) {
  bool touched = !input.keys.empty() || !input.text.empty() || input.scroll.x != 0 || input.scroll.y != 0;
  for (const platform::ButtonState& button : input.buttons) touched = touched || button.down || button.pressed || button.released;
  const glm::dvec2 cursor(input.cursor.x, input.cursor.y);
  if (input.cursorInside && glm::distance(cursor, lastCursor) > kMovedPixels) {
    lastCursor = cursor;
    touched = true;
  }
  return touched;
}

/// As the visitor before the first one found it: nothing of a visit stays (privacy, and a known start).
void putBack(App& app) {
  app.following.clear();
  app.camera->stopFollowing();
  selectEntity(app, {});
  app.i18n->setLanguage(app.options.language);
  app.binding->setLanguage(app.options.language);
  for (const binding::LayerRow& layer : binding::standardLayers()) app.binding->setLayerVisible(layer.name, layer.visible);
  app.clock->setPaused(false);
  app.clock->goLive();
  if (app.matchDay != app.options.matchDay) {
    app.matchDay = app.options.matchDay;
    app.feeding->setMatchDay(app.matchDay);
  }
  const double scale = app.options.uiScale > 0 ? app.options.uiScale : 1;
  app.fontsDirty = app.fontsDirty || app.uiScale != scale;
  app.uiScale = scale;
  if (app.panels) app.panels->reset();
}

}  // namespace

void attend(App& app, const platform::Input& input, double deltaSeconds) {
  if (app.options.mode != panels::Mode::Exhibition || app.graphics->headless() || app.clock->isFixed()) return;
  const auto views = panels::exhibitionViews(app.world->city());
  if (!app.attract) {
    app.attract.emplace(views.size());
    app.attractCursor = {input.cursor.x, input.cursor.y};
  }
  app.attractStep = app.attract->update(touchedBy(input, app.attractCursor), deltaSeconds);
  if (app.attractStep.reset) putBack(app);
  if (app.attractStep.showView && app.attractStep.view < views.size()) {
    app.attractView = views[app.attractStep.view]->id;
    app.camera->flyTo(cameraOf(*views[app.attractStep.view]));
  }
  if (app.attractStep.phase == Attract::Phase::Touring) app.camera->drift(kDrift * deltaSeconds);
}

}  // namespace app

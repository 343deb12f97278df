// SPDX-License-Identifier: Apache-2.0
#include "twin/app/pointer.h"

#include <algorithm>

namespace app {
namespace {

constexpr int64_t kHoverDelay = 120 * base::kNsPerMs;
/// A press that moved farther than this is a drag, not a click.
constexpr double kClickPixels = 5;
constexpr int64_t kDoubleClick = 350 * base::kNsPerMs;

}  // namespace

void trackPointer(PointerState& pointer, const platform::Input& input, base::MonoNs now) {
  const glm::dvec2 cursor(input.cursor.x, input.cursor.y);
  pointer.move = cursor - pointer.cursor;
  pointer.cursor = cursor;
  pointer.doubleClick = false;
  if (!input.button(platform::Button::Left).pressed) return;
  const bool again = now - pointer.lastPress < kDoubleClick && glm::distance(cursor, pointer.pressedAt) < kClickPixels;
  pointer.doubleClick = again;
  pointer.lastPress = again ? 0 : now;
  pointer.pressedAt = cursor;
}

CameraInput cameraInputOf(const PointerState& pointer, const platform::Input& input, glm::ivec2 size, bool mouseTaken, bool keysTaken) {
  using platform::Button;
  using platform::Key;
  CameraInput c;
  c.viewportHeight = size.y;
  c.aspect = static_cast<double>(size.x) / std::max(1, size.y);
  c.cursorNdc = {pointer.cursor.x / std::max(1, size.x) * 2 - 1, pointer.cursor.y / std::max(1, size.y) * 2 - 1};
  c.cursorMove = pointer.move;
  if (!mouseTaken) {
    const bool turning = input.modifiers.control;
    const bool left = input.button(Button::Left).down;
    c.pan = left && !turning;
    c.orbit = input.button(Button::Right).down || (left && turning);
    c.tilt = input.button(Button::Middle).down;
    c.zoom = input.scroll.y;
  }
  if (!keysTaken && !input.modifiers.control && !input.modifiers.alt) {
    const auto axis = [&](Key more, Key less) { return (input.down(more) ? 1.0 : 0.0) - (input.down(less) ? 1.0 : 0.0); };
    c.fly = {axis(Key::D, Key::A), axis(Key::W, Key::S), axis(Key::E, Key::Q)};
    c.flySpeed = input.modifiers.shift ? 10 : 1;
  }
  return c;
}

std::optional<render::PixelPosition> pickPixel(const App& app, const platform::Input& input, glm::ivec2 size) {
  const bool inside = input.cursorInside && input.cursor.x >= 0 && input.cursor.y >= 0 && input.cursor.x < size.x && input.cursor.y < size.y;
  if (!inside || (app.graphics->hasUi() && app.graphics->imgui().wantsMouse())) return std::nullopt;
  return render::PixelPosition{static_cast<int32_t>(input.cursor.x), static_cast<int32_t>(input.cursor.y)};
}

model::EntityHandle hoveredEntity(App& app, const base::Tick& time) {
  const uint32_t pick = app.report.pick ? app.report.pick->id : 0;
  if (pick != app.pointer.hoverPick) {
    app.pointer.hoverPick = pick;
    app.pointer.hoverSince = time.mono;
  }
  const bool rests = pick != 0 && time.mono - app.pointer.hoverSince >= kHoverDelay && !app.camera->moving();
  const model::EntityHandle entity = rests ? app.mirror.handleOf(app.binding->entityAt(pick)) : model::EntityHandle{};
  app.binding->hover(entity);
  return entity;
}

/// A click on an alarm's symbol: the desk explains it, and the camera goes there.
std::vector<panels::Command> chooseAlarm(const App& app, const std::string& key) {
  std::vector<panels::Command> commands{panels::ChooseAlarm{key}};
  const auto view = app.alarming->view();
  const alarms::AlarmRow* row = view->find(key);
  if (row == nullptr) return commands;
  if (app.mirror.handleOf(row->alarm.subject)) commands.emplace_back(panels::FlyToEntity{row->alarm.subject});
  else if (row->alarm.position) commands.emplace_back(panels::FlyToPoint{*row->alarm.position, 300});
  return commands;
}

std::vector<panels::Command> pointerCommands(App& app, const platform::Input& input, const base::Tick&) {
  std::vector<panels::Command> commands;
  if (app.graphics->hasUi() && app.graphics->imgui().wantsMouse()) return commands;
  const bool released = input.button(platform::Button::Left).released;
  if (!released && !app.pointer.doubleClick) return commands;
  if (glm::distance(app.pointer.pressedAt, app.pointer.cursor) > kClickPixels) return commands;

  std::string entity;
  if (const scene::PlacedLabel* label = app.labelLayout.at(glm::vec2(app.pointer.cursor))) {
    if (const binding::AlarmSymbol* alarm = app.binding->alarmAt(label->id)) return chooseAlarm(app, alarm->alarm);
    if (const scene::Label* text = app.world->scene.labels.find(label->id)) entity = app.binding->entityAt(text->pick);
  }
  if (entity.empty() && app.report.pick) entity = app.binding->entityAt(app.report.pick->id);
  if (app.pointer.doubleClick) {
    if (!entity.empty()) commands.emplace_back(panels::FlyToEntity{entity});
    else if (app.report.pick && app.report.pick->hit) commands.emplace_back(panels::FlyToPoint{app.report.pick->position, 150});
  } else {
    commands.emplace_back(panels::SelectEntity{entity});
  }
  return commands;
}

}  // namespace app

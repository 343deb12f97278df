// SPDX-License-Identifier: Apache-2.0
#include "twin/app/pointer.h"

namespace app {
namespace {

constexpr int64_t kHoverDelay = 120 * base::kNsPerMs;
/// A press that moved farther than this is a drag, not a click.
constexpr double kClickPixels = 5;

}  // namespace

CameraInput cameraInputOf(const platform::Input& input, glm::ivec2 size, bool mouseTaken, bool keysTaken) {
  using platform::Key;
  CameraInput c;
  c.viewportHeight = size.y;
  c.aspect = static_cast<double>(size.x) / std::max(1, size.y);
  c.cursorNdc = {input.cursor.x / std::max(1, size.x) * 2 - 1, input.cursor.y / std::max(1, size.y) * 2 - 1};
  c.cursorMove = input.cursorMove;
  if (!mouseTaken) {
    const bool turning = input.modifiers.control;
    c.pan = input.buttons[0] && !turning;
    c.orbit = input.buttons[1] || (input.buttons[0] && turning);
    c.tilt = input.buttons[2];
    c.zoom = input.scroll.y;
  }
  if (!keysTaken && !input.modifiers.control && !input.modifiers.alt) {
    const auto axis = [&](char more, char less) {
      return (input.isHeld(platform::letter(more)) ? 1.0 : 0.0) - (input.isHeld(platform::letter(less)) ? 1.0 : 0.0);
    };
    c.fly = {axis('D', 'A'), axis('W', 'S'), axis('E', 'Q')};
    c.flySpeed = input.modifiers.shift ? 10 : 1;
  }
  return c;
}

std::optional<render::PixelPosition> pickPixel(const App& app, const platform::Input& input, glm::ivec2 size) {
  const bool inside = input.cursor.x >= 0 && input.cursor.y >= 0 && input.cursor.x < size.x && input.cursor.y < size.y;
  if (!inside || (app.graphics->hasUi() && app.graphics->imgui().wantsMouse())) return std::nullopt;
  return render::PixelPosition{static_cast<int32_t>(input.cursor.x), static_cast<int32_t>(input.cursor.y)};
}

model::EntityHandle hoveredEntity(App& app, const base::Tick& time) {
  const uint32_t pick = app.report.pick ? app.report.pick->id : 0;
  if (pick != app.hoverPick) {
    app.hoverPick = pick;
    app.hoverSince = time.mono;
  }
  const bool rests = pick != 0 && time.mono - app.hoverSince >= kHoverDelay && !app.camera->moving();
  const model::EntityHandle entity = rests ? app.mirror.handleOf(app.binding->entityAt(pick)) : model::EntityHandle{};
  app.binding->hover(entity);
  return entity;
}

std::vector<panels::Command> pointerCommands(App& app, const platform::Input& input, const base::Tick&) {
  std::vector<panels::Command> commands;
  if (app.graphics->hasUi() && app.graphics->imgui().wantsMouse()) return commands;
  if (input.pressed[0]) app.pressedAt = input.cursor;
  if (!input.released[0] && !input.doubleClick) return commands;
  if (glm::distance(app.pressedAt, input.cursor) > kClickPixels) return commands;

  std::string entity;
  if (const scene::PlacedLabel* label = app.labelLayout.at(glm::vec2(input.cursor))) {
    if (const scene::Label* text = app.world->scene.labels.find(label->id)) entity = app.binding->entityAt(text->pick);
  }
  if (entity.empty() && app.report.pick) entity = app.binding->entityAt(app.report.pick->id);
  if (input.doubleClick) {
    if (!entity.empty()) commands.emplace_back(panels::FlyToEntity{entity});
    else if (app.report.pick && app.report.pick->hit) commands.emplace_back(panels::FlyToPoint{app.report.pick->position, 150});
  } else {
    commands.emplace_back(panels::SelectEntity{entity});
  }
  return commands;
}

}  // namespace app

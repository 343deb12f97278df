// SPDX-License-Identifier: Apache-2.0
#include "twin/app/capsule.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/base/log.h"
#include "twin/app/app.h"

namespace app {
namespace {

constexpr int kVersion = 1;

std::string idOf(const App& app, model::EntityHandle handle) {
  const model::Entity* entity = app.mirror.find(handle);
  return entity ? entity->info->id : std::string();
}

}  // namespace

std::string capsuleJson(const CapsuleNote& note) {
  const scene::Camera& c = note.camera;
  return nlohmann::json{{"version", kVersion},
                        {"pressed_at", core::formatIso8601(note.pressedAt)},
                        {"city", note.city},
                        {"camera", {{"position", {c.position.x, c.position.y, c.position.z}}, {"heading", c.heading},
                                    {"pitch", c.pitch}, {"vertical_fov", c.verticalFov}}},
                        {"selected", note.selected},
                        {"following", note.following},
                        {"hidden_layers", note.hiddenLayers}}
      .dump();
}

base::Result<CapsuleNote> parseCapsule(const std::string& text) {
  const base::Error wrong{"the capsule does not say how it was looked at; it is shown from the first view"};
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  CapsuleNote note;
  try {
    if (json.at("version").get<int>() != kVersion) return wrong;
    const auto pressed = core::parseIso8601(json.at("pressed_at").get<std::string>());
    if (!pressed) return wrong;
    note.pressedAt = *pressed;
    note.city = json.at("city").get<std::string>();
    const nlohmann::json& camera = json.at("camera");
    for (int i = 0; i < 3; ++i) note.camera.position[i] = camera.at("position").at(static_cast<size_t>(i)).get<double>();
    note.camera.heading = camera.at("heading").get<double>();
    note.camera.pitch = camera.at("pitch").get<double>();
    note.camera.verticalFov = camera.at("vertical_fov").get<double>();
    note.selected = json.at("selected").get<std::string>();
    note.following = json.at("following").get<std::string>();
    note.hiddenLayers = json.at("hidden_layers").get<std::vector<std::string>>();
  } catch (const nlohmann::json::exception&) {
    return wrong;
  }
  const scene::Camera& c = note.camera;
  const bool sane = glm::length(c.position) < 1e6 && std::abs(c.heading) < 100 && std::abs(c.pitch) < 1.58 &&
                    c.verticalFov > 0.01 && c.verticalFov < 3;
  if (!sane) return wrong;
  return note;
}

void toggleCapsule(App& app) {
  CapsuleNote note{.pressedAt = app.clock->shown(),
                   .city = app.world->city().data.id,
                   .camera = app.camera->camera(),
                   .selected = idOf(app, app.binding->selected()),
                   .following = app.following,
                   .hiddenLayers = {}};
  for (const binding::LayerRow& layer : app.binding->layers())
    if (!layer.visible) note.hiddenLayers.push_back(layer.name);
  std::string name = "alphacity-incident-" + core::formatDateTime(note.pressedAt, app.world->city().data.zone) + ".capsule";
  for (char& c : name) c = c == ' ' ? '_' : c == ':' ? '-' : c;
  app.feeding->toggleCapsule(name, note.pressedAt, capsuleJson(note));
}

void applyCapsule(App& app) {
  const std::string text = app.feeding->replayNote(kCapsuleNote);
  if (text.empty()) return;
  const auto note = parseCapsule(text);
  if (!note) {
    base::logWarning(note.error());
    return;
  }
  if (note->city != app.world->city().data.id)
    base::logWarning("the capsule is of the city " + note->city + ": open it with that city's --city");
  if (app.options.view.empty()) app.camera->jumpTo(note->camera);
  if (app.options.select.empty()) app.options.select = note->selected;
  if (app.options.follow.empty()) app.options.follow = note->following;
  const auto& hidden = note->hiddenLayers;
  for (const binding::LayerRow& layer : binding::standardLayers())
    app.binding->setLayerVisible(layer.name, std::find(hidden.begin(), hidden.end(), layer.name) == hidden.end());
  base::logInfo("incident capsule of " + core::formatDateTime(note->pressedAt, app.world->city().data.zone));
}

}  // namespace app

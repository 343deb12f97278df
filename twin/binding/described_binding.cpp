// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/described_binding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "engine/math/pack.h"
#include "twin/binding/device_appearance.h"
#include "twin/city/drape.h"
#include "twin/core/geodesy.h"

namespace binding {
namespace {

constexpr size_t kSweepRows = 64;
constexpr double kLineLift = 0.6, kAreaLift = 0.8;  // metres above the ground
constexpr double kStep = 12;                        // metres between points of a line that follows the ground
constexpr float kPinScale = 5;                      // metres high
/// A shape reaches at most this far past the scene's box: a warning for a whole province is drawn to there.
constexpr double kMargin = 200;
constexpr size_t kMaxPoints = 20000;  // of one shape; the rest would be a mistake or an attack

/// Kinds by what their shapes mean: something is wrong, something is said, or a way runs there.
constexpr std::array<std::string_view, 4> kTroubles{"hazard_warning", "traffic_event", "road_works", "road_event"};
constexpr std::array<std::string_view, 3> kNotices{"warning_area", "transit_alert", "traveller_message"};
constexpr std::array<std::string_view, 2> kPlainCourses{"route", "v2x_lane"};

/// Colour of a shape by what it means; severity as CAP 1.2 section 3.2.2 words it, a line's own colour as GTFS
/// (routes.txt, route_color) does.
Color shapeColor(const Palette& palette, const model::EntityInfo& info) {
  for (const auto& [name, value] : info.attributes) {
    const auto* word = std::get_if<std::string>(&value);
    if (word == nullptr) continue;
    if (name == "colour")
      if (const std::optional<Color> own = parseHex("#" + *word)) return *own;
    if (name != "severity") continue;
    if (*word == "Extreme" || *word == "Severe") return palette.incident;
    if (*word == "Moderate" || *word == "Minor") return palette.warning;
  }
  const auto isOf = [&info](const auto& kinds) { return std::find(kinds.begin(), kinds.end(), info.kind) != kinds.end(); };
  if (isOf(kTroubles)) return palette.incident;
  if (isOf(kNotices)) return palette.warning;
  return isOf(kPlainCourses) ? palette.unknown : palette.accent;
}

Color withAlpha(Color color, uint32_t alpha) { return (color & 0x00ffffffu) | alpha << 24; }

/// The path with points at most kStep apart, on the ground or at its own heights.
template <typename Ground>
std::vector<glm::vec3> onGround(const std::vector<glm::dvec3>& path, bool closed, bool hasElevation, const Ground& ground) {
  std::vector<glm::vec3> points;
  const size_t count = path.size() + (closed ? 1 : 0);
  for (size_t i = 0; i < count && points.size() < kMaxPoints; ++i) {
    const glm::dvec3& here = path[i % path.size()];
    const glm::dvec3& before = path[i == 0 ? 0 : i - 1];
    const int parts = std::clamp(static_cast<int>(std::ceil(glm::distance(glm::dvec2(before), glm::dvec2(here)) / kStep)), 1, 400);
    for (int k = i == 0 ? parts : 1; k <= parts; ++k) {
      const glm::dvec3 p = glm::mix(before, here, static_cast<double>(k) / parts);
      points.emplace_back(p.x, p.y, (hasElevation ? p.z : ground(glm::dvec2(p))) + kLineLift);
    }
  }
  return points;
}

}  // namespace

bool DescribedBinding::update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time) {
  const model::EntityInfo& info = *entity.info;
  if (info.described == 0 || info.fromPack || entity.moving || context_.city.parts.contains(info.id)) {
    remove(handle);  // it may have begun to move
    return false;
  }
  const auto [found, isNew] = things_.try_emplace(handle);
  Thing& thing = found->second;
  if (isNew) order_.push_back(handle);
  if (thing.described != info.described) build(thing, handle, entity);
  paint(thing, entity, time);
  return true;
}

void DescribedBinding::build(Thing& thing, model::EntityHandle handle, const model::Entity& entity) {
  const model::EntityInfo& info = *entity.info;
  drop(thing);
  thing.shown = {};
  thing.layer = context_.catalogue.kind(info.kind).layer;
  thing.described = info.described;
  thing.expires = info.expires;
  const bool hasShape = info.geometry && !info.geometry->parts.empty();
  // A shape says where it is; what has neither shape nor place is only a row in the lists.
  const bool hasPlace = info.position != glm::dvec3(0) || info.hasElevation;
  if (hasShape && info.geometry->shape == model::Geometry::Shape::Area) buildArea(thing, handle, info);
  if (hasShape) buildLines(thing, info);
  if (hasPlace && !hasShape) buildMarker(thing, handle, info);
}

void DescribedBinding::buildMarker(Thing& thing, model::EntityHandle handle, const model::EntityInfo& info) {
  scene::InstanceStore& instances = context_.scene.instances;
  scene::ModelId model = instances.findModel(context_.catalogue.kind(info.kind).model);
  const bool pin = !model;
  if (pin) model = instances.findModel("mark_pin");
  glm::dvec3 at = info.position;
  if (!info.hasElevation) at.z = ground(glm::dvec2(at));
  thing.shown.anchor = at;
  if (!model) return;
  const float scale = pin ? kPinScale : 1.f;
  thing.marker = instances.add(model, scene::standing(glm::vec3(at), static_cast<float>(core::yawFromHeading(info.heading)), scale, scale, 0, 0));
  byInstance_[thing.marker.slot] = handle;
  thing.shown.anchor.z += scale * instances.model(model)->height + 0.5;
  thing.shown.pick = thing.marker.slot | gpu_types::kPickInstance;
}

void DescribedBinding::buildLines(Thing& thing, const model::EntityInfo& info) {
  const bool area = info.geometry->shape == model::Geometry::Shape::Area;
  const auto height = [this](glm::dvec2 p) { return ground(p); };
  for (const std::vector<glm::dvec3>& part : info.geometry->parts) {
    if (part.size() < 2) continue;
    scene::Line line;
    line.points = onGround(part, area, info.geometry->hasElevation, height);
    line.color = withAlpha(shapeColor(context_.palette, info), area ? 220 : 200);
    line.widthPixels = area ? 2.5f : 2.f;
    line.dashed = area;
    if (thing.lines.empty() && !thing.hasArea) thing.shown.anchor = glm::dvec3(line.points[line.points.size() / 2]);
    for (const glm::vec3& p : line.points)
      thing.shown.radius = std::max(thing.shown.radius, glm::distance(glm::dvec3(p), thing.shown.anchor));
    thing.lines.push_back(context_.scene.lines.add(std::move(line)));
  }
}

void DescribedBinding::buildArea(Thing& thing, model::EntityHandle handle, const model::EntityInfo& info) {
  city::Planar planar;
  std::vector<city::Planar::Area> rings;
  size_t points = 0;
  for (const std::vector<glm::dvec3>& part : info.geometry->parts) {
    points += part.size();
    if (part.size() < 3 || points > kMaxPoints) continue;
    std::vector<glm::dvec2> ring;
    for (const glm::dvec3& p : part) ring.emplace_back(p);
    rings.push_back(planar.polygon(ring));
  }
  const glm::dvec2 low = context_.city.data.low - kMargin, high = context_.city.data.high + kMargin;
  city::Planar::Area area;
  for (const city::Planar::Area& ring : rings)  // even-odd: what two rings share is outside
    area = area.empty() ? ring : planar.unite({planar.subtract(area, ring), planar.subtract(ring, area)});
  if (area.empty()) return;
  const std::vector<city::Planar::Polygon> polygons = planar.polygons(planar.within(area, low, high));
  if (polygons.empty()) return;

  thing.object = objects_.take({.state = gpu_types::kStateGhost, .color = 0});
  scene::Mesh mesh{.name = info.id};
  importing::MeshBuilder builder(mesh, {.color = math::packHex(0xFFFFFF),
                                        .surface = gpu_types::packSurface(gpu_types::kSurfaceZone),
                                        .object = thing.object});
  importing::Paint paint = builder.paint();
  paint.color = withAlpha(shapeColor(context_.palette, info), 255);
  builder.setPaint(paint);
  const city::Drape drape(context_.city.data.terrain);
  for (const city::Planar::Polygon& polygon : polygons) drape.addPolygon(builder, polygon.outer, polygon.holes, kAreaLift);
  const glm::dvec2 middle = planar.insidePoint(polygons.front());
  thing.shown.anchor = glm::dvec3(middle, ground(middle) + 6);
  thing.mesh = context_.scene.meshes.add(std::move(mesh));
  thing.batch = context_.scene.statics.add({.mesh = thing.mesh, .layer = scene::StaticLayer::Transparent, .castsShadow = false});
  thing.hasArea = true;
  byObject_[thing.object] = handle;
  thing.shown.pick = thing.object + 1;
}

void DescribedBinding::drop(Thing& thing) {
  if (thing.marker) {
    byInstance_.erase(thing.marker.slot);
    context_.scene.instances.remove(thing.marker);
    thing.marker = {};
  }
  for (const scene::LineId line : thing.lines) context_.scene.lines.remove(line);
  thing.lines.clear();
  if (thing.hasArea) {
    byObject_.erase(thing.object);
    context_.scene.statics.remove(thing.batch);
    context_.scene.meshes.remove(thing.mesh);
    objects_.give(thing.object);
    thing.hasArea = false;
    thing.object = gpu_types::kNoObject;
  }
}

void DescribedBinding::paint(Thing& thing, const model::Entity& entity, const BindTime& time) {
  const auto hidden = hiddenLayers_.find(thing.layer);
  const bool expired = thing.expires != 0 && time.utc >= thing.expires;
  thing.shown.visible = !expired && (hidden == hiddenLayers_.end() || !hidden->second);
  const uint32_t hide = thing.shown.visible ? 0u : gpu_types::kStateHidden;
  for (const scene::LineId line : thing.lines) context_.scene.lines.setVisible(line, thing.shown.visible);
  if (thing.hasArea) {
    const gpu_types::Object& object = context_.scene.statics.object(thing.object);
    if (object.state != (gpu_types::kStateGhost | hide))
      context_.scene.statics.setObject(thing.object, {.state = gpu_types::kStateGhost | hide, .color = object.color});
  }
  if (!thing.marker) return;
  // A thing that has only been described has no value that could be old.
  const core::KindInfo& kind = context_.catalogue.kind(entity.info->kind);
  const model::Freshness fresh = entity.lastEvent() == 0 ? model::Freshness{} : model::freshnessOf(entity, kind, time.utc);
  const bool alive = fresh.health == model::Health::Good || fresh.health == model::Health::Stale;
  const Appearance look = appearanceOf(context_.palette, entity, alive);
  const uint32_t state = look.state | freshnessBits(fresh) | hide;
  const scene::Instance* instance = context_.scene.instances.find(thing.marker);
  if (instance->state != state || instance->color != look.color) context_.scene.instances.setState(thing.marker, state, look.color);
}

void DescribedBinding::remove(model::EntityHandle handle) {
  const auto found = things_.find(handle);
  if (found == things_.end()) return;
  drop(found->second);
  things_.erase(found);
}

void DescribedBinding::clear() {
  for (auto& [handle, thing] : things_) drop(thing);
  things_.clear();
  order_.clear();
}

void DescribedBinding::sweep(const model::Mirror& mirror, const BindTime& time) {
  for (size_t i = 0; i < kSweepRows && !order_.empty(); ++i) {
    sweepIndex_ = (sweepIndex_ + 1) % order_.size();
    const auto found = things_.find(order_[sweepIndex_]);
    if (found == things_.end()) {
      order_[sweepIndex_] = order_.back();
      order_.pop_back();
    } else if (const model::Entity* entity = mirror.find(found->first)) {
      paint(found->second, *entity, time);
    }
    if (i + 1 >= order_.size()) break;
  }
}

void DescribedBinding::setLayerHidden(std::string_view layer, bool hidden) {
  hiddenLayers_[std::string(layer)] = hidden;
  for (auto& [handle, thing] : things_) {
    if (thing.layer != layer) continue;
    for (const scene::LineId line : thing.lines) context_.scene.lines.setVisible(line, !hidden);
    const auto flip = [hidden](uint32_t state) { return hidden ? state | gpu_types::kStateHidden : state & ~gpu_types::kStateHidden; };
    if (thing.hasArea) {
      gpu_types::Object object = context_.scene.statics.object(thing.object);
      object.state = flip(object.state);
      context_.scene.statics.setObject(thing.object, object);
    }
    if (const scene::Instance* instance = context_.scene.instances.find(thing.marker))
      context_.scene.instances.setState(thing.marker, flip(instance->state), instance->color);
    thing.shown.visible = !hidden;
  }
}

const DescribedBinding::Shown* DescribedBinding::find(model::EntityHandle handle) const {
  const auto found = things_.find(handle);
  return found == things_.end() ? nullptr : &found->second.shown;
}

model::EntityHandle DescribedBinding::ownerOfInstance(uint32_t slot) const {
  const auto found = byInstance_.find(slot);
  return found == byInstance_.end() ? model::EntityHandle{} : found->second;
}

model::EntityHandle DescribedBinding::ownerOfObject(uint32_t object) const {
  const auto found = byObject_.find(object);
  return found == byObject_.end() ? model::EntityHandle{} : found->second;
}

void DescribedBinding::forEach(const std::function<void(model::EntityHandle, const Shown&)>& visit) const {
  for (const auto& [handle, thing] : things_) visit(handle, thing.shown);
}

}  // namespace binding

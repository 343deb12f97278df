// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/mover_binding.h"

#include <cmath>
#include <numbers>

#include "engine/base/hash.h"
#include "engine/math/pack.h"
#include "twin/binding/style_rules.h"
#include "twin/core/geodesy.h"

namespace binding {
namespace {

/// Farther than this between two poses nobody drives in a period: the thing was re-sited, not driven.
constexpr double kJumpMetres = 80;
/// Poses are shown this many periods after they happened.
constexpr double kDelayPeriods = 1.4;
/// A late pose is reached softly in this time.
constexpr uint32_t kCatchUpMs = 300;
constexpr uint32_t kSweepRows = 256;

glm::dvec3 groundedPosition(const city::City& city, const model::Pose& pose) {
  glm::dvec3 p = pose.position;
  if (!pose.hasElevation) p.z = city.surfaceAt(p.x, p.y, 0);
  return p;
}

double pitchAlong(const city::City& city, const model::Pose& pose, const glm::dvec3& at) {
  if (pose.hasElevation) return pose.pitch;
  const glm::dvec2 ahead(std::sin(pose.heading) * 2.0, std::cos(pose.heading) * 2.0);
  const double rise = city.surfaceAt(at.x + ahead.x, at.y + ahead.y, at.z) - city.surfaceAt(at.x - ahead.x, at.y - ahead.y, at.z);
  return std::atan2(rise, 4.0);
}

bool flagOf(const model::Entity& entity, std::string_view property) { return numberOf(entity, property, 0) > 0.5; }

}  // namespace

MoverBinding::Mover* MoverBinding::create(model::EntityHandle handle, const model::Entity& entity, const BindTime& time) {
  scene::ModelId model = context_.scene.instances.findModel(vehicleModel(entity.info->kind, entity.info->id));
  if (!model) model = context_.scene.instances.findModel(context_.catalogue.kind(entity.info->kind).model);
  if (!model) model = context_.scene.instances.findModel("mark_pin");  // a kind that nobody knows
  if (!model) return nullptr;
  Mover mover;
  mover.layer = context_.catalogue.kind(entity.info->kind).layer;
  const uint32_t seed = static_cast<uint32_t>(base::hashBytes(entity.info->id));
  mover.instance = context_.scene.instances.add(model, scene::standing({}, 0, 1, 1, 0, seed));
  owners_[mover.instance.slot] = handle;
  Mover& stored = movers_[handle] = mover;
  place(stored, entity, time, true);
  return &stored;
}

void MoverBinding::update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time, bool anew) {
  if (!entity.moving) return;
  const auto found = movers_.find(handle);
  Mover* mover = found == movers_.end() ? create(handle, entity, time) : &found->second;
  if (mover == nullptr) return;
  if (anew || entity.latest.eventTime != mover->shownEvent) place(*mover, entity, time, anew);
  paint(*mover, entity, time);
}

void MoverBinding::place(Mover& mover, const model::Entity& entity, const BindTime& time, bool fresh) {
  scene::InstanceStore& instances = context_.scene.instances;
  const scene::Instance* shown = instances.find(mover.instance);
  const glm::dvec3 target = groundedPosition(context_.city, entity.latest);
  const auto yaw = static_cast<float>(core::yawFromHeading(entity.latest.heading));
  const double period = std::max(0.2, context_.catalogue.kind(entity.info->kind).period);
  const auto delayNs = static_cast<int64_t>(period * kDelayPeriods * 1e9);

  glm::vec3 from = scene::positionAt(*shown, time.sceneMs);
  float fromYaw = scene::yawAt(*shown, time.sceneMs);
  uint32_t start = time.sceneMs;
  if (fresh) {
    // The pose before is known when the first row carries two: enter on the move, not standing.
    const glm::dvec3 before = groundedPosition(context_.city, entity.previous);
    from = glm::vec3(before);
    fromYaw = static_cast<float>(core::yawFromHeading(entity.previous.heading));
    start = BindTime::sceneMsOf(entity.previous.eventTime + delayNs);
  }
  const bool jump = glm::distance(glm::dvec3(from), target) > kJumpMetres;
  uint32_t arrive = BindTime::sceneMsOf(entity.latest.eventTime + delayNs);
  if (static_cast<int32_t>(arrive - time.sceneMs) < static_cast<int32_t>(kCatchUpMs) && !fresh) arrive = time.sceneMs + kCatchUpMs;
  if (jump) {
    from = glm::vec3(target);
    fromYaw = yaw;
  }
  // A vehicle that stands keeps its yaw: a heading of zero speed is noise.
  const bool standing = entity.latest.speed < 0.2 && !fresh && !jump;
  instances.setPoses(mover.instance, from, fromYaw, start, glm::vec3(target), standing ? fromYaw : yaw, arrive,
                     static_cast<float>(pitchAlong(context_.city, entity.latest, target)));
  mover.shownEvent = entity.latest.eventTime;
}

void MoverBinding::paint(Mover& mover, const model::Entity& entity, const BindTime& time) {
  const core::KindInfo& kind = context_.catalogue.kind(entity.info->kind);
  const model::Freshness fresh = model::freshnessOf(entity, kind, time.utc);
  uint32_t state = freshnessBits(fresh);
  if (time.headlightsOn && fresh.health == model::Health::Good) state |= gpu_types::kStateHeadlights;
  if (flagOf(entity, "brake")) state |= gpu_types::kStateBrake;
  const std::string_view blinker = textOf(entity, "blinker");
  if (blinker == "left") state |= gpu_types::kStateIndicatorLeft;
  if (blinker == "right") state |= gpu_types::kStateIndicatorRight;
  const auto hidden = hiddenLayers_.find(mover.layer);
  if (fresh.leavesMap || (hidden != hiddenLayers_.end() && hidden->second)) state |= gpu_types::kStateHidden;
  const Color color = vehicleColor(context_.palette, entity.info->kind, entity.info->id, textOf(entity, "route"));
  context_.scene.instances.setState(mover.instance, state, color);
}

void MoverBinding::remove(model::EntityHandle handle) {
  const auto found = movers_.find(handle);
  if (found == movers_.end()) return;
  owners_.erase(found->second.instance.slot);
  context_.scene.instances.remove(found->second.instance);
  movers_.erase(found);
}

void MoverBinding::clear() {
  for (const auto& [handle, mover] : movers_) context_.scene.instances.remove(mover.instance);
  movers_.clear();
  owners_.clear();
}

void MoverBinding::sweep(const model::Mirror& mirror, const BindTime& time) {
  auto next = owners_.lower_bound(sweepSlot_);
  for (uint32_t done = 0; done < kSweepRows && next != owners_.end(); ++done, ++next) {
    if (const model::Entity* entity = mirror.find(next->second)) paint(movers_.at(next->second), *entity, time);
  }
  sweepSlot_ = next == owners_.end() ? 0 : next->first;
}

void MoverBinding::setHidden(bool hidden, std::string_view layer) {
  hiddenLayers_[std::string(layer)] = hidden;
  sweepSlot_ = 0;
  for (auto& [handle, mover] : movers_) {
    if (mover.layer != layer) continue;
    const scene::Instance* instance = context_.scene.instances.find(mover.instance);
    const uint32_t state = hidden ? instance->state | gpu_types::kStateHidden : instance->state & ~gpu_types::kStateHidden;
    context_.scene.instances.setState(mover.instance, state, instance->color);
  }
}

scene::InstanceId MoverBinding::instanceOf(model::EntityHandle handle) const {
  const auto found = movers_.find(handle);
  return found == movers_.end() ? scene::InstanceId{} : found->second.instance;
}

model::EntityHandle MoverBinding::ownerOf(uint32_t instanceSlot) const {
  const auto found = owners_.find(instanceSlot);
  return found == owners_.end() ? model::EntityHandle{} : found->second;
}

}  // namespace binding

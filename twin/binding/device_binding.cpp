// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/device_binding.h"

#include "engine/base/hash.h"
#include "engine/math/pack.h"
#include "twin/binding/device_appearance.h"
#include "twin/binding/style_rules.h"
#include "twin/core/geodesy.h"

namespace binding {
namespace {

constexpr size_t kSweepRows = 128;

}  // namespace

DeviceBinding::DeviceBinding(const BindContext& context) : context_(context) {
  for (const city::Feature& device : context.city.data.devices) {
    if (device.text("kind") != "signal") continue;
    const int group = static_cast<int>(device.number("group")), arrow = static_cast<int>(device.number("arrow_group"));
    headsOf_[device.text("controller")].push_back({.entity = device.id,
                                                   .group = group == arrow ? 0 : group,
                                                   .arrowGroup = arrow,
                                                   .pedestrian = device.flag("pedestrian")});
  }
}

void DeviceBinding::update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time) {
  if (entity.lastEvent() == 0) return;
  if (isReporting_.emplace(handle, true).second) reporting_.push_back(handle);
  if (entity.info->kind == "signal_controller") return applyController(entity, time);
  const auto parts = context_.city.parts.find(entity.info->id);
  if (parts != context_.city.parts.end()) apply(entity, parts->second, time);
}

void DeviceBinding::apply(const model::Entity& entity, const city::SceneParts& parts, const BindTime& time) {
  const core::KindInfo& kind = context_.catalogue.kind(entity.info->kind);
  const model::Freshness fresh = model::freshnessOf(entity, kind, time.utc);
  const bool alive = fresh.health == model::Health::Good || fresh.health == model::Health::Stale;
  const Appearance look = appearanceOf(context_.palette, entity, alive);
  uint32_t state = look.state | freshnessBits(fresh);
  const auto hidden = hiddenLayers_.find(kind.layer);
  if (hidden != hiddenLayers_.end() && hidden->second) state |= gpu_types::kStateHidden;
  for (const scene::InstanceId id : parts.instances) context_.scene.instances.setState(id, state, look.color);
  if (parts.light) {
    const bool on = look.state & gpu_types::kStateLampOn;
    const float level = static_cast<float>(look.state >> gpu_types::kStateLevelShift & 255u) / 255.f;
    context_.scene.lights.setIntensity(parts.light, on ? level : 0.f);
  }
  if (entity.info->kind == "parking_bay") applyBay(entity, parts, alive);
}

void DeviceBinding::applyBay(const model::Entity& bay, const city::SceneParts& parts, bool alive) {
  const bool taken = alive && numberOf(bay, "taken", 0) > 0.5;
  scene::InstanceStore& instances = context_.scene.instances;
  const auto parked = parkedCars_.find(bay.info->id);
  if (!taken && parked != parkedCars_.end()) {
    instances.remove(parked->second);
    parkedCars_.erase(parked);
  } else if (taken && parked == parkedCars_.end()) {
    const scene::ModelId model = instances.findModel(vehicleModel("car", bay.info->id));
    if (!model) return;
    const glm::vec3 at(parts.anchor.x, parts.anchor.y, context_.city.surfaceAt(parts.anchor.x, parts.anchor.y, parts.anchor.z));
    const uint32_t seed = static_cast<uint32_t>(base::hashBytes(bay.info->id));
    const Color paint = vehicleColor(context_.palette, "car", bay.info->id, {}) & 0x00ffffffu;
    parkedCars_[bay.info->id] = instances.add(
        model, scene::standing(at, static_cast<float>(core::yawFromHeading(bay.info->heading)), 1, 1, paint, seed));
  }
}

void DeviceBinding::applyController(const model::Entity& controller, const BindTime& time) {
  const auto heads = headsOf_.find(controller.info->id);
  if (heads == headsOf_.end()) return;
  const auto hidden = hiddenLayers_.find(context_.catalogue.kind("signal").layer);
  const bool hide = hidden != hiddenLayers_.end() && hidden->second;
  for (const SignalHead& head : heads->second) {
    const auto parts = context_.city.parts.find(head.entity);
    if (parts == context_.city.parts.end()) continue;
    const uint32_t state = headState(controller, head, time) | (hide ? gpu_types::kStateHidden : 0u);
    for (const scene::InstanceId id : parts->second.instances) context_.scene.instances.setState(id, state, context_.palette.unknown);
  }
}

uint32_t DeviceBinding::headState(const model::Entity& controller, const SignalHead& head, const BindTime& time) const {
  const double period = context_.catalogue.kind("signal_controller").period;
  // A signal that no longer reports is dark, never a remembered green.
  const auto movement = [&](int group) -> std::string_view {
    const model::PropertyRow* row = group > 0 ? controller.property("group_" + std::to_string(group)) : nullptr;
    if (!row) return {};
    const model::Freshness fresh = model::freshnessOf(row->eventTime, time.utc, period, row->bad);
    if (fresh.health == model::Health::Dead || fresh.health == model::Health::Bad) return {};
    const std::string* word = std::get_if<std::string>(&row->value);
    return word ? std::string_view(*word) : std::string_view();
  };
  const int main = head.group > 0 ? head.group : head.arrowGroup;
  const model::PropertyRow* row = controller.property("group_" + std::to_string(main));
  const model::Freshness fresh = model::freshnessOf(row ? row->eventTime : 0, time.utc, period, row == nullptr || row->bad);
  const std::string_view round = movement(head.group), arrow = movement(head.arrowGroup);
  const bool half = head.group > 0 && round.empty();  // an arrow alone would look like a stem's head
  const uint32_t lenses = head.pedestrian ? pedestrianLenses(round) : half ? 0u : vehicleLenses(round, arrow);
  return freshnessBits(fresh) | lenses << gpu_types::kStateLevelShift;
}

void DeviceBinding::sweep(const model::Mirror& mirror, const BindTime& time) {
  for (size_t i = 0; i < std::min(kSweepRows, reporting_.size()); ++i) {
    sweepIndex_ = (sweepIndex_ + 1) % reporting_.size();
    const model::EntityHandle handle = reporting_[sweepIndex_];
    if (const model::Entity* entity = mirror.find(handle); entity && !entity->moving) update(handle, *entity, time);
  }
}

void DeviceBinding::replaced(const model::Mirror& mirror, const BindTime& time) {
  reporting_.clear();
  isReporting_.clear();
  for (const city::Feature& device : context_.city.data.devices) {
    const model::Entity* entity = mirror.findById(device.id);
    if (entity == nullptr || entity->lastEvent() != 0) continue;
    const auto parts = context_.city.parts.find(device.id);
    if (parts != context_.city.parts.end()) apply(*entity, parts->second, time);
  }
  for (const auto& [controller, heads] : headsOf_)
    if (const model::Entity* entity = mirror.findById(controller); entity && entity->lastEvent() == 0) applyController(*entity, time);
}

void DeviceBinding::setLayerHidden(std::string_view layer, bool hidden) {
  hiddenLayers_[std::string(layer)] = hidden;
  for (const city::Feature& device : context_.city.data.devices) {
    if (context_.catalogue.kind(device.text("kind")).layer != layer) continue;
    const auto parts = context_.city.parts.find(device.id);
    if (parts == context_.city.parts.end()) continue;
    for (const scene::InstanceId id : parts->second.instances) {
      const scene::Instance* instance = context_.scene.instances.find(id);
      const uint32_t state = hidden ? instance->state | gpu_types::kStateHidden : instance->state & ~gpu_types::kStateHidden;
      context_.scene.instances.setState(id, state, instance->color);
    }
  }
}

}  // namespace binding

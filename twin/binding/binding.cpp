// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/binding.h"

#include <cmath>

namespace binding {
namespace {

constexpr int64_t kWeatherEvery = 5 * base::kNsPerSecond;
constexpr int64_t kCountEvery = base::kNsPerSecond;

}  // namespace

Binding::Binding(const BindContext& context)
    : context_(context), movers_(context), devices_(context), described_(context), labels_(context), alarms_(context), plan_(context), ghosts_(context) {
  for (const LayerRow& row : standardLayers())
    if (!row.visible) setLayerVisible(row.name, false);
}

void Binding::bind(const plan::Resolved& resolved, base::UtcNs shown) {
  mirror_ = resolved.mirror;
  // Time may jump either way in replay: whatever is due by the new time is done at once.
  if (shown >= weatherDue_ || shown < weatherDue_ - kWeatherEvery) {
    weather_ = forcedWeather_ ? *forcedWeather_ : weatherOf(*mirror_, context_.catalogue, shown);
    weatherDue_ = shown + kWeatherEvery;
  }
  context_.scene.environment = environmentOf(context_.city.data, weather_, shown);
  const bool headlights = context_.scene.environment.nightFactor > 0.3f || weather_.rain > 0.4f;
  const BindTime time = BindTime::at(shown, context_.city.data.zone, headlights);
  sceneMs_ = time.sceneMs;

  bindChanges(*resolved.changes, time);
  movers_.sweep(*mirror_, time);
  devices_.sweep(*mirror_, time);
  described_.sweep(*mirror_, time);
  plan_.apply(resolved);
  if (!labelsBuilt_ || labels_.language() != wantedLanguage_) {
    labels_.rebuild(*mirror_, wantedLanguage_, time);
    described_.forEach([&](model::EntityHandle handle, const DescribedBinding::Shown& place) { label(handle, place); });
    labelsBuilt_ = true;
  }
  labels_.follow(*mirror_, movers_, described_, selected_, time);
  if (shown >= countDue_ || shown < countDue_ - kCountEvery) {
    countLayers(layers_, *mirror_, context_.catalogue, shown);
    countDue_ = shown + kCountEvery;
  }
  context_.scene.selectedPick = pickOf(*mirror_, selected_);
  context_.scene.hoveredPick = pickOf(*mirror_, hovered_);
}

void Binding::select(model::EntityHandle entity) {
  selected_ = entity;
  if (mirror_ != nullptr) context_.scene.selectedPick = pickOf(*mirror_, selected_);
}

void Binding::bindChanges(const model::ChangeBatch& changes, const BindTime& time) {
  if (changes.firstRevision == 0 && !changes.rows.empty()) {  // the whole state: another store's handles, perhaps
    movers_.clear();
    described_.clear();
    labels_.forgetDescribed();
    devices_.replaced(*mirror_, time);
  }
  for (const model::EntityHandle handle : changes.removed) {
    movers_.remove(handle);
    described_.remove(handle);
  }
  for (const model::EntityRow& row : changes.rows) {
    if (described_.update(row.handle, row.entity, time)) {
      if (labelsBuilt_) label(row.handle, *described_.find(row.handle));
      continue;
    }
    if (row.entity.moving) {
      movers_.update(row.handle, row.entity, time, (row.bits & model::kAdded) != 0);
    } else if (row.bits & (model::kPropertiesChanged | model::kAdded)) {
      devices_.update(row.handle, row.entity, time);
    }
    if (labelsBuilt_) labels_.update(row.handle, row.entity, time);
  }
}

void Binding::label(model::EntityHandle handle, const DescribedBinding::Shown& shown) {
  if (const model::Entity* entity = mirror_->find(handle)) labels_.updateDescribed(handle, *entity, shown);
}

void Binding::showAlarms(const std::shared_ptr<const alarms::DeskView>& view, base::UtcNs shown) {
  if (mirror_ == nullptr) return;
  const auto where = [this](model::EntityHandle handle, glm::dvec3& position) {
    double radius = 0;
    return whereIs(*mirror_, handle, position, radius);
  };
  alarms_.update(view, *mirror_, wantedLanguage_, shown, where, [this](model::EntityHandle handle) { return pickOf(*mirror_, handle); });
}

void Binding::setLayerVisible(std::string_view layer, bool visible) {
  for (LayerRow& row : layers_)
    if (row.name == layer) row.visible = visible;
  movers_.setHidden(!visible, layer);
  devices_.setLayerHidden(layer, !visible);
  described_.setLayerHidden(layer, !visible);
  labels_.setLayerHidden(layer, !visible);
  for (const auto& [id, parts] : context_.city.parts) {
    const bool hasLines = !parts.lines.empty();
    const bool isTree = layer == "trees" && id.starts_with("tree");
    if (!hasLines && !isTree) continue;
    if (hasLines) {
      const model::Entity* entity = mirror_ ? mirror_->findById(id) : nullptr;
      if (entity && context_.catalogue.kind(entity->info->kind).layer == layer)
        for (const scene::LineId line : parts.lines) context_.scene.lines.setVisible(line, visible);
    }
    if (isTree) {
      for (const scene::InstanceId instance : parts.instances) {
        const scene::Instance* gpu = context_.scene.instances.find(instance);
        const uint32_t state = visible ? gpu->state & ~gpu_types::kStateHidden : gpu->state | gpu_types::kStateHidden;
        context_.scene.instances.setState(instance, state, gpu->color);
      }
    }
  }
}

std::string Binding::entityAt(uint32_t pick) const {
  if (pick == 0) return {};
  if (pick & gpu_types::kPickInstance) {
    const uint32_t slot = pick & ~gpu_types::kPickInstance;
    const model::EntityHandle mover = movers_.ownerOf(slot);
    if (const model::Entity* entity = mirror_ ? mirror_->find(mover) : nullptr) return entity->info->id;
    if (const model::Entity* entity = mirror_ ? mirror_->find(described_.ownerOfInstance(slot)) : nullptr) return entity->info->id;
    const auto owner = context_.city.instanceOwner.find(slot);
    return owner == context_.city.instanceOwner.end() ? std::string() : owner->second;
  }
  const uint32_t object = pick - 1;
  if (object < context_.city.objectOwner.size()) return context_.city.objectOwner[object];
  if (const model::Entity* entity = mirror_ ? mirror_->find(described_.ownerOfObject(object)) : nullptr) return entity->info->id;
  return plan_.ownerOf(object);
}

uint32_t Binding::pickOf(const model::Mirror& mirror, model::EntityHandle handle) const {
  if (const scene::InstanceId mover = movers_.instanceOf(handle)) return mover.slot | gpu_types::kPickInstance;
  if (const DescribedBinding::Shown* shown = described_.find(handle)) return shown->pick;
  const model::Entity* entity = mirror.find(handle);
  if (entity == nullptr) return 0;
  const auto parts = context_.city.parts.find(entity->info->id);
  if (parts == context_.city.parts.end()) return 0;
  if (parts->second.object != gpu_types::kNoObject) return parts->second.object + 1;
  return parts->second.instances.empty() ? 0 : parts->second.instances.front().slot | gpu_types::kPickInstance;
}

bool Binding::whereIs(const model::Mirror& mirror, model::EntityHandle handle, glm::dvec3& position, double& radius) const {
  if (const scene::Instance* gpu = context_.scene.instances.find(movers_.instanceOf(handle))) {
    position = glm::dvec3(scene::positionAt(*gpu, sceneMs_));
    radius = 6;
    return true;
  }
  if (const DescribedBinding::Shown* shown = described_.find(handle)) {
    position = shown->anchor;
    radius = shown->radius;
    return true;
  }
  const model::Entity* entity = mirror.find(handle);
  if (entity == nullptr) return false;
  const auto parts = context_.city.parts.find(entity->info->id);
  position = parts == context_.city.parts.end() ? entity->info->position : parts->second.anchor;
  radius = parts == context_.city.parts.end() ? 10 : parts->second.radius;
  return true;
}

}  // namespace binding

// SPDX-License-Identifier: Apache-2.0
#include "twin/history/projector.h"

#include <algorithm>

#include "engine/base/hash.h"

namespace history {
namespace {

/// No store counts generations up to here.
constexpr uint32_t kFirstGeneration = 0x40000000;
constexpr uint8_t kEverything = model::kAdded | model::kPoseChanged | model::kPropertiesChanged | model::kInfoChanged;

}  // namespace

Projector::Shown Projector::shownIn(const model::Mirror& mirror) {
  Shown shown;
  shown.revision = mirror.revision();
  shown.things.reserve(mirror.size());
  mirror.forEach([&](model::EntityHandle handle, const model::Entity& entity) {
    shown.things.emplace_back(entity.info->id, handle);
    shown.slots = std::max(shown.slots, handle.slot + 1);
  });
  return shown;
}

void Projector::startFrom(const Shown& shown) {
  things_.clear();
  for (const auto& [id, handle] : shown.things) things_[id].handle = handle;
  freeSlots_.clear();
  nextSlot_ = shown.slots;
  nextGeneration_ = kFirstGeneration;
  revision_ = shown.revision;
}

uint64_t Projector::signatureOf(const model::Entity& entity) const {
  uint64_t h = base::mix(reinterpret_cast<uintptr_t>(entity.info.get()));
  const auto add = [&h](int64_t v) { h = base::mix(h ^ static_cast<uint64_t>(v)); };
  add(entity.moving);
  if (entity.moving) {
    add(entity.latest.eventTime);
    add(entity.latest.received);
    add(entity.previous.eventTime);
  }
  for (const model::PropertyRow& row : entity.properties) {
    add(row.eventTime);
    add(row.received);
  }
  add(static_cast<int64_t>(entity.properties.size()));
  return h == 0 ? 1 : h;
}

Projector::Thing& Projector::thingOf(const std::string& id) {
  Thing& thing = things_[id];
  if (thing.handle) return thing;
  if (freeSlots_.empty()) {
    thing.handle.slot = nextSlot_++;
  } else {
    thing.handle.slot = freeSlots_.back();
    freeSlots_.pop_back();
  }
  thing.handle.generation = ++nextGeneration_;
  return thing;
}

void Projector::emit(model::ChangeBatch& batch, Thing& thing, const model::Entity& entity, uint8_t bits) {
  const auto sourceOf = [this](model::SourceId number) { return number < sources_.size() ? sources_[number] : model::kNoSource; };
  model::EntityRow& row = batch.rows.emplace_back(model::EntityRow{thing.handle, entity, bits});
  row.entity.latest.source = sourceOf(entity.latest.source);
  row.entity.previous.source = sourceOf(entity.previous.source);
  for (model::PropertyRow& value : row.entity.properties) value.source = sourceOf(value.source);
}

void Projector::retire(model::ChangeBatch& batch, const std::string& id) {
  const auto known = things_.find(id);
  if (known == things_.end()) return;
  batch.removed.push_back(known->second.handle);
  freeSlots_.push_back(known->second.handle.slot);
  things_.erase(known);
}

model::ChangeBatch Projector::next() {
  model::ChangeBatch batch;
  batch.firstRevision = revision_;
  batch.revision = ++revision_;
  return batch;
}

model::ChangeBatch Projector::jump(const State& state) {
  model::ChangeBatch batch = next();
  for (auto& [id, thing] : things_) thing.present = false;
  const auto show = [&](const model::Entity& entity) {
    Thing& thing = thingOf(entity.info->id);
    thing.present = true;
    const uint64_t signature = signatureOf(entity);
    if (std::exchange(thing.signature, signature) != signature) emit(batch, thing, entity, kEverything);
  };
  state.forEach([&](NameId, const model::Entity& entity) { show(entity); });
  for (const auto& info : pack_->all()) {
    const auto known = things_.find(info->id);
    if (known != things_.end() && known->second.present) continue;
    model::Entity bare;  // nothing was said of it at that time
    bare.info = info;
    show(bare);
  }
  std::vector<std::string> gone;
  for (const auto& [id, thing] : things_)
    if (!thing.present) gone.push_back(id);
  std::sort(gone.begin(), gone.end());
  for (const std::string& id : gone) retire(batch, id);
  return batch;
}

model::ChangeBatch Projector::step(State& state) {
  model::ChangeBatch batch = next();
  const auto changed = state.takeChanged();
  std::vector<NameId> ids(changed.begin(), changed.end());
  std::sort(ids.begin(), ids.end());
  for (const NameId id : ids) {
    const std::string& name = names_->text(id);
    const model::Entity* entity = state.find(id);
    if (!entity) {
      retire(batch, name);
      continue;
    }
    const bool isNew = !things_.contains(name);
    Thing& thing = thingOf(name);
    thing.signature = signatureOf(*entity);
    emit(batch, thing, *entity, isNew ? kEverything : static_cast<uint8_t>(kEverything & ~model::kAdded));
  }
  batch.events = state.takeEvents();
  for (model::Event& event : batch.events)
    event.source = event.source < sources_.size() ? sources_[event.source] : model::kNoSource;
  return batch;
}

}  // namespace history

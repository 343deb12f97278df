// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/store_writer.h"

#include <utility>

namespace feeds {
namespace {

constexpr size_t kKeptEvents = 256;  // in a keyframe, for whoever comes later

}  // namespace

void StoreWriter::writeOne(DecodedMessage& message) {
  if (!message.rejectedFor.empty()) {
    message.fate = Fate::Rejected;
    return;
  }
  message.normalised = normaliser_.apply(message.raw, message.observations);
  roster_.count(message.raw.source, message.observations);
  message.sequenced = sequencer_.filter(message.raw.source, message.observations, listener_ ? &message.late : nullptr,
                                        message.raw.received);
  const Sequencer::Outcome& s = message.sequenced;
  if (s.accepted == 0 && s.late > 0) {
    message.fate = Fate::Late;
  } else if (s.accepted == 0 && s.duplicate + s.superseded > 0) {
    message.fate = Fate::Duplicate;
  }
  store_.apply(message.observations, message.raw.source, message.raw.received);
  if (!message.observations.events.empty()) rememberEvents(message);
  if (listener_ && s.accepted + s.late > 0) listener_(message);
}

void StoreWriter::rememberEvents(const DecodedMessage& message) {
  for (const model::EventObservation& event : message.observations.events) {
    const base::UtcNs received = event.received != 0 ? event.received : message.raw.received;
    lastEvents_.push_back({event, received, message.raw.source, 0});
    if (lastEvents_.size() > kKeptEvents) lastEvents_.pop_front();
  }
}

void StoreWriter::write(std::vector<DecodedMessage>& messages) {
  std::lock_guard lock(storeMutex_);
  for (DecodedMessage& message : messages) {
    writeOne(message);
    const model::SourceId source = message.raw.source;
    if (source >= settled_.size()) settled_.resize(source + size_t{1});
    settled_[source] = message.place;
  }
}

void StoreWriter::define(std::vector<model::EntityInfo> entities) {
  {
    std::lock_guard lock(storeMutex_);
    for (model::EntityInfo& info : entities) {
      const model::EntityHandle handle = store_.define(std::move(info));
      const auto& known = store_.find(handle)->info;
      defined_[known->id] = known;
    }
  }
  publish();
}

void StoreWriter::publish() {
  std::lock_guard storeLock(storeMutex_);
  if (store_.revision() == store_.claimedRevision()) return;
  model::ChangeBatch changes = store_.takeChanges();
  std::lock_guard pendingLock(pendingMutex_);
  pending_.merge(std::move(changes));
}

model::ChangeBatch StoreWriter::take() {
  std::lock_guard lock(pendingMutex_);
  model::ChangeBatch taken = std::exchange(pending_, {});
  pending_.firstRevision = pending_.revision = taken.revision;
  return taken;
}

model::ChangeBatch StoreWriter::keyframe() {
  std::lock_guard storeLock(storeMutex_);
  std::lock_guard pendingLock(pendingMutex_);
  pending_.merge(store_.takeChanges());
  model::ChangeBatch frame = store_.keyframe();
  frame.events = std::move(pending_.events);  // rows are in the keyframe, events are not state
  pending_ = {};
  pending_.firstRevision = pending_.revision = frame.revision;
  return frame;
}

Keyframe StoreWriter::state() const {
  Keyframe frame;
  std::lock_guard lock(storeMutex_);
  for (const uint64_t settled : settled_) frame.sources.push_back({{}, settled});
  store_.forEach([&](model::EntityHandle, const model::Entity& entity) {
    const model::EntityInfo& info = *entity.info;
    if (!info.fromPack || info.described != 0 || entity.moving || !entity.properties.empty())
      frame.entities.push_back(entity);
  });
  frame.events.assign(lastEvents_.begin(), lastEvents_.end());
  ByteWriter memory(frame.memory);
  sequencer_.save(memory);
  roster_.save(memory);
  return frame;
}

void StoreWriter::restore(const Keyframe& keyframe, const std::vector<model::SourceId>& numbers) {
  const auto numbered = [&](model::SourceId& id) { id = id < numbers.size() ? numbers[id] : model::kNoSource; };
  std::lock_guard storeLock(storeMutex_);
  auto pristine = defined_;
  std::vector<model::Entity> entities = keyframe.entities;
  for (model::Entity& entity : entities) {
    for (model::PropertyRow& row : entity.properties) numbered(row.source);
    numbered(entity.latest.source);
    numbered(entity.previous.source);
    const auto own = pristine.find(entity.info->id);
    if (own == pristine.end()) continue;
    if (entity.info->described == 0) {
      entity.info = own->second;
    } else {  // the pack knows best where its mesh stands
      auto info = std::make_shared<model::EntityInfo>(*own->second);
      info->attributes = entity.info->attributes;
      info->described = entity.info->described;
      entity.info = std::move(info);
    }
    pristine.erase(own);
  }
  for (const auto& [id, info] : pristine) entities.emplace_back().info = info;
  store_.restore(std::move(entities));
  ByteReader memory(keyframe.memory);
  if (memory.atEnd() || !sequencer_.load(memory, numbers) || !roster_.load(memory, numbers)) {
    sequencer_.clear();
    roster_.clear();
  }
  lastEvents_.assign(keyframe.events.begin(), keyframe.events.end());
  for (model::Event& event : lastEvents_) numbered(event.source);

  model::ChangeBatch changes = store_.takeChanges();
  changes.restored = true;
  changes.events.assign(lastEvents_.begin(), lastEvents_.end());
  std::lock_guard pendingLock(pendingMutex_);
  pending_.merge(std::move(changes));
}

size_t StoreWriter::pendingEvents() const {
  std::lock_guard lock(pendingMutex_);
  return pending_.events.size();
}

size_t StoreWriter::entityCount() const {
  std::lock_guard lock(storeMutex_);
  return store_.size();
}

uint64_t StoreWriter::revision() const {
  std::lock_guard lock(storeMutex_);
  return store_.revision();
}

uint64_t StoreWriter::stateHash() const {
  std::lock_guard lock(storeMutex_);
  return store_.stateHash();
}

}  // namespace feeds

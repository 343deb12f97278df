// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/store_writer.h"

#include <utility>

namespace feeds {

void StoreWriter::writeOne(DecodedMessage& message) {
  if (!message.rejectedFor.empty()) {
    message.fate = Fate::Rejected;
    return;
  }
  message.normalised = normaliser_.apply(message.raw, message.observations);
  roster_.count(message.raw.source, message.observations);
  message.sequenced = sequencer_.filter(message.raw.source, message.observations, listener_ ? &message.late : nullptr);
  const Sequencer::Outcome& s = message.sequenced;
  if (s.accepted == 0 && s.late > 0) {
    message.fate = Fate::Late;
  } else if (s.accepted == 0 && s.duplicate + s.superseded > 0) {
    message.fate = Fate::Duplicate;
  }
  store_.apply(message.observations, message.raw.source, message.raw.received);
  if (listener_ && s.accepted + s.late > 0) listener_(message);
}

void StoreWriter::write(std::vector<DecodedMessage>& messages) {
  std::lock_guard lock(storeMutex_);
  for (DecodedMessage& message : messages) writeOne(message);
}

void StoreWriter::define(std::vector<model::EntityInfo> entities) {
  {
    std::lock_guard lock(storeMutex_);
    for (model::EntityInfo& info : entities) store_.define(std::move(info));
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

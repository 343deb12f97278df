// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/feeds/decode_result.h"
#include "twin/feeds/keyframe.h"
#include "twin/feeds/normalise.h"
#include "twin/feeds/roster.h"
#include "twin/feeds/sequencer.h"
#include "twin/model/entity_store.h"

namespace feeds {

/// The last stage: normalise, sequence, store, publish. One thread writes at a time; readers take merged
/// batches from another lock that is held for a swap only.
class StoreWriter {
 public:
  StoreWriter(std::shared_ptr<const core::Catalogue> catalogue, double latenessSeconds)
      : normaliser_(std::move(catalogue)), sequencer_(latenessSeconds) {}

  /// Called for each message that brought something, after it is in the store, in the store's order.
  /// Set before the first write().
  using Listener = std::function<void(const DecodedMessage&)>;
  void setListener(Listener listener) { listener_ = std::move(listener); }

  /// Writes decoded messages in their order and fills in each one's outcome.
  void write(std::vector<DecodedMessage>& messages);
  void define(std::vector<model::EntityInfo> entities);
  /// Merges what the store has changed into the batch that waits for a reader.
  void publish();

  /// The state as a keyframe; who the sources are is for the caller to fill in.
  Keyframe state() const;
  /// Becomes that state, whatever was known before; `numbers` are this path's SourceIds of its sources.
  void restore(const Keyframe& keyframe, const std::vector<model::SourceId>& numbers);

  model::ChangeBatch take();
  model::ChangeBatch keyframe();
  size_t pendingEvents() const;
  size_t entityCount() const;
  uint64_t revision() const;
  uint64_t stateHash() const;

 private:
  void writeOne(DecodedMessage& message);
  void rememberEvents(const DecodedMessage& message);

  mutable std::mutex storeMutex_;  // taken before pendingMutex_
  Normaliser normaliser_;
  Roster roster_;
  Sequencer sequencer_;
  model::EntityStore store_;
  std::unordered_map<std::string, std::shared_ptr<const model::EntityInfo>> defined_;  // as the pack has them
  std::deque<model::Event> lastEvents_;
  std::vector<uint64_t> settled_;  // by source: Keyframe::Known::settled
  Listener listener_;
  mutable std::mutex pendingMutex_;
  model::ChangeBatch pending_;
};

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "engine/base/key_index.h"
#include "twin/feeds/decoder_table.h"
#include "twin/feeds/event_spill.h"
#include "twin/feeds/raw_message.h"

namespace feeds {

struct QueuedMessage {
  RawMessage message;
  const DecoderRow* row = nullptr;
  uint64_t place = 0;  ///< seq of the message whose turn this takes; its own unless it was conflated
};

/// When positions replace each other. Nanoseconds, by the steady clock of the messages' arrival.
struct Conflation {
  int64_t after = INT64_MAX;  ///< the oldest position has waited longer: a flood, until most come singly again
  int64_t hold = 0;           ///< in a flood a position waits so long for a newer one before it is decoded
};

/// Messages between transports and decoders, within a budget of bytes and in order of arrival. Like
/// base::BoundedQueue, but what happens under pressure depends on the message: above half the budget, and in a
/// flood, a position replaces the waiting one of the same source and topic, so that a burst makes pictures coarser
/// in time but not old, and leaves the processors to them; at the budget the oldest position or
/// state is dropped; an event goes to disk (event_spill.h), and so do all after it until the disk is drained;
/// without a disk, or when it is full, it waits for room. Nothing is lost without being returned to the caller for
/// counting.
class MessageQueue {
 public:
  explicit MessageQueue(size_t byteBudget, std::unique_ptr<EventSpill> spill = nullptr, Conflation conflation = {})
      : budget_(byteBudget), conflation_(conflation), spill_(std::move(spill)) {}

  struct PushOutcome {
    bool accepted = false;
    bool spilled = false;                  ///< went to disk; it will come back by itself
    bool conflated = false;                ///< took the place of an older one (same source)
    std::vector<model::SourceId> dropped;  ///< whose oldest messages had to go
  };
  /// `source` is what a spilled message is kept with.
  PushOutcome push(QueuedMessage item, const Source& source = {});

  /// Up to `limit` messages in order, with a ticket that counts batches from 0: whoever decodes them in
  /// parallel puts the results back in order by it. Empty after the timeout, or when closed and empty;
  /// an empty batch has no ticket.
  struct Batch {
    uint64_t ticket = 0;
    std::vector<QueuedMessage> messages;
  };
  Batch popBatch(size_t limit, std::chrono::milliseconds timeout);

  /// Refuses further messages and wakes everybody; what waits can still be popped.
  void close();
  bool closedAndEmpty() const;
  size_t usedBytes() const;
  size_t size() const;
  size_t spilledMessages() const;  ///< on disk now
  uint64_t spilledBytes() const;

 private:
  struct Waiting {
    uint64_t order = 0;
    QueuedMessage item;
    base::MonoNs since = 0;  ///< arrival of the first message in this place
  };
  std::deque<Waiting>& lane(QueueClass c) { return lanes_[static_cast<size_t>(c)]; }
  bool pressed() const { return used_ > budget_ / 2; }
  void watchFlood(base::MonoNs arrival);
  bool held(base::MonoNs now) const;
  bool tryConflate(QueuedMessage& item);
  void indexPositions();
  bool makeRoom(size_t bytes, PushOutcome& outcome);
  bool roomForEvent(std::unique_lock<std::mutex>& lock, const QueuedMessage& item, const Source& source,
                    PushOutcome& outcome);
  void refill();
  std::deque<Waiting>* oldestLane(bool droppableOnly, const std::deque<Waiting>* without = nullptr);
  QueuedMessage takeFront(std::deque<Waiting>& from);
  size_t countLocked() const { return lanes_[0].size() + lanes_[1].size() + lanes_[2].size(); }
  size_t spilledLocked() const { return spill_ ? spill_->pending() : 0; }

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable room_;
  std::array<std::deque<Waiting>, 3> lanes_;  // by QueueClass; `order` merges them again
  // Hash of source and topic -> index in its lane, counted from the first position ever. Kept from the moment that
  // positions begin to be conflated until none waits: most of the time nobody looks into it.
  base::KeyIndex positionAt_;
  bool indexed_ = false;
  uint64_t positionsTaken_ = 0;
  uint64_t nextOrder_ = 0;
  uint64_t nextTicket_ = 0;
  size_t budget_;
  const Conflation conflation_;
  struct Flood {
    bool on = false;
    base::MonoNs since = 0;  // of what is counted
    uint64_t arrived = 0, conflated = 0;
  } flood_;
  size_t used_ = 0;
  bool closed_ = false;
  std::unique_ptr<EventSpill> spill_;  // may be null
};

}  // namespace feeds

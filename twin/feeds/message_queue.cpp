// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/message_queue.h"

#include "engine/base/hash.h"

namespace feeds {
namespace {

constexpr size_t kRefill = 256;  // events brought back from disk at once
constexpr std::chrono::milliseconds kFloodTurn{20};  // nobody is woken for positions in a flood

uint64_t positionKey(const RawMessage& m) {
  return base::mix(base::hashBytes(m.topic, base::kHashSeed ^ base::mix(m.source)));
}

}  // namespace

void MessageQueue::indexPositions() {
  const std::deque<Waiting>& positions = lane(QueueClass::Position);
  for (size_t i = 0; i < positions.size(); ++i) positionAt_.set(positionKey(positions[i].item.message), positionsTaken_ + i);
  indexed_ = true;
}

/// A flood begins when decoding lags, and ends when at least half of what comes replaces nothing, or when nothing waits.
void MessageQueue::watchFlood(base::MonoNs arrival) {
  const std::deque<Waiting>& positions = lane(QueueClass::Position);
  const bool calm = arrival - flood_.since > conflation_.hold && flood_.conflated * 2 <= flood_.arrived;
  if (flood_.on && (calm || positions.empty())) flood_.on = false;
  const bool begins = !flood_.on && !positions.empty() && arrival - positions.front().since > conflation_.after;
  if (begins || arrival - flood_.since > conflation_.hold) flood_ = {.on = flood_.on || begins, .since = arrival};
  ++flood_.arrived;
}

/// Whether all positions still wait for newer ones.
bool MessageQueue::held(base::MonoNs now) const {
  const std::deque<Waiting>& positions = lanes_[static_cast<size_t>(QueueClass::Position)];
  return flood_.on && !closed_ && !pressed() && !positions.empty() && now - positions.front().since < conflation_.hold;
}

bool MessageQueue::tryConflate(QueuedMessage& item) {
  if (!indexed_) indexPositions();
  const auto at = positionAt_.find(positionKey(item.message));
  if (!at) return false;
  std::deque<Waiting>& positions = lane(QueueClass::Position);
  QueuedMessage& waiting = positions[*at - positionsTaken_].item;
  if (waiting.message.source != item.message.source || waiting.message.topic != item.message.topic)
    return false;
  used_ -= waiting.message.weight();
  used_ += item.message.weight();
  item.place = waiting.place;
  waiting = std::move(item);
  ++flood_.conflated;
  return true;
}

std::deque<MessageQueue::Waiting>* MessageQueue::oldestLane(bool droppableOnly, const std::deque<Waiting>* without) {
  std::deque<Waiting>* oldest = nullptr;
  for (std::deque<Waiting>& candidate : lanes_) {
    if (candidate.empty() || &candidate == without || (droppableOnly && &candidate == &lane(QueueClass::Event))) continue;
    if (!oldest || candidate.front().order < oldest->front().order) oldest = &candidate;
  }
  return oldest;
}

QueuedMessage MessageQueue::takeFront(std::deque<Waiting>& from) {
  QueuedMessage item = std::move(from.front().item);
  from.pop_front();
  used_ -= item.message.weight();
  if (&from == &lane(QueueClass::Position)) {
    if (indexed_) {
      const uint64_t key = positionKey(item.message);
      if (positionAt_.find(key) == positionsTaken_) positionAt_.erase(key);
      indexed_ = !from.empty();
    }
    ++positionsTaken_;
  }
  return item;
}

/// Drops the oldest that may be dropped until the bytes fit; false when they cannot.
bool MessageQueue::makeRoom(size_t bytes, PushOutcome& outcome) {
  while (used_ + bytes > budget_) {
    std::deque<Waiting>* oldest = oldestLane(true);
    if (!oldest) return false;
    outcome.dropped.push_back(takeFront(*oldest).message.source);
  }
  return true;
}

/// True when the event belongs into its lane now; false when it is on disk, or the queue was closed.
bool MessageQueue::roomForEvent(std::unique_lock<std::mutex>& lock, const QueuedMessage& item,
                                const Source& source, PushOutcome& outcome) {
  const size_t bytes = item.message.weight();
  while (!closed_) {
    if (spilledLocked() == 0 && makeRoom(bytes, outcome)) return true;
    if (spill_ && spill_->put(item.message, source)) {
      outcome.accepted = outcome.spilled = true;
      return false;
    }
    room_.wait(lock, [&] { return closed_ || (spilledLocked() == 0 && used_ + bytes <= budget_); });
  }
  return false;
}

/// Brings events back from disk once none is before them.
void MessageQueue::refill() {
  if (spilledLocked() == 0 || !lane(QueueClass::Event).empty()) return;
  for (RawMessage& message : spill_->take(kRefill, budget_ / 4)) {
    used_ += message.weight();
    const DecoderRow* row = findDecoder(message.topic);
    lane(QueueClass::Event).push_back({nextOrder_++, {std::move(message), row}, 0});
  }
}

MessageQueue::PushOutcome MessageQueue::push(QueuedMessage item, const Source& source) {
  PushOutcome outcome;
  const size_t bytes = item.message.weight();
  const QueueClass queueClass = item.row->queueClass;
  std::unique_lock lock(mutex_);
  if (closed_ || bytes > budget_) return outcome;
  const bool position = queueClass == QueueClass::Position;
  if (position) watchFlood(item.message.receivedMono);
  if (position && (flood_.on || used_ + bytes > budget_ / 2) && tryConflate(item)) {
    outcome.accepted = outcome.conflated = true;
    return outcome;
  }
  const bool fits = queueClass == QueueClass::Event ? roomForEvent(lock, item, source, outcome) : makeRoom(bytes, outcome);
  if (!fits) {
    lock.unlock();
    if (outcome.spilled) filled_.notify_one();
    return outcome;
  }
  std::deque<Waiting>& into = lane(queueClass);
  if (position && indexed_) positionAt_.set(positionKey(item.message), positionsTaken_ + into.size());
  const base::MonoNs since = item.message.receivedMono;
  into.push_back({nextOrder_++, std::move(item), since});
  used_ += bytes;
  outcome.accepted = true;
  const bool wakes = !(position && flood_.on);
  lock.unlock();
  if (wakes) filled_.notify_one();
  return outcome;
}

MessageQueue::Batch MessageQueue::popBatch(size_t limit, std::chrono::milliseconds timeout) {
  Batch batch;
  std::unique_lock lock(mutex_);
  std::deque<Waiting>& positions = lane(QueueClass::Position);
  const std::deque<Waiting>* heldLane = nullptr;
  const auto ready = [&] {
    heldLane = held(base::SystemClock::monoNow()) ? &positions : nullptr;
    return countLocked() - (heldLane ? positions.size() : 0);
  };
  filled_.wait_for(lock, flood_.on ? std::min(timeout, kFloodTurn) : timeout, [&] { return closed_ || ready() + spilledLocked() > 0; });
  refill();
  const size_t count = std::min(limit, ready());
  if (count == 0) return batch;
  batch.ticket = nextTicket_++;
  batch.messages.reserve(count);
  for (size_t i = 0; i < count; ++i) batch.messages.push_back(takeFront(*oldestLane(false, heldLane)));
  lock.unlock();
  room_.notify_all();
  return batch;
}

void MessageQueue::close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
  room_.notify_all();
}

bool MessageQueue::closedAndEmpty() const {
  std::lock_guard lock(mutex_);
  return closed_ && countLocked() + spilledLocked() == 0;
}

size_t MessageQueue::usedBytes() const {
  std::lock_guard lock(mutex_);
  return used_;
}

size_t MessageQueue::size() const {
  std::lock_guard lock(mutex_);
  return countLocked() + spilledLocked();
}

size_t MessageQueue::spilledMessages() const {
  std::lock_guard lock(mutex_);
  return spilledLocked();
}

uint64_t MessageQueue::spilledBytes() const {
  std::lock_guard lock(mutex_);
  return spill_ ? spill_->bytes() : 0;
}

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace base {

/// What a full queue does with the next item. Every refusal is counted.
enum class WhenFull { Block, DropOldest, DropNewest };

/// Many writers, many readers, and a budget in bytes.
template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(size_t byteBudget) : budget_(byteBudget) {}

  struct PushOutcome {
    bool accepted = false;
    uint32_t dropped = 0;  ///< older items thrown out to make room
  };

  /// Adds an item that weighs `bytes`. An item heavier than the whole budget is refused.
  PushOutcome push(T item, size_t bytes, WhenFull policy) {
    std::unique_lock lock(mutex_);
    PushOutcome outcome;
    if (bytes > budget_ || closed_) {
      ++refused_;
      return outcome;
    }
    while (used_ + bytes > budget_) {
      if (policy == WhenFull::DropNewest) {
        ++refused_;
        return outcome;
      }
      if (policy == WhenFull::DropOldest) {
        used_ -= items_.front().second;
        items_.pop_front();
        ++outcome.dropped;
        ++refused_;
        continue;
      }
      room_.wait(lock, [&] { return closed_ || used_ + bytes <= budget_; });
      if (closed_) {
        ++refused_;
        return outcome;
      }
    }
    used_ += bytes;
    items_.emplace_back(std::move(item), bytes);
    outcome.accepted = true;
    lock.unlock();
    filled_.notify_one();
    return outcome;
  }

  /// Waits up to `timeout` for an item.
  std::optional<T> pop(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    filled_.wait_for(lock, timeout, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    T item = std::move(items_.front().first);
    used_ -= items_.front().second;
    items_.pop_front();
    lock.unlock();
    room_.notify_all();
    return item;
  }

  /// Takes all that waits, without waiting.
  std::deque<std::pair<T, size_t>> takeAll() {
    std::deque<std::pair<T, size_t>> taken;
    {
      std::lock_guard lock(mutex_);
      taken.swap(items_);
      used_ = 0;
    }
    room_.notify_all();
    return taken;
  }

  /// Wakes everybody; further pushes are refused, waiting items can still be popped.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
    room_.notify_all();
  }

  bool closed() const { std::lock_guard lock(mutex_); return closed_; }
  size_t usedBytes() const { std::lock_guard lock(mutex_); return used_; }
  size_t size() const { std::lock_guard lock(mutex_); return items_.size(); }
  uint64_t refused() const { std::lock_guard lock(mutex_); return refused_; }

 private:
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable room_;
  std::deque<std::pair<T, size_t>> items_;
  size_t budget_;
  size_t used_ = 0;
  uint64_t refused_ = 0;
  bool closed_ = false;
};

}  // namespace base

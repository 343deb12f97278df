// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "twin/feeds/decode_result.h"

namespace feeds {

/// Puts batches that several decoders finish in any order back into the order of their tickets, so that
/// four workers give the same state as one. Workers that run far ahead wait.
class ReorderBuffer {
 public:
  void put(uint64_t ticket, std::vector<DecodedMessage> batch) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return ticket < next_ + kAhead; });
    waiting_.emplace(ticket, std::move(batch));
    lock.unlock();
    filled_.notify_one();
  }

  /// The next batch in order, or nothing after the timeout.
  std::optional<std::vector<DecodedMessage>> next(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    const auto ready = [&] { return !waiting_.empty() && waiting_.begin()->first == next_; };
    filled_.wait_for(lock, timeout, [&] { return ready() || closed_; });
    if (!ready()) return std::nullopt;
    std::optional<std::vector<DecodedMessage>> batch(std::move(waiting_.begin()->second));
    waiting_.erase(waiting_.begin());
    ++next_;
    lock.unlock();
    room_.notify_all();
    return batch;
  }

  /// No more put() will come.
  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    filled_.notify_all();
  }
  bool finished() const {
    std::lock_guard lock(mutex_);
    return closed_ && waiting_.empty();
  }

 private:
  static constexpr uint64_t kAhead = 32;

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::condition_variable room_;
  std::map<uint64_t, std::vector<DecodedMessage>> waiting_;
  uint64_t next_ = 0;
  bool closed_ = false;
};

}  // namespace feeds

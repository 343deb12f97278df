// SPDX-License-Identifier: Apache-2.0
#include "engine/base/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;

TEST(BoundedQueue, BlockedWritersLoseNothing) {
  constexpr int kWriters = 4, kEach = 2000;
  base::BoundedQueue<int> queue(40);  // ten items
  std::vector<std::thread> threads;
  std::atomic<int> refused{0};
  for (int w = 0; w < kWriters; ++w)
    threads.emplace_back([&queue, &refused, w] {
      for (int i = 0; i < kEach; ++i)
        if (!queue.push(w * kEach + i, 4, base::WhenFull::Block).accepted) ++refused;
    });
  std::mutex mutex;
  std::set<int> seen;
  std::atomic<size_t> mostBytes{0};
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r)
    readers.emplace_back([&] {
      while (const auto item = queue.pop(10s)) {
        const size_t used = queue.usedBytes();
        if (used > mostBytes) mostBytes = used;
        std::lock_guard lock(mutex);
        EXPECT_TRUE(seen.insert(*item).second) << *item;
      }
    });
  for (std::thread& writer : threads) writer.join();
  queue.close();
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(seen.size(), static_cast<size_t>(kWriters * kEach));
  EXPECT_EQ(refused, 0);
  EXPECT_LE(mostBytes, 40u);
}

TEST(BoundedQueue, TheOldestGoesAndIsCounted) {
  base::BoundedQueue<int> queue(10);
  for (int i = 0; i < 10; ++i) queue.push(i, 1, base::WhenFull::DropOldest);
  const auto outcome = queue.push(10, 3, base::WhenFull::DropOldest);
  EXPECT_TRUE(outcome.accepted);
  EXPECT_EQ(outcome.dropped, 3u);
  EXPECT_FALSE(queue.push(11, 1, base::WhenFull::DropNewest).accepted);
  EXPECT_FALSE(queue.push(12, 11, base::WhenFull::DropOldest).accepted);  // heavier than all of it
  EXPECT_EQ(queue.refused(), 5u);
  EXPECT_EQ(queue.pop(0ms), 3);
  EXPECT_EQ(queue.takeAll().size(), 7u);
  EXPECT_EQ(queue.usedBytes(), 0u);
}

TEST(BoundedQueue, ClosingWakesWhoWaits) {
  base::BoundedQueue<int> queue(1);
  queue.push(1, 1, base::WhenFull::Block);
  std::atomic<bool> accepted{true};
  std::thread writer([&] { accepted = queue.push(2, 1, base::WhenFull::Block).accepted; });
  queue.close();
  writer.join();
  EXPECT_FALSE(accepted);
  EXPECT_EQ(queue.pop(0ms), 1);  // what waits can still be had
  EXPECT_EQ(queue.pop(10s), std::nullopt);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "engine/base/job_pool.h"

#include <gtest/gtest.h>

#include <array>

namespace {

TEST(JobPool, EveryIndexOnceFromSeveralCallers) {
  base::JobPool pool(3);
  std::vector<std::thread> callers;
  std::array<std::vector<std::atomic<int>>, 3> counts{std::vector<std::atomic<int>>(1000), std::vector<std::atomic<int>>(1000), std::vector<std::atomic<int>>(1000)};
  for (auto& count : counts)
    callers.emplace_back([&pool, &count] { pool.parallelFor(count.size(), [&count](size_t i) { ++count[i]; }); });
  for (std::thread& caller : callers) caller.join();
  for (const auto& count : counts)
    for (const auto& times : count) EXPECT_EQ(times, 1);
  pool.parallelFor(0, [](size_t) { FAIL(); });
}

TEST(JobPool, JobsSayHowFarTheyAre) {
  base::JobPool pool(1);
  std::atomic<bool> go{false};
  const auto job = pool.submit("import", [&go](base::JobProgress& progress) {
    progress.set(0.5);
    while (!go) std::this_thread::yield();
  });
  const auto next = pool.submit("second", [](base::JobProgress&) {});
  while (job->fraction() < 0.5) std::this_thread::yield();
  EXPECT_EQ(pool.running().size(), 2u);
  EXPECT_FALSE(job->finished());
  go = true;
  while (!next->finished()) std::this_thread::yield();
  EXPECT_TRUE(job->finished());
}

TEST(JobPool, EndingCancelsWhatRunsAndForgetsWhatWaits) {
  std::atomic<bool> begun{false}, ranSecond{false};
  std::shared_ptr<base::JobProgress> second;
  {
    base::JobPool pool(1);
    pool.submit("endless", [&begun](base::JobProgress& progress) {
      begun = true;
      while (!progress.cancelled()) std::this_thread::yield();
    });
    second = pool.submit("never", [&ranSecond](base::JobProgress&) { ranSecond = true; });
    while (!begun) std::this_thread::yield();
  }
  EXPECT_FALSE(ranSecond);
  EXPECT_TRUE(second->finished());
}

}  // namespace

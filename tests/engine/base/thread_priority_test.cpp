// SPDX-License-Identifier: Apache-2.0
#include "engine/base/thread_priority.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

namespace {

int niceness() { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }

TEST(ThreadPriority, LowersOnlyTheThreadThatAsks) {
  const int before = niceness();
  int lowered = 0;
  std::thread([&] {
    base::yieldToPicture();
    lowered = niceness();
  }).join();
  EXPECT_EQ(lowered, std::min(before + 10, 19));
  EXPECT_EQ(niceness(), before);
}

}  // namespace

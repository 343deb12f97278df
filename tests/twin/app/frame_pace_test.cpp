// SPDX-License-Identifier: Apache-2.0
#include "twin/app/frame_pace.h"

#include <gtest/gtest.h>

#include "engine/base/clock.h"

namespace {

constexpr int64_t ms(int64_t n) { return n * base::kNsPerMs; }

/// Frames on a device that needs `device` for each, with `own` of the program's work; the time held back at the end.
int64_t settled(app::FramePace& pace, int64_t device, int64_t own, int frames) {
  int64_t held = 0;
  for (int i = 0; i < frames; ++i) held = pace.holdBack(std::max<int64_t>(0, device - own - held));
  return held;
}

TEST(FramePace, HoldsBackMostOfWhatTheDeviceNeeds) {
  app::FramePace pace;
  const int64_t held = settled(pace, ms(80), ms(10), 50);
  EXPECT_GT(held, ms(40));
  EXPECT_LT(held, ms(70)) << "the next frame must be ready before the device is";
}

TEST(FramePace, DoesNotHoldBackWhatTheDeviceWaitsFor) {
  app::FramePace pace;
  EXPECT_EQ(settled(pace, ms(5), ms(10), 50), 0);
}

TEST(FramePace, OneQuickFrameMakesItCareful) {
  app::FramePace pace;
  const int64_t before = settled(pace, ms(80), ms(10), 50);
  const int64_t after = pace.holdBack(0);  // the device was ready before we were
  EXPECT_LT(after, before);
  EXPECT_LT(settled(pace, ms(20), ms(10), 8), ms(10));
}

TEST(FramePace, StartsWithoutHoldingBack) {
  app::FramePace pace;
  EXPECT_EQ(pace.holdBack(ms(80)), 0) << "one frame says little";
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/clock_offset.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decode_online.h"

namespace {

using namespace feeds_test;
constexpr int64_t kSecond = base::kNsPerSecond;

/// One message a second, each `behind` seconds old.
struct Stream {
  feeds::ClockOffset offset;
  base::UtcNs now = kNow;
  void message(int64_t behind) {
    now += kSecond;
    offset.sample(now, now - behind * kSecond);
  }
};

TEST(ClockOffset, IsTheMedianAndSlewsSlowly) {
  Stream stream;
  for (int i = 0; i < 64; ++i) stream.message(2);
  EXPECT_NEAR(stream.offset.seconds(), 2, 1e-6);
  stream.message(3600);  // one odd message
  EXPECT_NEAR(stream.offset.seconds(), 2, 1e-6);
  for (int i = 0; i < 60; ++i) stream.message(100);  // the clock was set
  EXPECT_LE(stream.offset.seconds(), 2 + 5.001);
  EXPECT_GT(stream.offset.seconds(), 3);
  for (int i = 0; i < 1200; ++i) stream.message(100);
  EXPECT_NEAR(stream.offset.seconds(), 100, 1e-6);
}

/// Whatever comes, a minute moves the figure by at most five seconds once the window is full.
RC_GTEST_PROP(ClockOffset, NeverMovesFasterThanFiveSecondsAMinute, ()) {
  Stream stream;
  for (int i = 0; i < 64; ++i) stream.message(0);
  const auto jumps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1000, 1000));
  for (const int jump : jumps) {
    const double before = stream.offset.seconds();
    stream.message(jump);
    RC_ASSERT(std::abs(stream.offset.seconds() - before) <= 5.0 / 60 + 1e-9);
  }
}

TEST(ClockOffset, ASourceThatRunsAheadIsSeenThoughItsTimesAreClamped) {
  Feed feed;
  for (int i = 0; i < 10; ++i) feed.transport->publish("telemetry/car/car-1", telemetry(kNow + (30 + i) * kSecond), kNow);
  EXPECT_NEAR(feed.stats().clockOffset, -35, 5);
  EXPECT_EQ(feed.stats().flagged["future"], 10u);
}

TEST(Online, AGatewaysWillIsHeard) {
  Feed feed;
  feed.transport->publish("online/gw-1", "1", kNow);
  feed.transport->publish("online/gw-2", R"({"online":true})", kNow);
  EXPECT_EQ(feed.stats().offline.size(), 0u);
  EXPECT_EQ(feed.stats().online.size(), 2u);
  feed.transport->publish("online/gw-1", "offline", kNow);
  EXPECT_EQ(feed.stats().offline, std::set<std::string>{"gw-1"});
  EXPECT_FALSE(feed.stats().allOffline());
  feed.transport->publish("online/gw-2", "", kNow);
  EXPECT_TRUE(feed.stats().allOffline());
  feed.transport->publish("online/gw-2", "maybe", kNow);
  EXPECT_EQ(feed.stats().rejected["json"], 1u);
}

}  // namespace

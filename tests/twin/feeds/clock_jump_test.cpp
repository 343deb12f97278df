// SPDX-License-Identifier: Apache-2.0
// The machine's clock is set, far and back, while messages come: live goes on with every message, and ages are right
// as soon as the clock is.
#include <gtest/gtest.h>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/model/freshness.h"

namespace {

using namespace feeds_test;

constexpr int64_t kSecond = base::kNsPerSecond;
constexpr int64_t kHour = 3600 * kSecond, kTenYears = 3652 * 24 * kHour;

enum class Stamp { ByThisMachine, ByTheSender };  // whose clock event times are of

struct Jump {
  int64_t by;
  Stamp stamp;
};

class ClockJump : public testing::TestWithParam<Jump> {
 protected:
  ClockJump() : feed_(options()) {}
  feeds::IngestOptions options() {
    feeds::IngestOptions result = inlineOptions();
    result.utcNow = [this] { return truth_ + wrong_; };
    return result;
  }
  base::UtcNs now() const { return truth_ + wrong_; }
  /// A second passes, and a car and a sensor speak.
  void speak() {
    truth_ += kSecond;
    ++said_;
    const base::UtcNs stamp = GetParam().stamp == Stamp::ByThisMachine ? now() : truth_;
    feed_.transport->publish("telemetry/car/car-1", telemetry(stamp, 128.69 + said_ * 1e-4));
    feed_.transport->publish("v1.1/Datastreams(7)/Observations", feeds::encodeObservation(stamp, static_cast<double>(said_), {}, false));
  }
  model::Entity thing(const std::string& id) {
    for (const model::EntityRow& row : feed_.ingest.keyframe().rows)
      if (row.entity.info->id == id) return row.entity;
    ADD_FAILURE() << id << " is not there";
    return {};
  }
  void expectTheLastWord() {
    EXPECT_EQ(feed_.stats().applied, static_cast<uint64_t>(2 * said_));
    const model::Entity station = thing("air-1");
    const model::PropertyRow* row = station.property("pm25");
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->value, model::Value(static_cast<double>(said_)));
  }

  base::UtcNs truth_ = kNow;
  int64_t wrong_ = 0;
  int said_ = 0;
  Feed feed_;
};

TEST_P(ClockJump, LiveGoesOnAndAgesAreRightAfterwards) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 5; ++i) speak();
    expectTheLastWord();
    wrong_ = GetParam().by;
    for (int i = 0; i < 5; ++i) {
      speak();
      expectTheLastWord();
    }
    wrong_ = 0;
    for (int i = 0; i < 5; ++i) {
      speak();
      expectTheLastWord();
    }
    for (const char* id : {"car-1", "air-1"}) {
      const model::Freshness freshness = model::freshnessOf(thing(id).lastEvent(), now() + kSecond / 2, 1, false);
      EXPECT_EQ(freshness.health, model::Health::Good) << id;
      EXPECT_NEAR(freshness.ageSeconds, 0.5, 1e-6) << id;
    }
  }
  EXPECT_TRUE(feed_.stats().balanced());
}

INSTANTIATE_TEST_SUITE_P(Clocks, ClockJump,
                         testing::Values(Jump{kHour, Stamp::ByThisMachine}, Jump{-kHour, Stamp::ByThisMachine},
                                         Jump{kTenYears, Stamp::ByThisMachine}, Jump{-kTenYears, Stamp::ByThisMachine},
                                         Jump{kHour, Stamp::ByTheSender}, Jump{-kHour, Stamp::ByTheSender},
                                         Jump{kTenYears, Stamp::ByTheSender}, Jump{-kTenYears, Stamp::ByTheSender}));

}  // namespace

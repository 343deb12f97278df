// SPDX-License-Identifier: Apache-2.0
#include "twin/core/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

constexpr int64_t kSecond = base::kNsPerSecond;

TEST(Time, ReadsZonesAndFractions) {
  EXPECT_EQ(*core::parseIso8601("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(*core::parseIso8601("2026-11-22T18:00:00+09:00"), 1795338000 * kSecond);
  EXPECT_EQ(*core::parseIso8601("2026-11-22T09:00:00Z"), 1795338000 * kSecond);
  EXPECT_EQ(*core::parseIso8601("2026-11-22T09:00Z"), 1795338000 * kSecond);
  EXPECT_EQ(*core::parseIso8601("2010-12-23T10:20:00.25-0700"), 1293124800 * kSecond + kSecond / 4);
  EXPECT_EQ(*core::parseIso8601("2010-12-23T10:20:00.1234567899-07"), 1293124800 * kSecond + 123456789);
  EXPECT_EQ(*core::parseIso8601("2016-12-31T23:59:60Z"), *core::parseIso8601("2017-01-01T00:00:00Z"));
  EXPECT_LT(*core::parseIso8601("1969-12-31T23:59:59.5Z"), 0);
}

TEST(Time, RefusesWhatIsNotAMoment) {
  for (const char* text :
       {"", "2026", "2026-11-22", "2026-11-22T18:00:00", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T18:00:00+09:00x", "9999-01-01T00:00:00Z",
        "2010-12-23T10:20:00-0700Z", "2026-11-22T18:00:00.Z", "2026-11-22T18:00:00+"}) {
    EXPECT_FALSE(core::parseIso8601(text).ok()) << text;
  }
}

TEST(Time, KoreanWallClock) {
  const core::LocalTime t = core::toLocal(*core::parseIso8601("2026-11-22T15:30:05.25Z"), {});
  EXPECT_EQ(t.year, 2026);
  EXPECT_EQ(t.month, 11);
  EXPECT_EQ(t.day, 23);
  EXPECT_EQ(t.hour, 0);
  EXPECT_EQ(t.minute, 30);
  EXPECT_DOUBLE_EQ(t.second, 5.25);
  EXPECT_EQ(t.weekday, 1);  // a Monday
  EXPECT_EQ(t.dayOfYear, 327);
  EXPECT_EQ(core::toLocal(0, {0, "UTC"}).weekday, 4);
}

TEST(Time, Formats) {
  const base::UtcNs t = *core::parseIso8601("2026-11-22T09:00:05.250Z");
  EXPECT_EQ(core::formatIso8601(t), "2026-11-22T09:00:05.250Z");
  EXPECT_EQ(core::formatClock(t, {}), "18:00:05");
  EXPECT_EQ(core::formatDateTime(t, {}), "2026-11-22 18:00:05 KST");
  EXPECT_EQ(core::formatIso8601(-1), "1969-12-31T23:59:59.999Z");
}

RC_GTEST_PROP(Time, LocalAndBack, (int64_t seconds, bool kst)) {
  const base::UtcNs utc = seconds % 6'000'000'000 * kSecond + 250 * base::kNsPerMs;
  const core::TimeZone zone = kst ? core::TimeZone{} : core::TimeZone{-570, "X"};
  RC_ASSERT(core::fromLocal(core::toLocal(utc, zone), zone) == utc);
  RC_ASSERT(*core::parseIso8601(core::formatIso8601(utc)) == utc);
}

}  // namespace

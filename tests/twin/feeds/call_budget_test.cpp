// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "twin/feeds/call_budget.h"

namespace {

namespace fs = std::filesystem;
constexpr int64_t kHour = 3600 * base::kNsPerSecond;
const base::UtcNs kNoon = *core::parseIso8601("2026-11-24T12:00:00+09:00");

feeds::CallBudget budget(uint32_t perDay, const char* hours = nullptr, std::shared_ptr<feeds::CallLedger> ledger = std::make_shared<feeds::CallLedger>()) {
  std::optional<feeds::ServiceHours> open;
  if (hours) open = *feeds::parseServiceHours(hours);
  return feeds::CallBudget("svc", perDay, open, core::TimeZone{}, std::move(ledger));
}

TEST(CallBudget, StopsAtTheQuotaAndOpensAtTheCitysMidnight) {
  auto b = budget(3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(b.take(kNoon), 0);
  EXPECT_DOUBLE_EQ(b.take(kNoon), 12 * 3600.0);  // midnight in Korea, not in Greenwich
  const feeds::BudgetState s = b.state(kNoon);
  EXPECT_EQ(s.used, 3u);
  EXPECT_TRUE(s.spent);
  EXPECT_FALSE(s.offHours);
  EXPECT_EQ(b.take(kNoon + 12 * kHour), 0);
  EXPECT_EQ(b.state(kNoon + 12 * kHour).used, 1u);
}

TEST(CallBudget, WaitsForTheServicesHours) {
  auto day = budget(0, "05:00-23:30");
  EXPECT_EQ(day.take(kNoon), 0);
  EXPECT_DOUBLE_EQ(day.take(kNoon + 11 * kHour + kHour / 2), 5.5 * 3600);  // 23:30
  EXPECT_DOUBLE_EQ(day.take(kNoon + 16 * kHour), 3600);                    // 04:00
  EXPECT_TRUE(day.state(kNoon + 16 * kHour).offHours);
  auto night = budget(0, "22:00-06:00");
  EXPECT_DOUBLE_EQ(night.take(kNoon), 10 * 3600);
  EXPECT_EQ(night.take(kNoon + 13 * kHour), 0);
}

TEST(CallBudget, SpentAndOffHoursTogetherOpenInTheMorning) {
  auto b = budget(1, "05:00-23:30");
  EXPECT_EQ(b.take(kNoon), 0);
  EXPECT_DOUBLE_EQ(b.take(kNoon), 17 * 3600.0);
  EXPECT_FALSE(b.state(kNoon).offHours);
}

TEST(CallBudget, BelievesTheServiceThatNothingIsLeft) {
  auto b = budget(1000);
  EXPECT_EQ(b.take(kNoon), 0);
  b.exhaust(kNoon);
  EXPECT_DOUBLE_EQ(b.take(kNoon), 12 * 3600.0);
  EXPECT_EQ(b.take(kNoon + 12 * kHour), 0);
}

TEST(CallLedger, RemembersOverARestartAndForgetsYesterday) {
  const fs::path file = fs::temp_directory_path() / "alphacity_ledger_test" / "calls.json";
  fs::remove_all(file.parent_path());
  for (int run = 0; run < 2; ++run) {
    auto b = budget(10, nullptr, std::make_shared<feeds::CallLedger>(file));
    EXPECT_EQ(b.state(kNoon).used, static_cast<uint32_t>(4 * run));
    for (int i = 0; i < 4; ++i) EXPECT_EQ(b.take(kNoon), 0);
  }
  EXPECT_EQ(budget(10, nullptr, std::make_shared<feeds::CallLedger>(file)).state(kNoon + 24 * kHour).used, 0u);
  std::ofstream(file) << "{ torn";
  const feeds::CallLedger torn(file);
  EXPECT_NE(torn.error().find("calls.json"), std::string::npos);
  fs::remove_all(file.parent_path());
}

TEST(CallBudget, HoursAreCheckedWhenRead) {
  for (const char* bad : {"", "5-23", "05:00", "05:00-25:00", "05:60-06:00", "05:00-05:00", "05:00 23:30"})
    EXPECT_FALSE(feeds::parseServiceHours(bad)) << bad;
}

// Whatever the hours and the quota: no day sees more calls than allowed and none outside the hours.
RC_GTEST_PROP(CallBudget, NeverAsksMoreOrOutside, ()) {
  const auto quota = *rc::gen::inRange<uint32_t>(1, 20);
  const int from = *rc::gen::inRange(0, 1439);
  const int to = *rc::gen::suchThat(rc::gen::inRange(0, 1440), [&](int v) { return v != from; });
  feeds::CallBudget b("p", quota, feeds::ServiceHours{from, to}, core::TimeZone{}, std::make_shared<feeds::CallLedger>());
  std::map<int64_t, uint32_t> perDay;
  base::UtcNs now = kNoon;
  for (int i = 0; i < 100; ++i) {
    const double wait = b.take(now);
    const core::LocalTime t = core::toLocal(now, core::TimeZone{});
    if (wait > 0) {
      now += static_cast<int64_t>(wait * 1e9 + 0.5);
      continue;
    }
    const int minute = t.hour * 60 + t.minute;
    const bool open = from < to ? minute >= from && minute < to : minute >= from || minute < to;
    RC_ASSERT(open);
    RC_ASSERT(++perDay[t.year * 1000 + t.dayOfYear] <= quota);
    now += *rc::gen::inRange<int64_t>(1, 90) * 60 * base::kNsPerSecond;
  }
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// The machine's clock is set while history is written: nothing is thrown away, and the past is read as before.
#include <atomic>

#include "tests/twin/history/numbered.h"

using namespace history_test;

namespace {

constexpr int64_t kHour = 3600 * kSecond, kTenYears = 3652 * 24 * kHour;

class HistoryClock : public testing::TestWithParam<int64_t> {};

TEST_P(HistoryClock, SetAndSetBackItKeepsEverything) {
  const TemporaryFolder folder;
  const std::string where = (folder.path() / "h.sqlite").string();
  std::atomic<base::UtcNs> now{kNow};
  auto o = optionsFor(where);
  o.utcNow = [&] { return now.load(); };
  o.careSeconds = 0.02;
  o.retention.rawHours = 1;  // ten years ahead everything is old
  o.retention.tiers = {{.periodSeconds = 60, .days = 1}};
  auto writer = *history::HistoryWriter::create(o);
  int64_t n = 0;
  const auto write = [&](base::UtcNs at, int count) {
    now = at;
    for (int i = 0; i < count; ++i, ++n) {
      model::Observations seen;
      seen.properties.push_back(value("counter", "n", static_cast<double>(n), at + i * kSecond / 100));
      tell(*writer, seen, at + i * kSecond / 100);
    }
    ASSERT_TRUE(writer->flush(30)) << writer->status().problem;
    usleep(100'000);  // for a look at what is old
  };
  write(kNow, 3000);
  write(kNow + 30 * kSecond + GetParam(), 3000);  // wrong
  write(kNow + 60 * kSecond, 3000);               // right again
  write(kNow + 90 * kSecond, 3000);
  writer.reset();
  // The next run goes on from its own now.
  now = kNow + 130 * kSecond;
  writer = *history::HistoryWriter::create(o);
  write(kNow + 130 * kSecond, 100);
  writer.reset();

  auto store = history::openHistory(where, history::Access::Read);
  ASSERT_TRUE(store) << store.error();
  EXPECT_EQ(numbersIn(**store).size(), static_cast<size_t>(n));
  // A keyframe of after the jump is found, so that a look back costs what it always does.
  const auto keyframe = (*store)->keyframeBefore(kNow + 120 * kSecond);
  ASSERT_TRUE(keyframe && *keyframe);
  EXPECT_GT((*keyframe)->rx, kNow + 60 * kSecond);
  const history::Pack none;
  history::StateReader reader(*std::move(store), none);
  const auto state = reader.stateAt(kNow + 61 * kSecond, history::TimeView::AsKnown);
  ASSERT_TRUE(state && *state);
  const model::Entity* counter = (*state)->find(reader.names().find("counter"));
  ASSERT_NE(counter, nullptr);
  EXPECT_EQ(counter->properties.at(0).value, model::Value(6100.0));  // one a hundredth of a second since minute one
}

INSTANTIATE_TEST_SUITE_P(Jumps, HistoryClock, testing::Values(kHour, -kHour, kTenYears, -kTenYears));

}  // namespace

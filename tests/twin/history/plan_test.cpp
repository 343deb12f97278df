// SPDX-License-Identifier: Apache-2.0
// A jump must cost the same in a long history as in a short one. Counted in steps of SQLite's virtual machine, which
// do not depend on the machine that runs the test.
#include <sqlite3.h>

#include <atomic>

#include "tests/twin/history/history_fixture.h"

using namespace history_test;

namespace {

std::atomic<int64_t> steps{0};

int countSteps(unsigned, void*, void* statement, void*) {
  steps += sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
  return 0;
}

/// What every connection of this process is opened with.
int watch(sqlite3* db, char**, const void*) { return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, countSteps, nullptr); }

void generate(const std::string& where, int blocks) {
  auto store = std::move(*history::openHistory(where, history::Access::Write));
  const history::Pack none;
  history::BlockBuilder builder(none, 2048);
  ASSERT_TRUE(builder.begin(*store, kNow));
  for (int i = 0; i < blocks; ++i) {
    model::Observations seen;
    seen.poses.push_back(pose("car-" + std::to_string(i % 5), i, kNow + i * kSecond));
    builder.add({seen, {}, 0, kNow + i * kSecond}, source());
    ASSERT_TRUE(store->append(builder.take()));
  }
}

/// Steps of jumps to moments near the middle, in either view of time.
int64_t stepsOfJumps(const std::string& where, int blocks, history::TimeView view) {
  const history::Pack none;
  history::StateReader reader(std::move(*history::openHistory(where, history::Access::Read)), none);
  steps = 0;
  for (int i = 0; i < 10; ++i) {
    const auto state = reader.stateAt(kNow + (blocks / 2 + i) * kSecond, view);
    EXPECT_TRUE(state && (*state)->size() == 5);
  }
  return steps;
}

TEST(QueryPlan, AJumpCostsTheSameInALongHistory) {
  const TemporaryFolder folder;
  const std::string little = (folder.path() / "short.sqlite").string(), much = (folder.path() / "long.sqlite").string();
  generate(little, 1500);
  generate(much, 6000);
  ASSERT_EQ(sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch)), SQLITE_OK);
  for (const auto view : {history::TimeView::AsKnown, history::TimeView::AsItWas}) {
    const int64_t before = stepsOfJumps(little, 1500, view), after = stepsOfJumps(much, 6000, view);
    EXPECT_GT(before, 0);
    EXPECT_LT(after, 2 * before) << (view == history::TimeView::AsKnown ? "as known" : "as it was");
  }
  sqlite3_reset_auto_extension();
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// Two PostgreSQL servers: the primary dies under load, its standby is promoted, and the writer goes on there by
// itself. ALPHACITY_SERVER_KILLS: rounds for long runs.
#include <atomic>

#include "tests/twin/history/numbered.h"

using namespace history_test;
using test_support::PostgresServer;

namespace {

class Failover : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresServer::available()) GTEST_SKIP() << PostgresServer::why();
    primary_ = std::make_unique<PostgresServer>();
    ASSERT_TRUE(primary_->ok());
    addStandby(0);
    url_ = "postgresql://twin@127.0.0.1:" + std::to_string(primary_->port()) + ",127.0.0.1:" + std::to_string(standby_->port()) +
           "/postgres";
  }
  /// From now on a commit is acknowledged when it is on the disks of both.
  void addStandby(int port) {
    standby_ = PostgresServer::standbyOf(*primary_, port);
    ASSERT_TRUE(standby_->ok());
    primary_->configure("synchronous_standby_names = '*'");
    std::string state;
    for (int i = 0; i < 300 && state != "sync"; ++i) {
      state = primary_->ask("SELECT sync_state FROM pg_stat_replication");
      if (state != "sync") usleep(100'000);
    }
    ASSERT_EQ(state, "sync");
  }
  /// The standby takes the primary's place; the dead one's port is for the next standby.
  int failOver() {
    EXPECT_TRUE(standby_->promote());
    const int free = primary_->port();
    primary_ = std::move(standby_);
    return free;
  }

  std::unique_ptr<PostgresServer> primary_, standby_;
  std::string url_;
};

TEST_F(Failover, TheWriterGoesOnAtThePromotedStandby) {
  const int rounds = countFrom("ALPHACITY_SERVER_KILLS", 2);
  std::atomic<uint64_t> safe{0};
  auto o = optionsFor(url_);
  o.onDurable = [&](uint64_t, uint64_t rows) { safe = rows; };
  auto writer = *history::HistoryWriter::create(std::move(o));
  base::Random random(11);
  int64_t n = 0;
  double slowest = 0;  // seconds that the feed waited for one message
  const auto load = [&](double seconds) {
    const base::MonoNs end = base::SystemClock::monoNow() + static_cast<int64_t>(seconds * 1e9);
    for (base::MonoNs now = 0; (now = base::SystemClock::monoNow()) < end; ++n) {
      tell(*writer, numbered(n), kNow + n);
      slowest = std::max(slowest, static_cast<double>(base::SystemClock::monoNow() - now) * 1e-9);
      if (n % 10 == 0) usleep(1000);
    }
  };
  load(0.3);
  ASSERT_TRUE(writer->flush(60)) << writer->status().problem;
  uint64_t acknowledged = 0;
  for (int i = 0; i < rounds; ++i) {
    load(random.uniform(0.05, 0.3));
    primary_->kill();
    acknowledged += safe / 2;  // a value and a pose each; what is acknowledged now, only the standby has
    load(0.3);
    EXPECT_FALSE(writer->flush(0.01));  // nobody takes it
    const int port = failOver();
    load(0.1);
    ASSERT_TRUE(writer->flush(120)) << writer->status().problem;
    EXPECT_EQ(writer->status().state, history::HistoryStatus::State::Writing);
    if (i + 1 < rounds) addStandby(port);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(acknowledged, 0u);
  EXPECT_EQ(writer->status().lostRows, 0u);
  EXPECT_LT(slowest, 2);
  writer.reset();
  auto store = history::openHistory(url_, history::Access::Read);
  ASSERT_TRUE(store) << store.error();
  const auto numbers = numbersIn(**store);
  EXPECT_EQ(numbers.size(), static_cast<size_t>(n));
  for (const auto& [number, times] : numbers) EXPECT_EQ(times, 1) << number;
  std::printf("%d deaths of the primary, %lld messages, none lost or doubled; a message waited %.0f ms at most\n", rounds,
              static_cast<long long>(n), slowest * 1e3);
}

TEST_F(Failover, AStandbyIsReadAndNotWritten) {
  const auto writes = [](const PostgresServer& server) {
    auto store = history::openHistory(server.url(), history::Access::Write);
    return store && (*store)->tail();
  };
  EXPECT_TRUE(writes(*primary_));
  EXPECT_FALSE(writes(*standby_));
  // What the primary has acknowledged is on the standby's disk, and in its tables a moment later.
  const auto reads = [&] {
    auto store = history::openHistory(standby_->url(), history::Access::Read);
    return store && (*store)->span();
  };
  bool read = reads();
  for (int i = 0; i < 600 && !read; ++i) {
    usleep(50'000);
    read = reads();
  }
  EXPECT_TRUE(read);
}

}  // namespace

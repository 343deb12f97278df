// SPDX-License-Identifier: Apache-2.0
// What was acknowledged is there after any death: of the program, of the server, of the disk's room. The counts grow
// by ALPHACITY_KILLS (programs) and ALPHACITY_SERVER_KILLS for long runs.
#include <csignal>
#include <set>

#include <sys/resource.h>
#include <sys/wait.h>

#include "engine/base/compression.h"
#include "tests/twin/history/numbered.h"

using namespace history_test;

namespace {

/// Writes numbers from `first` on until it is killed; tells through the pipe how many are safe.
[[noreturn]] void writeUntilKilled(const std::string& where, int64_t first, int pipe) {
  auto o = optionsFor(where);
  o.onDurable = [pipe](uint64_t, uint64_t rows) {
    if (write(pipe, &rows, sizeof rows) != sizeof rows) _exit(1);
  };
  auto writer = history::HistoryWriter::create(std::move(o));
  if (!writer) _exit(2);
  for (int64_t n = first;; ++n) {
    tell(**writer, numbered(n), kNow + n);
    if (n % 20 == 0) usleep(200);
  }
}

TEST(Durability, NothingAcknowledgedIsLostWhenTheProgramIsKilled) {
  const int kills = countFrom("ALPHACITY_KILLS", 20);
  const TemporaryFolder folder;
  const std::string where = (folder.path() / "h.sqlite").string();
  base::Random random(99);
  constexpr int64_t kPerRun = 1'000'000'000;
  std::map<int64_t, uint64_t> acknowledged;  // by run
  for (int run = 0; run < kills; ++run) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      writeUntilKilled(where, run * kPerRun, ends[1]);
    }
    close(ends[1]);
    // Let it get going, then strike at any moment.
    uint64_t rows = 0, last = 0;
    ASSERT_EQ(read(ends[0], &rows, sizeof rows), static_cast<ssize_t>(sizeof rows));
    last = rows;
    usleep(static_cast<useconds_t>(random.uniform(0, 60'000)));
    kill(child, SIGKILL);
    while (read(ends[0], &rows, sizeof rows) == static_cast<ssize_t>(sizeof rows)) last = rows;
    close(ends[0]);
    waitpid(child, nullptr, 0);
    acknowledged[run] = last / 2;  // a value and a pose each
  }
  auto store = history::openHistory(where, history::Access::Write);
  ASSERT_TRUE(store) << store.error();
  std::map<int64_t, std::set<int64_t>> byRun;
  for (const auto& [n, times] : numbersIn(**store)) {
    EXPECT_EQ(times, 1) << n;
    byRun[n / kPerRun].insert(n % kPerRun);
  }
  uint64_t total = 0;
  for (const auto& [run, safe] : acknowledged) {
    total += safe;
    EXPECT_GT(safe, 0u);
    EXPECT_GE(byRun[run].size(), safe) << "run " << run;
    EXPECT_EQ(*byRun[run].rbegin(), static_cast<int64_t>(byRun[run].size()) - 1) << "a hole in run " << run;
  }
  std::printf("%d kills, %llu acknowledged messages, none lost\n", kills, static_cast<unsigned long long>(total));
}

TEST(Durability, AServerThatIsKilledLosesAndDoublesNothing) {
  if (!test_support::PostgresServer::available()) GTEST_SKIP() << test_support::PostgresServer::why();
  test_support::PostgresServer server;
  ASSERT_TRUE(server.ok());
  const int kills = countFrom("ALPHACITY_SERVER_KILLS", 5);
  auto writer = *history::HistoryWriter::create(optionsFor(server.url()));
  base::Random random(4);
  int64_t n = 0;
  const auto load = [&](double seconds) {
    const base::MonoNs end = base::SystemClock::monoNow() + static_cast<int64_t>(seconds * 1e9);
    while (base::SystemClock::monoNow() < end) {
      tell(*writer, numbered(n), kNow + n);
      if (++n % 10 == 0) usleep(1000);
    }
  };
  load(0.3);
  ASSERT_TRUE(writer->flush(60)) << writer->status().problem;
  for (int i = 0; i < kills; ++i) {
    load(random.uniform(0.05, 0.3));
    server.kill();
    load(0.15);
    ASSERT_TRUE(server.start());
    load(0.1);
    ASSERT_TRUE(writer->flush(120)) << writer->status().problem;
  }
  EXPECT_EQ(writer->status().state, history::HistoryStatus::State::Writing);
  EXPECT_EQ(writer->status().lostRows, 0u);
  writer.reset();
  auto store = history::openHistory(server.url(), history::Access::Read);
  ASSERT_TRUE(store) << store.error();
  const auto numbers = numbersIn(**store);
  EXPECT_EQ(numbers.size(), static_cast<size_t>(n));
  for (const auto& [number, times] : numbers) EXPECT_EQ(times, 1) << number;
  std::printf("%d kills of the server, %lld messages, none lost or doubled\n", kills, static_cast<long long>(n));
}

/// In a process of its own, whose files may not grow beyond a limit: what a full disk looks like to it.
int liveThroughAFullDisk(const std::string& where) {
  using State = history::HistoryStatus::State;
  std::signal(SIGXFSZ, SIG_IGN);
  auto o = optionsFor(where);
  o.queueBytes = 256'000;
  auto writer = *history::HistoryWriter::create(std::move(o));
  rlimit room{400'000, RLIM_INFINITY};
  int64_t n = 0;
  tell(*writer, numbered(n), kNow + n);
  if (!writer->flush(30)) return 1;
  if (setrlimit(RLIMIT_FSIZE, &room) != 0) return 2;
  double slowest = 0;
  for (int i = 0; i < 20'000 && (writer->status().state != State::DiskFull || writer->status().lostRows == 0); ++i) {
    const base::MonoNs begun = base::SystemClock::monoNow();
    for (int k = 0; k < 10; ++k, ++n) tell(*writer, numbered(n + 1), kNow + n + 1);
    slowest = std::max(slowest, static_cast<double>(base::SystemClock::monoNow() - begun) * 1e-9);
    usleep(500);
  }
  const history::HistoryStatus full = writer->status();
  if (full.state != State::DiskFull || full.problem.empty() || full.lostRows == 0) return 3;
  if (slowest > 2) return 4;  // the feed never waited for the disk
  room.rlim_cur = RLIM_INFINITY;
  if (setrlimit(RLIMIT_FSIZE, &room) != 0) return 5;
  if (!writer->flush(60)) return 6;
  ++n;
  tell(*writer, numbered(n + 1), kNow + n + 1);
  if (!writer->flush(60) || writer->status().state != State::Writing) return 7;
  const uint64_t rows = writer->status().rows, lost = writer->status().lostRows;
  writer->stop();
  auto store = history::openHistory(where, history::Access::Read);
  if (!store) return 8;
  const auto gaps = (*store)->gaps({INT64_MIN, INT64_MAX});
  if (!gaps || gaps->empty() || gaps->front().rows == 0) return 9;
  uint64_t inGaps = 0;
  for (const history::Gap& gap : *gaps) inGaps += gap.rows;
  if (inGaps != lost) return 10;
  return numbersIn(**store).size() * 2 == rows ? 0 : 11;
}

TEST(Durability, AFullDiskStopsHistoryAndNothingElse) {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) _exit(liveThroughAFullDisk((folder.path() / "h.sqlite").string()));
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Durability, BrokenBlocksAreRefusedNotBelieved) {
  history::JournalWriter writer;
  writer.add(history::MessageRecord{kNow, 0, false});
  history::ValueRecord record;
  record.entity = 1;
  record.property = 2;
  record.value = 3.0;
  record.event = kNow;
  for (int i = 0; i < 50; ++i) writer.add(record);
  const std::string whole = writer.finish();
  Numbers numbers;
  EXPECT_TRUE(history::readJournal(whole, numbers));
  EXPECT_EQ(numbers.seen[3], 50);
  base::Random random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string broken = whole;
    if (i % 2 == 0) broken.resize(random.next() % broken.size());
    else broken[random.next() % broken.size()] = static_cast<char>(random.next());
    Numbers ignored;
    (void)history::readJournal(broken, ignored);  // an error or other numbers, never a crash
  }
  // Cut after unpacking: the records themselves are torn.
  const std::string raw = *base::unpacked(whole, history::kMaxBlockBytes);
  for (size_t cut = 1; cut < raw.size(); ++cut) {
    Numbers ignored;
    (void)history::readJournal(base::packed(std::string_view(raw).substr(0, cut)), ignored);
  }
  const history::Pack none;
  history::Names names;
  history::State state(none, names, history::TimeView::AsKnown);
  for (int i = 0; i < 500; ++i) {
    std::string noise(random.next() % 80, '\0');
    for (char& c : noise) c = static_cast<char>(random.next());
    if (!noise.empty()) noise[0] = 1;
    (void)state.unpack(base::packed(noise));
    Numbers ignored;
    (void)history::readJournal(base::packed(noise), ignored);
  }
}

}  // namespace

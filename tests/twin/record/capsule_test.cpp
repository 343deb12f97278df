// SPDX-License-Identifier: Apache-2.0
// The last minutes in memory, written when something has happened: the file replays to the same state.
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "tests/twin/record/record_fixture.h"
#include "twin/record/log_reader.h"
#include "twin/record/player.h"

namespace {

using namespace record_test;

/// A live path with two workers whose recorder keeps memory only.
struct Live {
  explicit Live(double memorySeconds, size_t memoryBytes = 64u << 20) : ingest(options(false, 2)) {
    record::RecorderOptions how;
    how.memorySeconds = memorySeconds;
    how.memoryBytes = memoryBytes;
    how.keyframeSeconds = how.keyframeAtMost = 0;
    recorder = *record::Recorder::create(how);
    ingest.setTap(recorder.get());
    auto link = std::make_unique<feeds::InprocessTransport>();
    wire = link.get();
    ingest.add({.name = "sim", .provenance = model::Provenance::Simulated}, std::move(link));
    recorder->setState([this] { return ingest.state(); });
    ingest.start();
  }
  ~Live() { recorder->setState({}); }
  /// One second of fifty vehicles; every third second some leave, and one thing reports only at the start.
  void second(int number) {
    const base::UtcNs time = kNow + number * kSecond;
    if (number == 0) wire->publish("v1.1/Datastreams(7)/Observations", feeds::encodeObservation(time, 12.0, {}, false), time);
    for (int i = 0; i < 50; ++i) {
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(i);
      m.time = time;
      m.position = {128.69 + number * 1e-5, 35.8365 + i * 1e-4, 70};
      m.gone = number % 3 == 2 && i % 7 == number % 7;
      wire->publish(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m), time);
    }
    wire->publish("event/incident", feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(number), .time = time}), time);
    recorder->flush();
  }
  feeds::Ingest ingest;
  std::unique_ptr<record::Recorder> recorder;
  feeds::InprocessTransport* wire = nullptr;
};

uint64_t replayed(const std::filesystem::path& path, base::UtcNs until, record::LogSummary* summary = nullptr) {
  record::PlayerOptions how;
  how.path = path;
  how.restamp = false;
  how.followsClock = true;
  how.ownThread = false;
  auto player = record::Player::create(how);
  EXPECT_TRUE(player.ok()) << player.error();
  record::Player& p = **player;
  feeds::Ingest ingest(options(true));
  ingest.add({.name = "file"}, *std::move(player));
  ingest.start();
  p.playUntil(until);
  if (summary) *summary = p.summary();
  EXPECT_EQ(p.note("capsule"), "how it was looked at");
  return ingest.stateHash();
}

TEST(Capsule, ReplaysToTheStateThatWas) {
  const TemporaryFile file;
  Live live(20);
  for (int s = 0; s < 60; ++s) live.second(s);
  ASSERT_TRUE(live.ingest.drain(10));
  const uint64_t pressed = live.ingest.stateHash();
  ASSERT_TRUE(live.recorder->startExport(file.path, kNow + 40 * kSecond, "capsule", "how it was looked at"));
  EXPECT_FALSE(live.recorder->startExport("/tmp/another", kNow, "capsule", ""));
  for (int s = 60; s < 75; ++s) live.second(s);  // and on
  ASSERT_TRUE(live.ingest.drain(10));
  const uint64_t ended = live.ingest.stateHash();
  live.recorder->flush();
  live.recorder->endExport();
  live.recorder->flush();
  EXPECT_FALSE(live.recorder->status().exporting);
  EXPECT_EQ(live.recorder->status().exportError, "");
  for (int s = 75; s < 80; ++s) live.second(s);  // of no concern to the capsule

  record::LogSummary summary;
  EXPECT_EQ(replayed(file.path, kNow + 1000 * kSecond, &summary), ended);
  EXPECT_EQ(summary.last, kNow + 74 * kSecond);
  EXPECT_LE(summary.first, kNow + 41 * kSecond);
  EXPECT_GE(summary.first, kNow + 30 * kSecond);
  EXPECT_EQ(replayed(file.path, kNow + 59 * kSecond), pressed);
  EXPECT_TRUE(summary.warnings.empty());
}

TEST(Capsule, MemoryIsBoundedByTimeAndBytes) {
  Live live(10);
  for (int s = 0; s < 60; ++s) live.second(s);
  const record::RecorderStatus byTime = live.recorder->status();
  EXPECT_GE(byTime.memorySince, kNow + 40 * kSecond);
  EXPECT_LE(byTime.memorySince, kNow + 50 * kSecond);
  Live small(3600, 64u << 10);
  for (int s = 0; s < 60; ++s) small.second(s);
  EXPECT_LT(small.recorder->status().memoryBytes, 96u << 10);
  EXPECT_GT(small.recorder->status().memoryBytes, 1u << 10);
}

TEST(Capsule, AFileThatIsThereOrNoSpaceIsSaid) {
  const TemporaryFile file;
  std::ofstream(file.path) << "something else";
  Live live(20);
  for (int s = 0; s < 3; ++s) live.second(s);
  ASSERT_TRUE(live.recorder->startExport(file.path, kNow, "capsule", "x"));
  live.recorder->flush();
  EXPECT_NE(live.recorder->status().exportError, "");
  EXPECT_FALSE(live.recorder->status().exporting);
  ASSERT_TRUE(live.recorder->startExport("/dev/full", kNow, "capsule", "x"));
  live.recorder->flush();
  EXPECT_NE(live.recorder->status().exportError, "");
  live.second(4);
  EXPECT_EQ(live.recorder->status().error, "");
}

}  // namespace

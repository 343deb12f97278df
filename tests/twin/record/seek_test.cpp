// SPDX-License-Identifier: Apache-2.0
// A recording with keyframes: the state at a moment is the same however one gets there.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <thread>

#include "tests/support/sanitized.h"
#include "tests/twin/record/record_fixture.h"
#include "twin/model/mirror.h"
#include "twin/record/log_reader.h"
#include "twin/record/player.h"

namespace {

using namespace record_test;

record::PlayerOptions following(const std::filesystem::path& path, bool ownThread) {
  record::PlayerOptions how;
  how.path = path;
  how.restamp = false;
  how.followsClock = true;
  how.ownThread = ownThread;
  return how;
}

/// A path that plays one recording, and a reader of it.
struct Replay {
  Replay(const std::filesystem::path& path, bool ownThread, unsigned workers = 1)
      : ingest(options(!ownThread, workers)) {
    auto created = record::Player::create(following(path, ownThread));
    EXPECT_TRUE(created.ok()) << created.error();
    player = created->get();
    ingest.add({.name = "file"}, *std::move(created));
    ingest.start();
  }
  /// Waits for a player with a thread.
  uint64_t settled() {
    for (int i = 0; i < 5000 && !player->caughtUp(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_TRUE(player->caughtUp());
    EXPECT_TRUE(ingest.drain(10));
    return ingest.stateHash();
  }
  feeds::Ingest ingest;
  record::Player* player = nullptr;
};

std::vector<base::UtcNs> moments() {
  std::vector<base::UtcNs> times;
  base::Random random(9);
  for (int i = 0; i < 24; ++i) times.push_back(kNow + static_cast<int64_t>(random.uniform(-1, 125) * 1e9));
  return times;
}

std::map<base::UtcNs, uint64_t> playedFromTheStart(const std::filesystem::path& path) {
  std::map<base::UtcNs, uint64_t> hashes;
  for (const base::UtcNs time : moments()) hashes[time] = 0;
  Replay replay(path, false);
  for (auto& [time, hash] : hashes) {
    replay.player->playUntil(time);
    hash = replay.ingest.stateHash();
  }
  return hashes;
}

TEST(Seek, GivesTheStateOfPlayingFromTheStart) {
  const TemporaryFile file;
  const uint64_t live = recordLive(file.path, false, 2, nullptr, true);
  const auto expected = playedFromTheStart(file.path);
  Replay replay(file.path, false);
  EXPECT_GE(replay.player->summary().keyframes.size(), 20u);
  for (const base::UtcNs time : moments()) {  // to and fro
    replay.player->seek(time);
    replay.player->playUntil(time);
    EXPECT_EQ(replay.ingest.stateHash(), expected.at(time)) << (time - kNow) / kSecond;
  }
  replay.player->seek(kNow + 60 * kSecond);
  replay.player->playUntil(kNow + 60 * kSecond);
  replay.player->playUntil(kNow + 3600 * kSecond);  // and on to the end
  EXPECT_EQ(replay.ingest.stateHash(), live);
}

TEST(Seek, OneWorkerOrEightWithAThreadOrWithout) {
  const TemporaryFile file;
  const uint64_t live = recordLive(file.path, false, 8, nullptr, true);
  const auto expected = playedFromTheStart(file.path);
  for (const unsigned workers : {1u, 8u}) {
    Replay replay(file.path, true, workers);
    for (const base::UtcNs time : moments()) {
      replay.player->seek(time);
      EXPECT_EQ(replay.settled(), expected.at(time)) << workers << ", " << (time - kNow) / kSecond;
    }
    replay.player->follow(kNow + 3600 * kSecond);
    EXPECT_EQ(replay.settled(), live);
    EXPECT_TRUE(replay.player->finished());
    replay.player->follow(kNow + 30 * kSecond);  // back from the end, by the clock alone
    const uint64_t back = replay.settled();
    replay.player->seek(kNow + 30 * kSecond);
    EXPECT_EQ(replay.settled(), back);
  }
}

TEST(Seek, WithoutKeyframesPlaysFromTheStart) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1);
  {
    std::fstream old(file.path, std::ios::in | std::ios::out | std::ios::binary);
    old.seekp(8);
    old.put(1);  // as version 1 wrote it
  }
  const auto expected = playedFromTheStart(file.path);
  Replay replay(file.path, false);
  EXPECT_TRUE(replay.player->summary().keyframes.empty());
  for (const base::UtcNs time : moments()) {
    replay.player->playUntil(time);
    EXPECT_EQ(replay.ingest.stateHash(), expected.at(time));
  }
}

TEST(Seek, ReadersSeeAJumpAndForgetTheEventsAfterIt) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1, nullptr, true);
  Replay replay(file.path, false);
  model::Mirror mirror;
  replay.player->playUntil(kNow + 100 * kSecond);
  ASSERT_TRUE(mirror.apply(replay.ingest.take()));
  const size_t before = mirror.events().size();
  replay.player->playUntil(kNow + 20 * kSecond);
  const model::ChangeBatch batch = replay.ingest.take();
  EXPECT_TRUE(batch.restored);
  ASSERT_TRUE(mirror.apply(batch));
  EXPECT_EQ(mirror.stateHash(), replay.ingest.stateHash());
  EXPECT_LT(mirror.events().size(), before);
  EXPECT_FALSE(mirror.events().empty());
  for (const model::Event& event : mirror.events()) EXPECT_LE(event.received, kNow + 20 * kSecond);
  std::map<std::string, int> seen;
  for (const model::Event& event : mirror.events()) EXPECT_EQ(++seen[event.what.id + std::to_string(event.source)], 1) << event.what.id;
}

TEST(Seek, AContinuedRecordingStartsAnewWhereItWasContinued) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1, nullptr, true);
  std::filesystem::resize_file(file.path, std::filesystem::file_size(file.path) - 7);  // as by a crash
  const uint64_t live = recordLive(file.path, true, 1, nullptr, true);
  Replay replay(file.path, false);
  EXPECT_TRUE(replay.player->summary().warnings.empty());
  replay.player->playUntil(kNow + 3600 * kSecond);
  EXPECT_EQ(replay.ingest.stateHash(), live);
}

TEST(Seek, TakesLessThanAThirdOfASecond) {
  if (test_support::kSanitized) GTEST_SKIP() << "time is that of the plain build";
  // 20 minutes of 5,000 things; keyframes every 10 s of a feed with 500 messages per second.
  const TemporaryFile file;
  record::RecorderOptions how;
  how.path = file.path;
  how.keyframeSeconds = how.keyframeAtMost = 0;
  auto recorder = record::Recorder::create(how);
  ASSERT_TRUE(recorder.ok());
  feeds::Ingest ingest(options(true));
  ingest.setTap(recorder->get());
  auto link = std::make_unique<feeds::InprocessTransport>();
  feeds::InprocessTransport& wire = *link;
  ingest.add({.name = "sim"}, std::move(link));
  (*recorder)->setState([&ingest] { return ingest.state(); });
  ingest.start();
  constexpr int kMessages = 60000;
  for (int i = 0; i < kMessages; ++i) {
    const base::UtcNs time = kNow + i * 2 * base::kNsPerMs;
    feeds::TelemetryMessage m;
    m.kind = "car";
    m.id = "car-" + std::to_string(i % 5000);
    m.time = time;
    m.position = {128.69 + i * 1e-7, 35.8365, 70};
    m.properties = {{"speed", i % 60 + 0.5}};
    wire.publish(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m), time);
    if (i % 5000 == 4999) (*recorder)->flush();
  }
  (*recorder)->flush();
  (*recorder)->setState({});
  Replay replay(file.path, true, 2);
  (void)replay.settled();
  std::vector<double> took;
  base::Random random(3);
  for (int i = 0; i < 9; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    replay.player->seek(kNow + static_cast<int64_t>(random.uniform(0, 120) * 1e9));
    (void)replay.settled();
    took.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  }
  std::sort(took.begin(), took.end());
  std::printf("[          ] a seek among 5,000 movers and 500 messages per second: median %.0f ms, longest %.0f ms\n",
              took[4] * 1e3, took.back() * 1e3);
  EXPECT_LT(took[4], 0.3);
}

}  // namespace

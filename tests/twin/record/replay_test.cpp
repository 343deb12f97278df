// SPDX-License-Identifier: Apache-2.0
// Recording and playing through the whole path: live state equals replayed state.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>

#include "engine/base/hash.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_sensorthings.h"
#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/model/mirror.h"
#include "tests/twin/record/record_fixture.h"
#include "twin/record/player.h"
#include "twin/record/recorder.h"

namespace {

using namespace record_test;

struct Replayed {
  uint64_t hash = 0;
  feeds::FeedStats stats;
  model::ChangeBatch batch;
};

Replayed replay(record::PlayerOptions how, bool runInline, unsigned workers) {
  auto player = record::Player::create(std::move(how));
  EXPECT_TRUE(player.ok()) << player.error();
  record::Player* raw = player->get();
  feeds::Ingest ingest(options(runInline, workers));
  ingest.add({.name = "file"}, *std::move(player));
  ingest.start();
  for (int i = 0; i < 5000 && !raw->finished(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_TRUE(raw->finished());
  EXPECT_TRUE(ingest.drain(30));
  return {ingest.stateHash(), ingest.stats(), ingest.take()};
}

record::PlayerOptions fast(const std::filesystem::path& path) {
  record::PlayerOptions how;
  how.path = path;
  how.speed = std::numeric_limits<double>::infinity();
  how.restamp = false;
  return how;
}

TEST(Replay, GivesTheStateOfTheLiveRun) {
  const TemporaryFile file;
  size_t events = 0;
  const uint64_t live = recordLive(file.path, false, 2, &events);
  const Replayed one = replay(fast(file.path), false, 1);
  EXPECT_EQ(one.hash, live);
  EXPECT_EQ(one.batch.events.size(), events);
  EXPECT_EQ(replay(fast(file.path), false, 4).hash, live);
  EXPECT_EQ(replay(fast(file.path), true, 1).hash, live);
}

TEST(Replay, KeepsSourcesAndTheirProvenance) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1);
  const Replayed again = replay(fast(file.path), true, 1);
  ASSERT_EQ(again.stats.sources.size(), 3u);
  for (const feeds::SourceStats& source : again.stats.sources) EXPECT_TRUE(source.balanced());
  EXPECT_EQ(again.stats.sources[0].messages, 0u);
  EXPECT_EQ(again.stats.sources[1].messages + again.stats.sources[2].messages, 6000u);
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(again.batch));
  bool simulated = false, measured = false;
  mirror.forEach([&](model::EntityHandle, const model::Entity& entity) {
    if (!entity.moving) return;
    simulated |= entity.latest.provenance == model::Provenance::Simulated;
    measured |= entity.latest.provenance == model::Provenance::Measured;
  });
  EXPECT_TRUE(simulated);
  EXPECT_TRUE(measured);
}

TEST(Replay, RestampedPlaysAsNow) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1);
  record::PlayerOptions how;
  how.path = file.path;
  how.speed = 2000;  // two minutes in 60 ms
  how.now = kNow + 86400 * kSecond;
  const Replayed again = replay(how, true, 1);
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(again.batch));
  const base::UtcNs time = mirror.findById("air-1")->lastEvent();
  EXPECT_GT(time, how.now - 10 * kSecond);
  EXPECT_LT(time, how.now + 10 * kSecond);
  EXPECT_TRUE(again.stats.sources[1].flagged.empty());  // nothing from the future
}

TEST(Replay, LoopsWhenRestamped) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1);
  record::PlayerOptions how;
  how.path = file.path;
  how.speed = 2000;
  how.loop = true;
  auto player = record::Player::create(how);
  ASSERT_TRUE(player.ok());
  feeds::Ingest ingest(options(false));
  ingest.add({.name = "file"}, *std::move(player));
  ingest.start();
  const auto played = [&] {
    uint64_t sum = 0;
    for (const feeds::SourceStats& s : ingest.stats().sources) sum += s.messages;
    return sum;
  };
  for (int i = 0; i < 5000 && played() < 13000; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  EXPECT_GE(played(), 13000u);  // into the third pass
  const feeds::SourceStats self = ingest.stats().sources[0];  // its messages count for the source that it names
  EXPECT_EQ(self.messages, 0u);
  EXPECT_GT(self.link.lastContact, 0);
  ingest.stop();
  how.restamp = false;
  EXPECT_FALSE(record::Player::create(how).ok());
}

TEST(Replay, FollowsAClock) {
  const TemporaryFile file;
  (void)recordLive(file.path, true, 1);
  record::PlayerOptions how;
  how.path = file.path;
  how.restamp = false;
  how.followsClock = true;
  how.ownThread = false;
  auto created = record::Player::create(how);
  ASSERT_TRUE(created.ok()) << created.error();
  record::Player& player = **created;
  EXPECT_EQ(player.summary().first, kNow);
  EXPECT_EQ(player.summary().last, kNow + 5999 * 20 * base::kNsPerMs);
  feeds::Ingest ingest(options(true));
  ingest.add({.name = "file"}, *std::move(created));
  ingest.start();
  const auto played = [&] {
    uint64_t sum = 0;
    for (const feeds::SourceStats& s : ingest.stats().sources) sum += s.messages;
    return sum;
  };
  player.playUntil(kNow + 999 * 20 * base::kNsPerMs);
  EXPECT_EQ(played(), 1000u);
  player.playUntil(kNow + 999 * 20 * base::kNsPerMs);
  EXPECT_EQ(played(), 1000u);
  player.playUntil(kNow + 3600 * kSecond);
  EXPECT_EQ(played(), 6000u);
  EXPECT_TRUE(player.finished());
}

TEST(Replay, SurvivesATornAndADamagedFile) {
  const TemporaryFile file;
  {
    auto recorder = record::Recorder::create(file.path);
    ASSERT_TRUE(recorder.ok());
    for (int block = 0; block < 3; ++block) {
      for (int i = 0; i < 10; ++i) {
        feeds::RawMessage m;
        m.received = kNow + block * 10 + i;
        m.topic = "event/x";
        m.bytes = feeds::encodeEvent({.type = "x", .id = std::to_string(block * 10 + i), .time = kNow});
        (*recorder)->onMessage(m, {.name = "sim"});
      }
      (*recorder)->flush();
    }
  }
  std::fstream damage(file.path, std::ios::in | std::ios::out | std::ios::binary);
  auto reader = record::LogReader::open(file.path);
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ(reader->summary().blocks, 3u);
  // Damage inside the second block's payload, and cut the third.
  const auto size = std::filesystem::file_size(file.path);
  std::string bytes(size, '\0');
  damage.read(bytes.data(), static_cast<std::streamsize>(size));
  const size_t second = bytes.find("BLK1", bytes.find("BLK1") + 4);
  damage.seekp(static_cast<std::streamoff>(second + record::kBlockHeaderBytes + 20));
  damage.put(static_cast<char>(bytes[second + record::kBlockHeaderBytes + 20] ^ 1));
  damage.close();
  std::filesystem::resize_file(file.path, size - 5);
  const Replayed again = replay(fast(file.path), true, 1);
  EXPECT_EQ(again.batch.events.size(), 10u);
  EXPECT_EQ(again.stats.sources[0].gaps, 2u);
}

TEST(Replay, RefusesWhatIsNoRecording) {
  const TemporaryFile file;
  std::ofstream(file.path) << "{\"not\": \"a recording\"}";
  EXPECT_FALSE(record::Player::create({.path = file.path}).ok());
  EXPECT_FALSE(record::Recorder::create(file.path).ok());  // and does not overwrite it
  EXPECT_FALSE(record::Player::create({.path = "/nowhere/day.log"}).ok());
  EXPECT_FALSE(record::Recorder::create("/nowhere/day.log").ok());
}

TEST(Recorder, AFullDiskStopsTheRecordingOnly) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is not there";
  const TemporaryFile file;
  std::filesystem::create_symlink("/dev/full", file.path);
  auto recorder = record::Recorder::create(file.path);
  // The header cannot be written either: said at once, or with the first block.
  if (!recorder) {
    EXPECT_NE(recorder.error().find("No space"), std::string::npos);
    return;
  }
  feeds::RawMessage m;
  m.topic = "a";
  (*recorder)->onMessage(m, {.name = "sim"});
  (*recorder)->flush();
  EXPECT_FALSE((*recorder)->status().error.empty());
  (*recorder)->onMessage(m, {.name = "sim"});  // ignored, not fatal
}

}  // namespace

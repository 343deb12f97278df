// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/ingest.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/base/hash.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/encode_event.h"
#include "twin/model/mirror.h"

namespace {

using namespace feeds_test;
constexpr int64_t kSecond = base::kNsPerSecond;

TEST(Ingest, TelemetryReachesTheMirror) {
  Feed feed;
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - kSecond));
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  const model::Entity* car = mirror.findById("car-1");
  ASSERT_NE(car, nullptr);
  EXPECT_EQ(car->info->kind, "car");
  EXPECT_NEAR(car->latest.position.z, 76, 1e-9);
  EXPECT_NEAR(glm::length(glm::dvec2(car->latest.position)), 0, 0.1);  // the origin is the scene centre
  EXPECT_EQ(car->latest.provenance, model::Provenance::Simulated);
  EXPECT_EQ(car->latest.eventTime, kNow - kSecond);
  EXPECT_EQ(car->latest.received, kNow);
  const feeds::SourceStats stats = feed.stats();
  EXPECT_EQ(stats.messages, 1u);
  EXPECT_EQ(stats.applied, 1u);
  EXPECT_TRUE(stats.balanced());
  EXPECT_NEAR(stats.lagP50, 1.0, 1e-6);
  EXPECT_EQ(stats.lastTopic, "telemetry/car/car-1");
  EXPECT_NE(stats.lastMessage.find("\"lon\""), std::string::npos);
}

TEST(Ingest, ChangeTapsSeeNewsAndWhatCameLate) {
  struct Listener final : feeds::ChangeTap {
    void onApplied(const feeds::AppliedMessage& message, const feeds::Source& source) override {
      news += message.news.count();
      late += message.late.count();
      name = source.name;
    }
    size_t news = 0, late = 0;
    std::string name;
  } listener;
  Feed feed(inlineOptions(), "sim", &listener);
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - kSecond));
  const size_t first = listener.news;
  EXPECT_GT(first, 0u);
  EXPECT_EQ(listener.late, 0u);
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - 2 * kSecond));
  EXPECT_EQ(listener.news, first);
  EXPECT_GT(listener.late, 0u);
  EXPECT_EQ(listener.name, feed.stats().source.name);
}

TEST(Ingest, CountsEveryRefusalByReasonAndChangesNothing) {
  Feed feed;
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow));
  const uint64_t before = feed.ingest.stateHash();
  feed.transport->publish("telemetry/car/car-1", "{\"t\":1,");
  feed.transport->publish("telemetry/car/car-1", "[]");
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow + 1, 200, 10));
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow + 1, 128, 95));
  feed.transport->publish("telemetry/car", telemetry(kNow + 1));
  feed.transport->publish("nobody/knows", "x");
  feed.transport->publish("telemetry/car/car-1", std::string(300 << 10, ' '));
  feed.transport->publish(std::string(300, 'x'), "{}");
  feed.transport->publish("v1.1/Datastreams(99)/Observations", feeds::encodeObservation(kNow, 1.0));
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow));                // duplicate
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - 5 * kSecond));  // late
  const feeds::SourceStats stats = feed.stats();
  EXPECT_EQ(stats.rejected.at("json"), 1u);
  EXPECT_EQ(stats.rejected.at("wrong_type"), 1u);
  EXPECT_EQ(stats.rejected.at("position"), 2u);
  EXPECT_EQ(stats.rejected.at("no_decoder"), 2u);
  EXPECT_EQ(stats.rejected.at("too_large"), 1u);
  EXPECT_EQ(stats.rejected.at("topic"), 1u);
  EXPECT_EQ(stats.rejected.at("unknown_datastream"), 1u);
  EXPECT_EQ(stats.duplicate, 1u);
  EXPECT_EQ(stats.late, 1u);
  EXPECT_EQ(stats.applied, 1u);
  EXPECT_EQ(stats.queued, 0u);
  EXPECT_TRUE(stats.balanced());
  EXPECT_EQ(feed.ingest.stateHash(), before);
}

TEST(Ingest, FlagsFutureTimesAndImplausibleValues) {
  Feed feed;
  feed.transport->publish("v1.1/Datastreams(7)/Observations",
                          feeds::encodeObservation(kNow + 60 * kSecond, 5000.0));
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  const model::PropertyRow* pm25 = mirror.findById("air-1")->property("pm25");
  EXPECT_EQ(pm25->eventTime, kNow);
  EXPECT_TRUE(pm25->bad);
  EXPECT_EQ(pm25->unit, "µg/m³");
  EXPECT_EQ(feed.stats().flagged.at("future"), 1u);
  EXPECT_EQ(feed.stats().flagged.at("out_of_range"), 1u);
  EXPECT_EQ(feed.stats().applied, 1u);
}

TEST(Ingest, DefineKeepsPackThingsAndDeparturesRemoveMovers) {
  Feed feed;
  model::EntityInfo station;
  station.id = "air-1";
  station.kind = "air_station";
  station.fromPack = true;
  feed.ingest.define({station});
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - 2 * kSecond));
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  EXPECT_EQ(mirror.size(), 2u);
  feed.transport->publish("telemetry/car/car-1", "{\"t\":1795338000000,\"gone\":true}");
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - kSecond));  // overtaken: it stays away
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  EXPECT_EQ(mirror.size(), 1u);
  EXPECT_EQ(feed.stats().late, 1u);
}

TEST(Ingest, KeyframeLetsALateReaderGoOn) {
  Feed feed;
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - 2 * kSecond));
  (void)feed.ingest.take();  // lost
  model::Mirror mirror;
  ASSERT_TRUE(mirror.apply(feed.ingest.keyframe()));
  feed.transport->publish("telemetry/car/car-1", telemetry(kNow - kSecond));
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  EXPECT_EQ(mirror.stateHash(), feed.ingest.stateHash());
}

/// A day's mixture with disorder and rubbish, the same every time.
std::vector<std::pair<std::string, std::string>> mixture(int count) {
  std::vector<std::pair<std::string, std::string>> messages;
  base::Random random(7);
  for (int i = 0; i < count; ++i) {
    const auto time =
        kNow - 3600 * kSecond + i * 10 * base::kNsPerMs + static_cast<int64_t>(random.uniform(-2, 2) * 1e9);
    const int vehicle = static_cast<int>(random.uniform(0, 40));
    feeds::TelemetryMessage m;
    m.kind = "car";
    m.id = "car-" + std::to_string(vehicle);
    m.time = time;
    m.position = {128.69 + random.uniform(-0.01, 0.01), 35.8365, 70};
    m.gone = random.uniform() < 0.02;
    m.properties = {{"speed", random.uniform(0, 60)}, {"brake", random.uniform() < 0.5}};
    const std::string topic = feeds::telemetryTopic(m.kind, m.id);
    if (random.uniform() < 0.02) {
      messages.emplace_back(topic, "{broken");
    } else if (random.uniform() < 0.2) {
      messages.emplace_back("v1.1/Datastreams(7)/Observations",
                            feeds::encodeObservation(time, random.uniform(0, 90)));
    } else {
      messages.emplace_back(topic, feeds::encodeTelemetry(m));
    }
  }
  return messages;
}

uint64_t hashAfter(unsigned workers, bool runInline,
                   const std::vector<std::pair<std::string, std::string>>& messages) {
  feeds::IngestOptions options = inlineOptions();
  options.runInline = runInline;
  options.workers = workers;
  Feed feed(std::move(options));
  for (const auto& [topic, bytes] : messages) feed.transport->publish(topic, bytes);
  EXPECT_TRUE(feed.ingest.drain(30));
  EXPECT_TRUE(feed.stats().balanced());
  EXPECT_EQ(feed.stats().queued, 0u);
  model::Mirror mirror;
  EXPECT_TRUE(mirror.apply(feed.ingest.take()));
  EXPECT_EQ(mirror.stateHash(), feed.ingest.stateHash());
  return feed.ingest.stateHash();
}

TEST(Ingest, OneWorkerFourWorkersAndInlineGiveTheSameState) {
  const auto messages = mixture(20000);
  const uint64_t one = hashAfter(1, false, messages);
  EXPECT_EQ(hashAfter(4, false, messages), one);
  EXPECT_EQ(hashAfter(1, true, messages), one);
}

TEST(Ingest, SnapshotsAddUpWhileMessagesFlow) {
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  options.workers = 2;
  options.queueBytes = 64 << 10;  // small, so that the queue drops and conflates
  Feed feed(std::move(options));
  const auto messages = mixture(20000);
  std::atomic<bool> done{false};
  std::thread publisher([&] {
    for (const auto& [topic, bytes] : messages) feed.transport->publish(topic, bytes);
    done = true;
  });
  model::Mirror mirror;
  while (!done) {
    const feeds::SourceStats stats = feed.stats();
    ASSERT_TRUE(stats.balanced()) << stats.messages;
    ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  }
  publisher.join();
  ASSERT_TRUE(feed.ingest.drain(30));
  const feeds::SourceStats stats = feed.stats();
  EXPECT_EQ(stats.messages, messages.size());
  EXPECT_EQ(stats.queued, 0u);
  EXPECT_TRUE(stats.balanced());
  ASSERT_TRUE(mirror.apply(feed.ingest.take()));
  EXPECT_EQ(mirror.stateHash(), feed.ingest.stateHash());
}

TEST(Ingest, EventsAreNeverDropped) {
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  options.queueBytes = 16 << 10;
  Feed feed(std::move(options));
  constexpr int kEvents = 5000;
  std::thread flood([&] {
    for (int i = 0; i < kEvents; ++i) feed.transport->publish("telemetry/car/car-1", telemetry(kNow + i));
  });
  for (int i = 0; i < kEvents; ++i) {
    feeds::WireEvent event{.type = "incident", .id = "e" + std::to_string(i), .time = kNow};
    feed.transport->publish(feeds::eventTopic("incident"), feeds::encodeEvent(event));
  }
  flood.join();
  ASSERT_TRUE(feed.ingest.drain(30));
  EXPECT_EQ(feed.ingest.take().events.size(), static_cast<size_t>(kEvents));
  EXPECT_TRUE(feed.stats().balanced());
}

TEST(Ingest, StopsWhileATransportWaitsForRoom) {
  feeds::IngestOptions options = inlineOptions();
  options.runInline = false;
  options.queueBytes = 4 << 10;
  Feed feed(std::move(options));
  std::atomic<bool> quit{false};
  std::thread publisher([&] {
    for (int i = 0; !quit; ++i) {
      feeds::WireEvent event{.type = "incident", .id = "e" + std::to_string(i), .time = kNow};
      feed.transport->publish(feeds::eventTopic("incident"), feeds::encodeEvent(event));
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  feed.ingest.stop();
  quit = true;
  publisher.join();
  EXPECT_TRUE(feed.stats().balanced());
  EXPECT_EQ(feed.stats().queued, 0u);
}

}  // namespace

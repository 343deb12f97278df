// SPDX-License-Identifier: Apache-2.0
// State frames without a network: what one machine knows becomes what another one shows.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <set>

#include "engine/base/hash.h"
#include "tests/support/nonsense.h"
#include "tests/twin/record/record_fixture.h"
#include "twin/feeds/decoder_table.h"
#include "twin/feeds/state_framer.h"
#include "twin/feeds/state_receiver.h"
#include "twin/model/mirror.h"

namespace {

using namespace record_test;

/// Hands what the test takes apart to an ingest, as the transport would.
class Hand final : public feeds::Transport {
 public:
  void start(feeds::MessageSink& sink) override { sink_ = &sink; }
  void stop() override {}
  feeds::TransportStatus status() const override { return {}; }
  feeds::MessageSink* sink_ = nullptr;
};

/// A display: receiver and path.
struct Display {
  Display() : ingest(options(true)) {
    auto link = std::make_unique<Hand>();
    Hand& hand = *link;
    ingest.add({.name = "state"}, std::move(link));
    ingest.start();
    receiver.emplace(*hand.sink_);
  }
  void take(const std::vector<feeds::FramedMessage>& messages) {
    for (const feeds::FramedMessage& m : messages)
      receiver->take(m.event ? "event" : m.topic.substr(6), m.bytes);
  }
  feeds::Ingest ingest;
  std::optional<feeds::StateReceiver> receiver;
};

/// The machine that merges: two sources, and the framer behind.
struct Node {
  Node() : ingest(options(true)), framer({.epoch = 7}) {
    for (int i = 0; i < 2; ++i) {
      auto link = std::make_unique<feeds::InprocessTransport>();
      links[i] = link.get();
      ingest.add({.name = i == 0 ? "sim" : "broker",
                  .standard = "JSON",
                  .provenance = i == 0 ? model::Provenance::Simulated : model::Provenance::Measured},
                 std::move(link));
    }
    ingest.start();
  }
  std::vector<feeds::FramedMessage> step(base::UtcNs now) {
    std::vector<feeds::Source> sources;
    for (const auto& s : ingest.stats().sources) sources.push_back(s.source);
    return framer.step(ingest.take(), sources, now);
  }
  /// A fifth of a second of a busy city that spans many tiles.
  void live(int round) {
    for (int i = 0; i < 40; ++i) {
      const base::UtcNs received = kNow + (round * 40 + i) * 5 * base::kNsPerMs;
      const int vehicle = static_cast<int>(random.uniform(0, 60));
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(vehicle);
      m.time = received - static_cast<int64_t>(random.uniform(0, 2) * 1e9);
      m.position = {128.66 + random.uniform(0, 0.06), 35.82 + random.uniform(0, 0.03), 70};
      m.gone = random.uniform() < 0.03;
      m.properties = {{"speed", random.uniform(0, 60)}, {"occupants", std::floor(random.uniform(0, 5))}};
      links[vehicle % 2]->publish(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m), received);
    }
    links[0]->publish("v1.1/Datastreams(7)/Observations",
                      feeds::encodeObservation(kNow + round * 200 * base::kNsPerMs, random.uniform(0, 90), {}, false),
                      kNow + round * 200 * base::kNsPerMs);
    links[1]->publish("event/incident",
                      feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(round), .time = kNow}), kNow);
  }
  static base::UtcNs at(int round) { return kNow + round * 200 * base::kNsPerMs; }
  feeds::Ingest ingest;
  feeds::StateFramer framer;
  feeds::InprocessTransport* links[2];
  base::Random random{21};
};

TEST(StateFrames, ADisplayHasTheStateOfTheNode) {
  Node node;
  Display display;
  size_t bytes = 0;
  for (int round = 0; round < 60; ++round) {
    node.live(round);
    const auto messages = node.step(Node::at(round));
    for (const auto& m : messages) {
      bytes += m.bytes.size();
      EXPECT_EQ(m.topic.find_first_of(". #+"), std::string::npos) << m.topic;
    }
    display.take(messages);
    ASSERT_EQ(display.ingest.stateHash(), node.ingest.stateHash()) << "round " << round;
  }
  EXPECT_GT(node.framer.tiles(), 30u);
  std::printf("[          ] 60 movers at 200 messages per second: %.1f kB per second of frames\n",
              static_cast<double>(bytes) / 12 / 1e3);
}

TEST(StateFrames, SourcesTimesAndProvenanceSurvive) {
  Node node;
  Display display;
  for (int round = 0; round < 12; ++round) {
    node.live(round);
    display.take(node.step(Node::at(round)));
  }
  model::Mirror there, here;
  ASSERT_TRUE(there.apply(node.ingest.keyframe()));
  ASSERT_TRUE(here.apply(display.ingest.keyframe()));
  const auto nameOf = [](const feeds::Ingest& ingest, model::SourceId id) { return ingest.stats().sources[id].source.name; };
  size_t compared = 0;
  there.forEach([&](model::EntityHandle, const model::Entity& a) {
    const model::Entity* b = here.findById(a.info->id);
    ASSERT_NE(b, nullptr) << a.info->id;
    for (const model::PropertyRow& row : a.properties) {
      const model::PropertyRow* other = b->property(row.name);
      ASSERT_NE(other, nullptr);
      EXPECT_EQ(other->received, row.received);
      EXPECT_EQ(other->eventTime, row.eventTime);
      EXPECT_EQ(other->provenance, row.provenance);
      EXPECT_EQ(nameOf(display.ingest, other->source), nameOf(node.ingest, row.source));
      ++compared;
    }
    if (a.moving) {
      EXPECT_EQ(b->latest.received, a.latest.received);
      EXPECT_EQ(nameOf(display.ingest, b->latest.source), nameOf(node.ingest, a.latest.source));
    }
  });
  EXPECT_GT(compared, 60u);
  EXPECT_EQ(here.events().size(), 12u);  // each once, though key frames repeat them
}

TEST(StateFrames, ALateJoinerHasAllWithinOneRoundOfKeyFrames) {
  Node node;
  for (int round = 0; round < 40; ++round) {
    node.live(round);
    (void)node.step(Node::at(round));
  }
  Display late;
  for (int round = 40; round < 51; ++round) {  // 2 s and a step
    node.live(round);
    late.take(node.step(Node::at(round)));
  }
  EXPECT_EQ(late.ingest.stateHash(), node.ingest.stateHash());
  Display asking;  // has it with the next step
  node.framer.asked("*");
  asking.take(node.step(Node::at(54)));
  EXPECT_EQ(asking.ingest.stateHash(), node.ingest.stateHash());
}

TEST(StateFrames, LostRepeatedAndForeignFramesDoNoHarm) {
  Node node;
  Display display;
  base::Random dice(4);
  for (int round = 0; round < 80; ++round) {
    node.live(round);
    std::vector<feeds::FramedMessage> heard;
    for (const auto& message : node.step(Node::at(round))) {
      if (!message.event && dice.uniform() < 0.3) continue;
      heard.push_back(message);
      if (dice.uniform() < 0.2) heard.push_back(message);
    }
    display.take(heard);
    if (heard.empty() || heard.front().event) continue;
    EXPECT_EQ(display.receiver->take(heard.front().topic.substr(6), heard.front().bytes),
              feeds::StateReceiver::Verdict::Old);
  }
  for (int round = 80; round < 92; ++round) display.take(node.step(Node::at(round)));  // all is heard again
  EXPECT_EQ(display.ingest.stateHash(), node.ingest.stateHash());
  EXPECT_EQ(display.receiver->take("none", "S\1rubbish"), feeds::StateReceiver::Verdict::Refused);
}

TEST(StateFrames, OnlyWhatIsFollowedIsShown) {
  Node node;
  Display display;
  std::set<std::string> tiles{"none"};
  for (int x = -4; x <= 0; ++x)
    for (int y = -4; y <= 4; ++y) tiles.insert(std::to_string(x) + "_" + std::to_string(y));
  display.receiver->follow(tiles);
  for (int round = 0; round < 40; ++round) {
    node.live(round);
    std::vector<feeds::FramedMessage> subscribed;
    for (const auto& m : node.step(Node::at(round)))
      if (m.event || tiles.contains(m.topic.substr(6))) subscribed.push_back(m);
    display.take(subscribed);
  }
  model::Mirror there, here;
  ASSERT_TRUE(there.apply(node.ingest.keyframe()));
  ASSERT_TRUE(here.apply(display.ingest.keyframe()));
  size_t inside = 0, outside = 0;
  there.forEach([&](model::EntityHandle, const model::Entity& a) {
    if (!a.moving) return;
    const std::string tile = std::to_string(static_cast<int>(std::floor(a.latest.position.x / 500))) + "_" +
                             std::to_string(static_cast<int>(std::floor(a.latest.position.y / 500)));
    const bool wanted = tiles.contains(tile);
    EXPECT_EQ(here.findById(a.info->id) != nullptr, wanted) << a.info->id << " in " << tile;
    (wanted ? inside : outside) += 1;
  });
  EXPECT_GT(inside, 5u);
  EXPECT_GT(outside, 5u);
}

TEST(StateFrames, MutatedFramesAreRefusedOrHarmless) {
  Node node;
  for (int round = 0; round < 5; ++round) node.live(round);
  const auto messages = node.step(Node::at(5));
  ASSERT_FALSE(messages.empty());
  base::Random random(8);
  Display display;
  for (int round = 0; round < 5000; ++round) {
    std::string bad = messages[random.next() % messages.size()].bytes;
    for (int k = 0; k < 3; ++k) bad[random.next() % bad.size()] = static_cast<char>(random.next());
    display.receiver->take("0_0", bad);
  }
  const auto frame = feeds::decodeStateFrame(messages.front().bytes);
  ASSERT_TRUE(frame.ok());
  for (int round = 0; round < 20000; ++round) {
    std::string bad = frame->sections.empty() ? std::string("\1") : frame->sections.front().bytes;
    for (int k = 0; k < 2; ++k) bad[random.next() % bad.size()] = static_cast<char>(random.next());
    feeds::RawMessage message;
    message.bytes = bad;
    const feeds::DatastreamRegistry none;
    const auto seen = feeds::findDecoder("state/section")->decode(message, {alphaFrame(), none, model::Provenance::Measured});
    ASSERT_EQ(seen ? support::nonsenseIn(*seen) : nullptr, nullptr);
  }
}

}  // namespace

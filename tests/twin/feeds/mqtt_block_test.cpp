// SPDX-License-Identifier: Apache-2.0
// Messages that are read in blocks beside libmosquitto: however the network cuts the stream, and whatever else is in
// it, each arrives once, whole and in order.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <mutex>
#include <random>

#include "tests/support/scripted_broker.h"
#include "tests/support/server_process.h"
#include "twin/feeds/mqtt_packet.h"
#include "twin/feeds/transport_mqtt.h"

namespace {

using test_support::eventually;
using test_support::mqttPacket;
using test_support::mqttPublish;
using test_support::ScriptedBroker;
using Messages = std::vector<std::pair<std::string, std::string>>;

constexpr double kPatience = 30;  // seconds

class Collector final : public feeds::MessageSink {
 public:
  void deliver(const feeds::Delivery& message) override {
    std::lock_guard lock(mutex_);
    messages_.emplace_back(message.topic, message.bytes);
  }
  void gap(std::string_view why) override {
    std::lock_guard lock(mutex_);
    gaps_.emplace_back(why);
  }
  Messages messages() const {
    std::lock_guard lock(mutex_);
    return messages_;
  }
  std::vector<std::string> gaps() const {
    std::lock_guard lock(mutex_);
    return gaps_;
  }

 private:
  mutable std::mutex mutex_;
  Messages messages_;
  std::vector<std::string> gaps_;
};

/// What a subscriber makes of a script, once that many messages are there (or it has waited long enough).
struct Heard {
  Messages messages;
  std::vector<std::string> gaps;
  std::string said;  // by the client after its subscription: first bytes
};

Heard hear(ScriptedBroker::Script script, size_t count, size_t answers = 0, size_t gaps = 0) {
  const bool version5 = script.version5;
  ScriptedBroker broker(std::move(script));
  Collector collector;
  const auto transport = feeds::makeMqttTransport({.port = broker.port(), .qos = 1, .version5 = version5, .backoffBase = 5});
  transport->start(collector);
  eventually([&] { return collector.messages().size() >= count && broker.heard().size() >= answers && collector.gaps().size() >= gaps; }, kPatience);
  transport->stop();
  return {collector.messages(), collector.gaps(), broker.heard()};
}

std::string publishAtLeastOnce(std::string_view topic, std::string_view payload, unsigned qos = 1) {
  std::string body{static_cast<char>(topic.size() >> 8), static_cast<char>(topic.size() & 0xff)};
  return mqttPacket(0x30 | qos << 1, body.append(topic).append({0, 7}).append(payload));
}

/// Messages of all sizes around where a length takes a byte more, with what libmosquitto must see between them.
std::string mixture(Messages& expected) {
  std::string stream;
  size_t number = 0;
  for (const size_t size : {0u, 1u, 115u, 116u, 117u, 200u, 5000u, 16369u, 16370u, 3u}) {
    const std::string payload = std::to_string(number) + std::string(size, 'p');
    const std::string topic = number % 3 == 0 ? "telemetry/버스/" + std::to_string(number) : "t/" + std::to_string(number);
    stream += number % 4 == 1 ? publishAtLeastOnce(topic, payload) : mqttPublish(topic, payload);
    if (number % 5 == 2) stream += mqttPacket(0xd0, "");  // PINGRESP
    expected.emplace_back(topic, payload);
    ++number;
  }
  stream += mqttPacket(0x31, std::string("\0\1r", 3) + "retained");
  expected.emplace_back("r", "retained");
  stream += mqttPublish("empty", "");
  expected.emplace_back("empty", "");
  return stream;
}

TEST(MqttBlocks, HoweverTheStreamIsCut) {
  std::mt19937 random(1);
  for (int round = 0; round < 40; ++round) {
    Messages expected;
    std::string stream = mixture(expected);
    ScriptedBroker::Script script;
    while (!stream.empty()) {
      const size_t size = 1 + random() % (1u << (1 + random() % 14));  // from a few bytes to half of it
      script.pieces.push_back(stream.substr(0, size));
      stream.erase(0, std::min(size, stream.size()));
    }
    const Heard heard = hear(std::move(script), expected.size(), 3);
    const bool same = heard.messages == expected;  // too long to be printed
    EXPECT_TRUE(same) << heard.messages.size() << " of " << expected.size() << " in round " << round;
    EXPECT_EQ(heard.said.substr(0, 3), "\x40\x40\x40") << "an acknowledgement for each at QoS 1";
    EXPECT_TRUE(heard.gaps.empty());
  }
}

TEST(MqttBlocks, EachByteAlone) {
  ScriptedBroker::Script script;
  Messages expected;
  for (int i = 0; i < 20; ++i) {
    const std::string topic = "t/" + std::to_string(i);
    for (const char byte : i % 4 == 3 ? publishAtLeastOnce(topic, "x") : mqttPublish(topic, "x")) script.pieces.emplace_back(1, byte);
    expected.emplace_back(topic, "x");
  }
  EXPECT_EQ(hear(std::move(script), expected.size()).messages, expected);
}

TEST(MqttBlocks, AMessageGreaterThanABlockBetweenSmallOnes) {
  const std::string great(700'000, 'g');
  const std::string stream = mqttPublish("a", "1") + mqttPublish("b", great) + mqttPublish("c", "3") + publishAtLeastOnce("d", great) + mqttPublish("e", "5");
  ScriptedBroker::Script script;
  for (size_t at = 0; at < stream.size(); at += 50'001) script.pieces.push_back(stream.substr(at, 50'001));
  const Messages expected{{"a", "1"}, {"b", great}, {"c", "3"}, {"d", great}, {"e", "5"}};
  EXPECT_EQ(hear(std::move(script), expected.size()).messages, expected);
}

TEST(MqttBlocks, ABlockFullOfMessagesAndMore) {
  std::string stream;
  Messages expected;
  for (int i = 0; i < 10'000; ++i) {
    expected.emplace_back("telemetry/bus/" + std::to_string(i), std::string(100 + static_cast<size_t>(i) % 37, 'x'));
    stream += mqttPublish(expected.back().first, expected.back().second);
  }
  EXPECT_EQ(hear({.pieces = {stream}}, expected.size()).messages, expected);
}

/// The kernel counts a whole segment against the window while one byte of it waits: a reader that leaves half a message
/// in the socket until the rest is there may wait for ever.
TEST(MqttBlocks, AFloodNeverStalls) {
  std::string stream;
  constexpr size_t kMessages = 300'000;
  for (size_t i = 0; i < kMessages; ++i) stream += mqttPublish("telemetry/bus/veh-" + std::to_string(i % 10'000), std::string(200, 'x'));
  ScriptedBroker::Script script;
  for (size_t at = 0; at < stream.size(); at += 64 * 224) script.pieces.push_back(stream.substr(at, 64 * 224));
  script.hurries = true;
  EXPECT_EQ(hear(std::move(script), kMessages).messages.size(), kMessages);
}

TEST(MqttBlocks, ABrokerThatDiesInTheMiddleOfAMessage) {
  const std::string cut = mqttPublish("b", "never whole");
  const Heard heard = hear({.pieces = {mqttPublish("a", "1") + cut.substr(0, 6)}, .closeAtEnd = true}, 1, 0, 1);
  EXPECT_EQ(heard.messages, (Messages{{"a", "1"}}));
  ASSERT_EQ(heard.gaps.size(), 1u);
  EXPECT_NE(heard.gaps[0].find("lost"), std::string::npos) << heard.gaps[0];
}

TEST(MqttBlocks, NonsenseEndsTheConnection) {
  for (const std::string& nonsense : {std::string("\x30\xff\xff\xff\xff\xff\xff", 7), mqttPacket(0x30, "\x7f"), mqttPublish("\xff\xfe", "not UTF-8"), mqttPacket(0x36, std::string("\0\1a\0\7x", 6))}) {
    const Heard heard = hear({.pieces = {mqttPublish("a", "1") + nonsense + mqttPublish("b", "2")}}, 1, 0, 1);
    EXPECT_EQ(heard.messages, (Messages{{"a", "1"}}));
    EXPECT_EQ(heard.gaps.size(), 1u);
  }
}

/// A broker that does not keep to what it has granted.
TEST(MqttBlocks, ExactlyOnceIsLeftToTheLibrary) {
  ScriptedBroker::Script script;
  script.pieces = {mqttPublish("a", "1") + publishAtLeastOnce("b", "2", 2) + mqttPublish("c", "3")};
  script.answer = [](unsigned char first, std::string_view body) {
    return first >> 4 == 5 ? mqttPacket(0x62, body.substr(0, 2)) + mqttPublish("d", "4") : std::string();  // PUBREC: PUBREL
  };
  const Heard heard = hear(std::move(script), 4);
  EXPECT_EQ(heard.messages, (Messages{{"a", "1"}, {"c", "3"}, {"b", "2"}, {"d", "4"}}));
}

TEST(MqttBlocks, Version5WithAndWithoutProperties) {
  const auto publish = [](std::string_view topic, std::string_view properties, std::string_view payload) {
    std::string body{0, static_cast<char>(topic.size())};
    return mqttPacket(0x30, body.append(topic).append(1, static_cast<char>(properties.size())).append(properties).append(payload));
  };
  const std::string expiry("\x02\0\0\0\x3c", 5);
  const Heard heard = hear({.pieces = {publish("a", "", "1") + publish("b", expiry, "2") + publish("c", "", "")}, .version5 = true}, 3);
  EXPECT_EQ(heard.messages, (Messages{{"a", "1"}, {"b", "2"}, {"c", ""}}));
}

TEST(MqttPacket, LengthsOfOneToFourBytes) {
  using feeds::mqtt::frontPacket;
  EXPECT_FALSE(frontPacket(""));
  EXPECT_FALSE(frontPacket("\x30"));
  EXPECT_FALSE(frontPacket("\x30\x80"));
  EXPECT_EQ(frontPacket(std::string_view("\x30\x00", 2))->size, 2u);
  EXPECT_EQ(frontPacket("\x32\x7f")->size, 2u + 127);
  EXPECT_EQ(frontPacket("\x30\x80\x01")->size, 3u + 128);
  EXPECT_EQ(frontPacket("\x30\xff\xff\xff\x7f")->size, 5u + 268'435'455);
  EXPECT_FALSE(frontPacket("\x30\xff\xff\xff\xff\x01"));
}

TEST(MqttPacket, ReadsTheHeadersThatItWrites) {
  for (const size_t length : {0u, 127u, 128u, 16'383u, 16'384u, 2'097'151u, 2'097'152u, 268'435'455u}) {
    std::string header;
    feeds::mqtt::appendHeader(header, 0x32, length);
    const auto front = feeds::mqtt::frontPacket(header);
    ASSERT_TRUE(front) << length;
    EXPECT_EQ(front->header, header.size());
    EXPECT_EQ(front->size, header.size() + length);
  }
}

TEST(MqttPacket, KindsOfPackets) {
  using feeds::mqtt::kindOf;
  using feeds::mqtt::PacketKind;
  EXPECT_EQ(kindOf('\x30'), PacketKind::Message);
  EXPECT_EQ(kindOf('\x31'), PacketKind::Message) << "retained";
  EXPECT_EQ(kindOf('\x3a'), PacketKind::AcknowledgedMessage) << "again";
  EXPECT_EQ(kindOf('\x34'), PacketKind::OnceMessage);
  EXPECT_EQ(kindOf('\x36'), PacketKind::OnceMessage) << "malformed: the library says so";
  EXPECT_EQ(kindOf('\x62'), PacketKind::Release);
  EXPECT_EQ(kindOf('\xd0'), PacketKind::Other);
}

RC_GTEST_PROP(MqttPacket, AnyBytesAreReadWithinTheirBounds, (const std::string& bytes, bool version5)) {
  const auto front = feeds::mqtt::frontPacket(bytes);
  if (!front || front->size > bytes.size()) return;
  const std::string packet = bytes.substr(0, front->size);
  const auto publication = feeds::mqtt::readPublication(packet, *front, version5);
  if (!publication) return;
  RC_ASSERT(publication->payload.empty() || publication->payload.data() + publication->payload.size() == packet.data() + packet.size());
  RC_ASSERT(publication->topic.data() > packet.data());
}

}  // namespace

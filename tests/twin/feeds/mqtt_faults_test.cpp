// SPDX-License-Identifier: Apache-2.0
// A broker that is killed again and again under load, and a network that swallows everything.
// ALPHACITY_SERVER_KILLS: kills for long runs.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "engine/base/hash.h"
#include "tests/support/mosquitto.h"
#include "tests/support/tcp_proxy.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/mqtt_publisher.h"
#include "twin/feeds/transport_mqtt.h"

namespace {

using namespace feeds_test;
using feeds::LinkState;
using test_support::eventually;
using test_support::Mosquitto;

constexpr int kCars = 20;

std::string car(int number, double lat, base::UtcNs time) {
  feeds::TelemetryMessage m;
  m.kind = "car";
  m.id = "car-" + std::to_string(number);
  m.time = time;
  m.position = {128.69, lat, 76};
  m.speed = 8;
  return feeds::encodeTelemetry(m);
}

feeds::IngestOptions liveOptions(bool runInline) {
  feeds::IngestOptions options = inlineOptions();
  options.runInline = runInline;
  options.utcNow = nullptr;
  return options;
}

feeds::MqttOptions to(int port) {
  feeds::MqttOptions options;
  options.port = port;
  options.backoffCap = 0.5;
  return options;
}

/// An ingest that listens to a broker, and one without a network that takes the same messages.
class MqttFaults : public testing::Test {
 protected:
  void SetUp() override {
    if (!Mosquitto::available()) GTEST_SKIP() << Mosquitto::kProgram << " is not installed";
    broker_ = std::make_unique<Mosquitto>();
  }
  void TearDown() override { stopLoad(); }

  void listen(feeds::MqttOptions options) {
    ingest_ = std::make_unique<feeds::Ingest>(liveOptions(false));
    ingest_->add({.name = "broker", .standard = "MQTT"}, feeds::makeMqttTransport(std::move(options)));
    ingest_->start();
    ASSERT_TRUE(eventually([&] { return stats().link.state == LinkState::Connected; }, 15));
  }
  feeds::SourceStats stats() const { return ingest_->stats().sources[0]; }

  /// A thousand messages a second until stopLoad(); what finds no broker is lost on the way.
  void startLoad() {
    publisher_ = std::make_unique<feeds::MqttPublisher>(to(broker_->port()));
    loading_ = true;
    load_ = std::thread([this] {
      for (int i = 0; loading_; ++i) {
        say(i % kCars, 35.83 + i * 1e-6);
        if (i % 2 == 1) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
    });
  }
  void stopLoad() {
    loading_ = false;
    if (load_.joinable()) load_.join();
  }
  void say(int number, double lat) {
    const base::UtcNs now = base::SystemClock::utcNow();
    const std::string bytes = car(number, lat, now);
    const std::string topic = feeds::telemetryTopic("car", "car-" + std::to_string(number));
    reference_.transport->publish(topic, bytes, now);
    if (!publisher_->publish(topic, bytes)) ++unsent_;
  }
  /// Once everybody has spoken again, nothing of what was lost is left.
  void expectTheStateOfTheReference() {
    ASSERT_TRUE(eventually([&] { return publisher_->status().state == LinkState::Connected; }, 30));
    for (int i = 0; i < kCars; ++i) say(i, 35.84);
    EXPECT_TRUE(eventually([&] { return ingest_->stateHash() == reference_.ingest.stateHash(); }, 15));
    ASSERT_TRUE(ingest_->drain(5));
    EXPECT_TRUE(stats().balanced());
    EXPECT_EQ(stats().queued, 0u);
  }

  std::unique_ptr<Mosquitto> broker_;
  std::unique_ptr<feeds::Ingest> ingest_;
  Feed reference_{liveOptions(true)};
  std::unique_ptr<feeds::MqttPublisher> publisher_;
  uint64_t unsent_ = 0;  // for want of a broker
  std::atomic<bool> loading_{false};
  std::thread load_;
};

TEST_F(MqttFaults, EveryDeathOfTheBrokerIsAGapAndPasses) {
  const char* text = std::getenv("ALPHACITY_SERVER_KILLS");
  const int kills = text ? std::max(1, std::atoi(text)) : 3;
  listen(to(broker_->port()));
  startLoad();
  base::Random random(7);
  for (int i = 0; i < kills; ++i) {
    const uint64_t before = stats().messages;
    ASSERT_TRUE(eventually([&] { return stats().messages > before + 50; }, 30)) << "nothing arrives before kill " << i;
    std::this_thread::sleep_for(std::chrono::duration<double>(random.uniform(0, 0.2)));
    broker_->kill();
    ASSERT_TRUE(eventually([&] { return stats().gaps == static_cast<uint64_t>(i) + 1; }, 15));
    EXPECT_NE(stats().link.state, LinkState::Connected);
    EXPECT_FALSE(stats().link.lastError.empty());
    std::this_thread::sleep_for(std::chrono::duration<double>(random.uniform(0, 0.2)));
    broker_->start();
    ASSERT_TRUE(eventually([&] { return stats().link.connections == static_cast<uint64_t>(i) + 2; }, 30));
    EXPECT_TRUE(stats().balanced());
  }
  stopLoad();
  expectTheStateOfTheReference();
  EXPECT_EQ(stats().gaps, static_cast<uint64_t>(kills));
  const feeds::SourceStats heard = stats(), said = reference_.stats();
  EXPECT_LT(heard.messages, said.messages);
  std::printf("[          ] %d kills of the broker, %llu of %llu messages arrived, %llu gaps, state as without kills\n", kills,
              static_cast<unsigned long long>(heard.messages), static_cast<unsigned long long>(said.messages),
              static_cast<unsigned long long>(heard.gaps));
}

TEST_F(MqttFaults, ABlackHoleIsNoticedAndHeals) {
  test_support::TcpProxy line(broker_->port());
  feeds::MqttOptions options = to(line.port());
  options.keepAliveSeconds = 5;  // the least that libmosquitto takes
  listen(options);
  startLoad();
  ASSERT_TRUE(eventually([&] { return stats().messages > 100; }, 15));

  line.blackHole(true);
  ASSERT_TRUE(eventually([&] { return stats().gaps == 1; }, 30));
  EXPECT_NE(stats().lastGap.find("lost"), std::string::npos) << stats().lastGap;
  EXPECT_TRUE(eventually([&] { return stats().link.state == LinkState::Waiting; }, 20));  // nobody answers
  EXPECT_FALSE(stats().link.lastError.empty());
  EXPECT_EQ(stats().link.connections, 1u);

  line.blackHole(false);
  EXPECT_TRUE(eventually([&] { return stats().link.connections == 2; }, 30));
  stopLoad();
  expectTheStateOfTheReference();
  EXPECT_EQ(stats().gaps, 1u);
}

TEST_F(MqttFaults, AShortHoleAndASlowLineLoseNothing) {
  test_support::TcpProxy line(broker_->port());
  listen(to(line.port()));
  line.delay(0.3);
  startLoad();
  ASSERT_TRUE(eventually([&] { return stats().messages > 100; }, 15));
  line.blackHole(true);
  std::this_thread::sleep_for(std::chrono::seconds(1));
  line.blackHole(false);
  stopLoad();
  expectTheStateOfTheReference();
  EXPECT_EQ(stats().gaps, 0u);
  EXPECT_EQ(stats().messages, reference_.stats().messages - unsent_);
}

TEST_F(MqttFaults, ARouterThatDropsConnectionsIsAGap) {
  test_support::TcpProxy line(broker_->port());
  listen(to(line.port()));
  startLoad();
  ASSERT_TRUE(eventually([&] { return stats().messages > 100; }, 15));
  line.drop();
  ASSERT_TRUE(eventually([&] { return stats().gaps == 1 && stats().link.connections == 2; }, 15));
  stopLoad();
  expectTheStateOfTheReference();
}

}  // namespace

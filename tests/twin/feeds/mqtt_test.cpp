// SPDX-License-Identifier: Apache-2.0
// A real broker on loopback: messages arrive, the broker is killed and comes back, nothing sticks and
// the gap is seen.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "tests/support/server_process.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/mqtt_publisher.h"
#include "twin/feeds/transport_mqtt.h"

namespace {

using namespace feeds_test;
using test_support::freePort;
constexpr const char* kBroker = "/usr/sbin/mosquitto";

pid_t spawn(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) {
    if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(126);
    execv(argv[0], argv.data());
    _exit(127);
  }
  return pid;
}

bool eventually(const std::function<bool()>& condition, double seconds = 15) {
  for (int i = 0; i < static_cast<int>(seconds * 100); ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

class Mqtt : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kBroker)) GTEST_SKIP() << kBroker << " is not installed";
    folder_ = std::filesystem::temp_directory_path() / ("alphacity_mqtt_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    port_ = freePort();
    writeConfig("allow_anonymous true\n");
  }
  void TearDown() override {
    killBroker();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  void writeConfig(const std::string& access) {
    std::ofstream(folder_ / "mosquitto.conf")
        << "listener " << port_ << " 127.0.0.1\npersistence false\nuser root\n"
        << "max_queued_messages 100000\nset_tcp_nodelay true\n"
        << access;
  }
  void startBroker() { broker_ = spawn({kBroker, "-c", (folder_ / "mosquitto.conf").string()}); }
  void killBroker() {
    if (broker_ <= 0) return;
    kill(broker_, SIGKILL);
    waitpid(broker_, nullptr, 0);
    broker_ = 0;
  }
  int publishByTool(const std::string& topic, const std::string& text) {
    const pid_t pid = spawn(
        {"/usr/bin/mosquitto_pub", "-h", "127.0.0.1", "-p", std::to_string(port_), "-t", topic, "-m", text});
    int status = 0;
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
  }
  feeds::MqttOptions options() const {
    feeds::MqttOptions result;
    result.port = port_;
    result.backoffCap = 0.5;
    return result;
  }
  /// An ingest that listens to the broker.
  std::unique_ptr<feeds::Ingest> listen(feeds::MqttOptions how) const {
    feeds::IngestOptions ingestOptions = inlineOptions();
    ingestOptions.runInline = false;
    ingestOptions.utcNow = nullptr;
    auto ingest = std::make_unique<feeds::Ingest>(std::move(ingestOptions));
    ingest->add({.name = "broker", .standard = "MQTT"}, feeds::makeMqttTransport(std::move(how)));
    ingest->start();
    return ingest;
  }

  std::filesystem::path folder_;
  int port_ = 0;
  pid_t broker_ = 0;
};

feeds::SourceStats statsOf(const feeds::Ingest& ingest) {
  return ingest.stats().sources[0];
}

TEST_F(Mqtt, BrokerDiesAndComesBack) {
  auto ingest = listen(options());  // before the broker is there
  EXPECT_TRUE(eventually([&] { return statsOf(*ingest).link.state == feeds::LinkState::Waiting; }));
  EXPECT_FALSE(statsOf(*ingest).link.lastError.empty());
  EXPECT_EQ(statsOf(*ingest).gaps, 0u);  // nothing was lost yet

  startBroker();
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).link.state == feeds::LinkState::Connected; }));
  const base::UtcNs now = base::SystemClock::utcNow();
  ASSERT_EQ(publishByTool("telemetry/car/car-1", telemetry(now)), 0);
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).applied == 1; }));

  killBroker();
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).gaps == 1; }));
  EXPECT_NE(statsOf(*ingest).lastGap.find("lost"), std::string::npos) << statsOf(*ingest).lastGap;
  EXPECT_GT(statsOf(*ingest).lastGapAt, now);
  EXPECT_NE(statsOf(*ingest).link.state, feeds::LinkState::Connected);

  startBroker();
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).link.connections == 2; }));
  ASSERT_EQ(publishByTool("telemetry/car/car-1", telemetry(now + base::kNsPerSecond)), 0);
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).applied == 2; }));
  EXPECT_TRUE(statsOf(*ingest).balanced());
  EXPECT_EQ(statsOf(*ingest).queued, 0u);
}

TEST_F(Mqtt, StopsAtOnceWhileTheBrokerIsAway) {
  feeds::MqttOptions far = options();
  far.backoffBase = far.backoffCap = 30;
  auto ingest = listen(far);
  EXPECT_TRUE(eventually([&] { return statsOf(*ingest).link.state == feeds::LinkState::Waiting; }));
  const base::MonoNs begun = base::SystemClock::monoNow();
  ingest->stop();
  EXPECT_LT(base::SystemClock::monoNow() - begun, 2 * base::kNsPerSecond);
}

TEST_F(Mqtt, APublisherFindsABrokerThatComesLater) {
  feeds::MqttPublisher publisher(options());
  EXPECT_FALSE(publisher.publish("event/incident", "{}"));
  startBroker();
  EXPECT_TRUE(eventually([&] { return publisher.publish("event/incident", "{}"); }));
}

TEST_F(Mqtt, PublisherAndFilter) {
  startBroker();
  feeds::MqttOptions filtered = options();
  filtered.topicFilter = "telemetry/#";
  filtered.version5 = true;
  auto ingest = listen(filtered);
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).link.state == feeds::LinkState::Connected; }));
  feeds::MqttPublisher publisher(options());
  ASSERT_TRUE(eventually([&] { return publisher.status().state == feeds::LinkState::Connected; }));
  const base::UtcNs now = base::SystemClock::utcNow();
  EXPECT_TRUE(publisher.publish("event/incident", "{}"));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(publisher.publish("telemetry/car/car-1",
                                  telemetry(now - 2000 * base::kNsPerMs + i * base::kNsPerMs)));
  }
  ASSERT_TRUE(eventually([&] { return statsOf(*ingest).messages == 1000; }));
  ASSERT_TRUE(ingest->drain(5));
  EXPECT_EQ(statsOf(*ingest).applied, 1000u);
}

TEST_F(Mqtt, AskedForAPasswordItSaysSo) {
  std::ofstream(folder_ / "passwords") << "";
  writeConfig("allow_anonymous false\npassword_file " + (folder_ / "passwords").string() + "\n");
  startBroker();
  feeds::MqttOptions wrong = options();
  wrong.user = "twin";
  wrong.password = "hunter2";
  auto ingest = listen(wrong);
  ASSERT_TRUE(eventually([&] {
    return statsOf(*ingest).link.lastError.find("refuses") != std::string::npos;
  })) << statsOf(*ingest).link.lastError;
  EXPECT_EQ(statsOf(*ingest).link.lastError.find("hunter2"), std::string::npos);
  EXPECT_EQ(statsOf(*ingest).link.connections, 0u);
}

}  // namespace

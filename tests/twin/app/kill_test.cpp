// SPDX-License-Identifier: Apache-2.0
// kill -9 of the program itself under load: what it had told the service manager to be safe is there afterwards.
// ALPHACITY_KILLS: kills for long runs.
#include <cstdio>
#include <cstdlib>
#include <set>

#include <sys/un.h>

#include "engine/base/hash.h"
#include "tests/support/mosquitto.h"
#include "tests/twin/alarms/desk_fixture.h"
#include "twin/alarms/audit_log.h"
#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/mqtt_publisher.h"
#include "twin/history/history.h"
#include "twin/history/journal.h"

namespace {

namespace fs = std::filesystem;
using test_support::eventually;
using test_support::Mosquitto;

/// What a service manager is for its service: a socket for sd_notify(3).
class Manager {
 public:
  explicit Manager(const fs::path& at) {
    fd_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    at.string().copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << at;
    setenv("NOTIFY_SOCKET", at.c_str(), 1);
  }
  ~Manager() {
    unsetenv("NOTIFY_SOCKET");
    close(fd_);
  }
  /// What was said last, of all that has been said by now.
  struct Said {
    bool ready = false;
    uint64_t rows = 0;  ///< of history, on the disk
    int alarms = -1;    ///< active ones, on the disk; -1: not heard of yet
  };
  const Said& listen() {
    char bytes[1024];
    for (ssize_t got; (got = recv(fd_, bytes, sizeof bytes - 1, 0)) > 0;) {
      bytes[got] = '\0';
      const std::string_view text = bytes;
      said_.ready |= text.starts_with("READY=1");
      if (const size_t at = text.find("history: "); at != std::string_view::npos) said_.rows = std::strtoull(bytes + at + 9, nullptr, 10);
      if (const size_t at = text.find("alarms: "); at != std::string_view::npos && text.find(" active") != std::string_view::npos)
        said_.alarms = std::atoi(bytes + at + 8);
    }
    return said_;
  }
  void forget() { said_ = {}; }

 private:
  int fd_ = -1;
  Said said_;
};

/// Counts rows, and poses by thing and time.
class Rows final : public history::JournalVisitor {
 public:
  bool on(const history::MessageRecord&) override { return true; }
  void on(const history::ValueRecord&) override { ++count; }
  void on(const history::PoseRecord& r) override {
    ++count;
    if (!poses.emplace(r.entity, r.event).second) ++twice;
  }
  void on(const history::DepartureRecord&) override { ++count; }
  void on(const history::DescriptionRecord&) override { ++count; }
  void on(const history::EventRecord&) override { ++count; }
  uint64_t count = 0, twice = 0;
  std::set<std::pair<history::NameId, base::UtcNs>> poses;
};

/// A hundred vehicles that report, and bins that catch fire and stay so.
class Load {
 public:
  explicit Load(int port) : publisher_(options(port)), thread_([this] { run(); }) {}
  ~Load() {
    stopping_ = true;
    thread_.join();
  }
  void speak(bool on) { on_ = on; }

 private:
  static feeds::MqttOptions options(int port) {
    feeds::MqttOptions o;
    o.port = port;
    return o;
  }
  void run() {
    for (int i = 0; !stopping_; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      if (!on_) continue;
      feeds::TelemetryMessage m;
      m.time = base::SystemClock::utcNow();
      m.position = {128.69, 35.83 + (i % 1000) * 1e-5, 70};
      if (i % 100 == 0) {
        m.kind = "waste_bin";
        m.id = "bin-" + std::to_string(i);
        m.properties = {{"temperature", 70.0}};
      } else {
        m.kind = "car";
        m.id = "car-" + std::to_string(i % 100);
      }
      publisher_.publish(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m));
    }
  }
  feeds::MqttPublisher publisher_;
  std::atomic<bool> on_{false}, stopping_{false};
  std::thread thread_;
};

TEST(ProgramKill, LosesNothingThatItCalledSafe) {
  if (!Mosquitto::available()) GTEST_SKIP() << Mosquitto::kProgram << " is not installed";
  const char* wanted = std::getenv("ALPHACITY_KILLS");
  const int kills = wanted ? std::max(1, std::atoi(wanted)) : 4;
  const testing_alarms::Folder folder;
  const std::string store = (folder.path() / "h.sqlite").string();
  const fs::path state = folder.path() / "state", ruleFile = folder.path() / "rules.toml";
  std::ofstream(ruleFile) << testing_alarms::rule(
      "hot", "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nlatched = true");
  Mosquitto broker;
  Load load(broker.port());
  Manager manager(folder.path() / "notify");
  test_support::Server program;
  program.words = {std::string(ALPHACITY_BINARY_DIR) + "/alphacity", "ingest", "--feed", "mqtt://127.0.0.1:" + std::to_string(broker.port()),
                   "--history", store, "--state-dir", state.string(), "--alarms", ruleFile.string(), "--rate", "10"};
  base::Random random(3);
  uint64_t safe = 0, seq = 0;
  int alarms = 0;
  for (int i = 0; i < kills; ++i) {
    manager.forget();
    program.start();
    ASSERT_TRUE(eventually([&] { return manager.listen().ready && manager.listen().alarms >= alarms; }, 60))
        << alarms << " alarms before kill " << i << ", " << manager.listen().alarms << " after it";
    load.speak(true);
    ASSERT_TRUE(eventually([&] { return manager.listen().rows > 0 && manager.listen().alarms > alarms; }, 60)) << "kill " << i;
    std::this_thread::sleep_for(std::chrono::duration<double>(random.uniform(0, 0.4)));
    program.end();
    load.speak(false);
    safe += manager.listen().rows;
    alarms = manager.listen().alarms;

    auto opened = history::openHistory(store, history::Access::Read);
    ASSERT_TRUE(opened) << opened.error();
    Rows fresh;
    ASSERT_TRUE((*opened)->eachBlock({.afterSeq = seq, .rxFrom = INT64_MIN, .rxTo = INT64_MAX}, [&](uint64_t, std::string_view data) {
      EXPECT_TRUE(history::readJournal(data, fresh));
      return true;
    }));
    EXPECT_GE(fresh.count, manager.listen().rows) << "kill " << i;
    const auto tail = (*opened)->tail();
    ASSERT_TRUE(tail) << tail.error();
    EXPECT_GT(tail->seq, seq);
    seq = tail->seq;
    const auto chain = alarms::verifyAudit(state / alarms::kAuditFile);
    ASSERT_TRUE(chain) << chain.error();
  }
  auto opened = history::openHistory(store, history::Access::Read);
  ASSERT_TRUE(opened) << opened.error();
  Rows all;
  ASSERT_TRUE((*opened)->eachBlock({.rxFrom = INT64_MIN, .rxTo = INT64_MAX}, [&](uint64_t, std::string_view data) {
    EXPECT_TRUE(history::readJournal(data, all));
    return true;
  }));
  EXPECT_GE(all.count, safe);
  EXPECT_EQ(all.twice, 0u);
  std::printf("[ kill -9  ] the program %d times: %llu rows and %d alarms were called safe, none lost; %llu rows are there\n", kills,
              static_cast<unsigned long long>(safe), alarms, static_cast<unsigned long long>(all.count));
}

}  // namespace

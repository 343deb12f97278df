// SPDX-License-Identifier: Apache-2.0
// One machine merges feeds and publishes their state; displays follow it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>

#include "tests/support/server_process.h"
#include "tests/twin/record/record_fixture.h"
#include "twin/feeds/state_publisher.h"
#include "twin/feeds/transport_state.h"

namespace state_test {

using namespace record_test;
using namespace test_support;

inline feeds::IngestOptions liveOptions() {
  feeds::IngestOptions result = options(false);
  result.utcNow = nullptr;
  return result;
}

inline feeds::MqttOptions mqttTo(const std::vector<int>& ports) {
  feeds::MqttOptions how;
  how.host = "127.0.0.1";
  how.port = ports.front();
  for (size_t i = 1; i < ports.size(); ++i) how.alternatives.push_back({"127.0.0.1", ports[i]});
  how.topicFilter = "alphacity";
  how.backoffCap = 1;
  return how;
}

/// The machine that merges feeds, ten frames a second; quiet() stops its feeds but not its frames.
class Node {
 public:
  explicit Node(const std::vector<int>& ports)
      : ingest_(liveOptions()),
        publisher_(mqttTo(ports), {.epoch = static_cast<uint64_t>(base::SystemClock::utcNow())}) {
    auto link = std::make_unique<feeds::InprocessTransport>();
    wire_ = link.get();
    ingest_.add({.name = "sim", .provenance = model::Provenance::Simulated}, std::move(link));
    ingest_.start();
    thread_ = std::thread([this] { run(); });
  }
  ~Node() {
    stopping_ = true;
    thread_.join();
    ingest_.stop();
  }
  void quiet() {
    quiet_ = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ingest_.drain(5);
  }
  void speak() { quiet_ = false; }
  uint64_t stateHash() const { return ingest_.stateHash(); }
  uint64_t events() const { return events_; }
  feeds::PublisherStats stats() {
    std::lock_guard lock(mutex_);
    return publisher_.stats();
  }
  feeds::LinksView links() const { return publisher_.links(); }
  bool connected() const { return publisher_.status().state == feeds::LinkState::Connected; }

 private:
  void run() {
    for (uint64_t round = 0; !stopping_; ++round) {
      if (!quiet_) say(round);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      std::vector<feeds::Source> sources;
      for (const auto& s : ingest_.stats().sources) sources.push_back(s.source);
      std::lock_guard lock(mutex_);
      publisher_.publish(ingest_.take(), sources, base::SystemClock::utcNow());
    }
  }
  void say(uint64_t round) {
    const base::UtcNs now = base::SystemClock::utcNow();
    for (int i = 0; i < 50; ++i) {
      feeds::TelemetryMessage m;
      m.kind = "car";
      m.id = "car-" + std::to_string(i);
      m.time = now;
      m.position = {128.66 + i * 1e-3, 35.83 + static_cast<double>(round % 100) * 1e-4, 70};
      wire_->publish(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m), now);
    }
    wire_->publish("event/incident", feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(round), .time = now}), now);
    ++events_;
  }

  feeds::Ingest ingest_;
  feeds::InprocessTransport* wire_ = nullptr;
  feeds::StatePublisher publisher_;
  std::mutex mutex_;
  std::atomic<bool> stopping_{false}, quiet_{false};
  std::atomic<uint64_t> events_{0};
  std::thread thread_;
};

class Display {
 public:
  explicit Display(const std::vector<int>& ports) : ingest_(liveOptions()) {
    auto link = std::make_unique<feeds::StateTransport>(mqttTo(ports));
    link_ = link.get();
    ingest_.add({.name = "state"}, std::move(link));
    ingest_.start();
  }
  ~Display() { ingest_.stop(); }
  uint64_t stateHash() const { return ingest_.stateHash(); }
  base::UtcNs lastFrame() const { return link_->lastFrame(); }
  feeds::StateTransport& link() { return *link_; }
  size_t things() const { return ingest_.stats().entities; }
  /// Ids of all events so far.
  const std::set<std::string>& events() {
    for (const model::Event& event : ingest_.take().events) {
      EXPECT_TRUE(events_.insert(event.what.id).second) << event.what.id << " came twice";
    }
    return events_;
  }

 private:
  feeds::Ingest ingest_;
  feeds::StateTransport* link_ = nullptr;
  std::set<std::string> events_;
};

inline double secondsOf(const std::function<bool()>& condition, double limit) {
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(eventually(condition, limit));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

inline std::filesystem::path freshFolder(const std::string& name) {
  const auto folder = std::filesystem::temp_directory_path() / (name + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace state_test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "twin/core/time.h"
#include "twin/traffic/child_process.h"
#include "twin/traffic/signal_program.h"
#include "twin/traffic/state_sink.h"
#include "twin/traffic/sumo_demand.h"
#include "twin/traffic/sumo_network.h"
#include "twin/traffic/traffic_step.h"

namespace traffic {

class SumoSession;

struct SumoLinkOptions {
  uint64_t seed = 1;
  double warmupSeconds = 420;  ///< simulated before the first step is given out
  core::TimeZone zone;
  /// Shown time, UTC. One step is made for each second of it; asked on the link's thread.
  std::function<base::UtcNs()> now;
  /// Further behind the shown time than the warm-up and this many seconds, the simulation starts anew.
  double longestLag = 300;
  /// Simulated seconds between steps that are given out.
  int publishEvery = 1;
  /// Asked after each step that is given out; outlives the link. Null: nobody wants the state.
  StateSink* sink = nullptr;
};

/// What a panel says about the link.
struct SumoLinkStatus {
  enum class State : uint8_t { Stopped, Starting, Warming, Running, Waiting, Missing } state = State::Stopped;
  std::string text;     ///< one line, English
  uint64_t starts = 0;  ///< processes started
  uint64_t steps = 0;   ///< simulated seconds given out
  uint64_t departed = 0, refused = 0, teleports = 0;
  size_t vehicles = 0;
  int pid = -1;  ///< of SUMO
};

/// SUMO in a process of its own, driven second by second through libtraci on one thread. When SUMO dies
/// it is started again (1, 2, 4 .. 30 s later). libtraci keeps its connection in globals: one link per
/// program at a time.
class SumoLink {
 public:
  using OnStep = std::function<void(const TrafficStep&)>;

  /// `network` and `demand` must outlive the link. `onStep` is called on the link's thread.
  SumoLink(const SumoNetwork& network, const SumoDemand& demand, const std::vector<SignalProgram>& programs,
           SumoLinkOptions options, OnStep onStep);
  ~SumoLink();

  void start();
  /// Ends within two seconds; kills SUMO when it does not answer.
  void stop();
  SumoLinkStatus status() const;
  /// False when this build or this machine has no SUMO; `why` says it in one line.
  static bool available(std::string& why);

 private:
  struct Session;
  void run();
  bool runOnce();
  void offerState(SumoSession& session, const std::filesystem::path& folder, int64_t second,
                  int64_t dayStart);
  void say(SumoLinkStatus::State state, std::string text);
  bool sleepFor(double seconds);

  const SumoNetwork& network_;
  const SumoDemand& demand_;
  const std::vector<SignalProgram>& programs_;
  SumoLinkOptions options_;
  OnStep onStep_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> pid_{-1};
  SumoLinkStatus status_;
  int sessions_ = 0;
};

}  // namespace traffic

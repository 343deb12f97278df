// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "twin/model/mirror.h"
#include "twin/traffic/forecast.h"
#include "twin/traffic/forecast_judge.h"
#include "twin/traffic/forecast_run.h"
#include "twin/traffic/sumo_network.h"

namespace traffic {

/// What a panel says about the look ahead.
struct LookAheadStatus {
  enum class State : uint8_t { Off, NotLive, Waiting, Computing, Ready, Failed } state = State::Off;
  std::string text;           ///< of a failure, English; else empty
  base::UtcNs made = 0;       ///< of the newest forecast
  double computeSeconds = 0;  ///< wall time that it took
  double heldUpSeconds = 0;   ///< wall time that the live simulation waited for the snapshot
  size_t movers = 0;
  uint64_t forecasts = 0, failures = 0;
  int pid = -1;       ///< of the second SUMO while it runs
  ScoreTable scores;  ///< of the last hour
};

/// The next fifteen minutes: asks the live SUMO for its state once a minute, has a second SUMO run ahead
/// from there on a thread of its own, and scores what it said when reality arrives. Nothing of it ever
/// enters the mirror. Any thread may call anything.
class LookAhead final : public StateSink {
 public:
  explicit LookAhead(ForecastOptions options);
  ~LookAhead() override;

  /// The live simulation is there. `network`, `demand` and `transit` outlive the look ahead or detach().
  void attach(const SumoNetwork& network, const city::CityData& city, const SumoDemand& demand, uint64_t seed,
              bool matchDay);
  /// Ends the thread and the second SUMO; within a second.
  void stop();

  void setOn(bool on);
  /// A forecast at once instead of at the next full minute.
  void askNow();
  std::shared_ptr<const Forecast> latest() const;
  LookAheadStatus status() const;

  /// What the feeds say now: call it with every frame, it looks once a second. Copies what it needs.
  void observe(const model::Mirror& mirror, base::UtcNs shown);

  std::filesystem::path wanted(int64_t second) override;
  void saved(const SavedState& state) override;

 private:
  struct Live;
  void run();
  void forecastFrom(const SavedState& state);

  ForecastOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::unique_ptr<Live> live_;  ///< what the thread works with; set once
  std::thread thread_;
  std::atomic<bool> stopping_{false}, on_{false}, now_{false}, busy_{false};
  std::atomic<int> pid_{-1};
  std::optional<SavedState> due_;
  std::deque<Observed> observed_;  ///< at most a few seconds of it wait
  std::shared_ptr<const Forecast> latest_;
  LookAheadStatus status_;
  base::UtcNs lookedAt_ = 0;
  std::map<std::string, std::string> stopOf_;  ///< last stop of each bus and shuttle, of observe()
  bool stopsKnown_ = false;
};

}  // namespace traffic

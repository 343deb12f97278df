// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "twin/app/options.h"
#include "twin/app/world.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/record/recorder.h"
#include "twin/traffic/simulators.h"

namespace app {

/// Everything that brings messages: the sources of the command line, the simulators behind `sim:`, the
/// recorder. One object, so that it can be started and stopped in order.
class Feeding {
 public:
  /// `fixedNow` is the clock of a fixed-time run (inline, no threads), empty for live.
  static base::Result<std::unique_ptr<Feeding>> create(const Options& options, const World& world,
                                                       std::function<base::UtcNs()> fixedNow);
  ~Feeding();

  void start();
  void stop();
  /// Fixed clock: lets the simulators speak up to this moment, on the caller's thread.
  void advanceTo(base::UtcNs utc);
  model::ChangeBatch take() { return ingest_->take(); }
  model::ChangeBatch keyframe() { return ingest_->keyframe(); }
  const feeds::Ingest& ingest() const { return *ingest_; }
  feeds::FeedStats stats() const { return ingest_->stats(); }
  /// One line of news for the user, empty when calm (SUMO missing, restarted ...).
  std::string notice() const;
  void setMatchDay(bool on);
  void setReplaySpeed(double speed);
  /// Replay: the span of the recording, zero when there is none.
  std::pair<base::UtcNs, base::UtcNs> recordedSpan() const { return span_; }

 private:
  Feeding() = default;
  base::Status addSource(const std::string& url, const Options& options, const World& world);
  base::Status addReplay(const Options& options);

  std::unique_ptr<record::Recorder> recorder_;  // outlives the ingest that taps it
  std::unique_ptr<feeds::Ingest> ingest_;
  std::unique_ptr<traffic::Simulators> simulators_;
  feeds::InprocessTransport* simTransport_ = nullptr;
  std::pair<base::UtcNs, base::UtcNs> span_{0, 0};
  bool fixed_ = false;
};

}  // namespace app

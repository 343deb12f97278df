// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>

#include "engine/scene/view.h"
#include "twin/app/options.h"
#include "twin/app/world.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/feeds/transport_state.h"
#include "twin/record/player.h"
#include "twin/record/recorder.h"
#include "twin/traffic/simulators.h"

namespace app {

/// Everything that brings messages: the sources of the command line, the simulators behind `sim:`, the
/// recorder, the replay. One object, so that it is started and stopped in order.
class Feeding {
 public:
  /// `fixedNow` is the clock of a fixed-time run (inline, no threads), empty for live and replay.
  static base::Result<std::unique_ptr<Feeding>> create(const Options& options, const World& world,
                                                       std::function<base::UtcNs()> fixedNow);
  ~Feeding();

  /// Before start(); the tap must outlive this.
  void addChangeTap(feeds::ChangeTap& tap) { ingest_->addChangeTap(tap); }
  void start();
  void stop();
  /// Tells what the shown moment is: on a fixed clock the simulators speak up to it, on the caller's
  /// thread; a replay plays up to it, on its own.
  void advanceTo(base::UtcNs utc);
  /// Replay: the state of another moment, earlier or later, as soon as it is read; no frame waits for it.
  void seekTo(base::UtcNs utc);
  /// What is looked at: feeds of state frames bring only the tiles of it.
  void see(const scene::View& view);
  /// Starts an incident capsule with the minutes before `now`, or ends the one that is being collected.
  void toggleCapsule(const std::filesystem::path& file, base::UtcNs now, const std::string& note);
  bool collectsCapsule() const { return capsuleEnd_ != 0; }
  /// A note of the recording that is replayed; empty when there is none.
  std::string replayNote(std::string_view name) const;
  model::ChangeBatch take() { return ingest_->take(); }
  model::ChangeBatch keyframe() { return ingest_->keyframe(); }
  feeds::FeedStats stats() const { return ingest_->stats(); }
  uint64_t stateHash() const { return ingest_->stateHash(); }
  /// One line of news for the user, empty when calm (SUMO is missing, the recorder stopped ...).
  std::string notice() const;
  /// Starts the simulated day anew with or without a match; the change runs on a thread of its own.
  void setMatchDay(bool on);
  /// Of our own simulation; null where there is none, or while it starts anew.
  traffic::LookAhead* lookAhead() { return simulators_ ? &simulators_->lookAhead() : nullptr; }
  /// Replay: first and last moment of the recording; equal when there is none.
  std::pair<base::UtcNs, base::UtcNs> recordedSpan() const { return span_; }
  /// Of mapped feeds, by name.
  const feeds::MappingRegistry* mappings() const { return mappings_.get(); }

 private:
  Feeding() = default;
  base::Status addSource(const std::string& url, const Options& options, const World& world);
  base::Status addReplay(const std::filesystem::path& file);
  void makeSimulators(bool matchDay);

  std::shared_ptr<const feeds::MappingRegistry> mappings_;
  std::unique_ptr<record::Recorder> recorder_;  // outlives the ingest that it taps
  std::unique_ptr<feeds::Ingest> ingest_;
  feeds::InprocessTransport* simTransport_ = nullptr;  // owned by the ingest
  std::vector<feeds::StateTransport*> stateTransports_;  // owned by the ingest
  int64_t capsuleSpan_ = 0;      ///< nanoseconds kept for a capsule; 0: none can be made
  base::UtcNs capsuleEnd_ = 0;   ///< of the one that is being collected; 0: none is
  record::Player* player_ = nullptr;                   // owned by the ingest
  std::unique_ptr<traffic::Simulators> simulators_;
  const World* world_ = nullptr;
  traffic::SimOptions simOptions_;
  std::pair<base::UtcNs, base::UtcNs> span_{0, 0};
  bool fixed_ = false;
  std::future<void> restarting_;  ///< the old simulators are ending
  bool matchDay_ = false;
};

/// First and last moment of a recording.
base::Result<std::pair<base::UtcNs, base::UtcNs>> spanOfRecording(const std::filesystem::path& file);

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <limits>
#include <memory>

#include "twin/feeds/transport.h"
#include "twin/record/log_reader.h"

namespace record {

struct PlayerOptions {
  std::filesystem::path path;
  /// Times as fast as it was recorded; infinity: as fast as the path takes it.
  double speed = 1;
  bool loop = false;  ///< begins again at the end; needs restamp, or old times would be late
  /// Shifts event and received times so that the recording plays as if it happened now. Off: times stay
  /// as they were, for a ReplayClock.
  bool restamp = true;
  /// Off: the player paces itself. On: it plays only up to the moment that follow() was last given, so
  /// that pause, speed and seeking forward come from the ReplayClock; restamp must be off.
  bool followsClock = false;
  /// Off, with followsClock: no thread; playUntil() delivers on the caller's, for a fixed clock.
  bool ownThread = true;
  base::UtcNs now = 0;  ///< the moment at which a re-stamped recording starts; 0: the machine's at start()
};

/// Plays a recording into the path, where it is just another transport. Each message keeps the source
/// that first received it, with its provenance.
class Player final : public feeds::Transport {
 public:
  /// Fails when the file is no recording, or the options contradict each other.
  static base::Result<std::unique_ptr<Player>> create(PlayerOptions options);
  ~Player() override;

  void start(feeds::MessageSink& sink) override;
  void stop() override;
  feeds::TransportStatus status() const override;

  /// With followsClock: everything received up to `shown` may be played now. An earlier moment than
  /// before is a seek back. Returns at once.
  void follow(base::UtcNs shown);
  /// With followsClock: jumps there, forward or back, by way of the nearest keyframe before it (without one
  /// by playing from the start). The state is then the same as if all had been played; of the events in
  /// between only the last are told. Returns at once.
  void seek(base::UtcNs shown);
  /// Without a thread of its own, after start(): delivers what was received up to `shown` on this thread,
  /// seeking back when that is earlier than before.
  void playUntil(base::UtcNs shown);
  /// False while a seek is under way or messages up to the moment given last are still to be played.
  bool caughtUp() const;
  /// Notes at the start of the recording, by name (record/capsule.h).
  std::string note(std::string_view name) const;
  /// First and last received time, number of records.
  const LogSummary& summary() const;
  bool finished() const;

 private:
  struct State;
  explicit Player(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace record

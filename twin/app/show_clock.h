// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "engine/base/clock.h"
#include "twin/panels/panel_input.h"

namespace app {

/// The clock of what is shown: live, paused, replayed, in the recorded past, or fixed. Only this knows which.
class ShowClock {
 public:
  static std::unique_ptr<ShowClock> live();
  static std::unique_ptr<ShowClock> fixed(base::UtcNs start, int64_t stepNs);
  static std::unique_ptr<ShowClock> replay(base::UtcNs from, double speed);

  base::Tick tick();
  base::UtcNs shown() const { return last_.utc; }
  panels::ClockState state() const;
  bool isFixed() const { return fixed_ != nullptr; }
  void setPaused(bool paused);
  double speed() const { return replay_ ? replay_->speed() : past_ ? past_->speed() : 1; }
  void setSpeed(double speed);
  /// In a replay; or, on a live clock that may, into the recorded past. What lies ahead of now is now.
  void seek(base::UtcNs utc);
  /// A live clock may go back: there is history.
  void allowPast() { pastAllowed_ = !fixed_ && !replay_; }
  /// A live clock shows an earlier moment; pausing alone is not that.
  bool inPast() const { return past_ != nullptr; }
  /// From pause or replay back to now.
  void goLive();

 private:
  ShowClock() = default;
  base::SystemClock system_;
  std::unique_ptr<base::FixedStepClock> fixed_;
  std::unique_ptr<base::ReplayClock> replay_;
  std::unique_ptr<base::ReplayClock> past_;
  bool pastAllowed_ = false;
  std::optional<base::UtcNs> pausedAt_;
  base::Tick last_;
};

}  // namespace app

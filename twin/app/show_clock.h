// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "engine/base/clock.h"
#include "twin/panels/panel_input.h"

namespace app {

/// The clock of what is shown: live, paused, replayed or fixed. Only this knows which.
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
  double speed() const { return replay_ ? replay_->speed() : 1; }
  void setSpeed(double speed);
  void seek(base::UtcNs utc);
  /// From pause or replay back to now.
  void goLive();

 private:
  ShowClock() = default;
  base::SystemClock system_;
  std::unique_ptr<base::FixedStepClock> fixed_;
  std::unique_ptr<base::ReplayClock> replay_;
  std::optional<base::UtcNs> pausedAt_;
  base::Tick last_;
};

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/show_clock.h"

namespace app {

std::unique_ptr<ShowClock> ShowClock::live() { return std::unique_ptr<ShowClock>(new ShowClock); }

std::unique_ptr<ShowClock> ShowClock::fixed(base::UtcNs start, int64_t stepNs) {
  auto clock = live();
  clock->fixed_ = std::make_unique<base::FixedStepClock>(start, stepNs);
  clock->last_.utc = start;
  return clock;
}

std::unique_ptr<ShowClock> ShowClock::replay(base::UtcNs from, double speed) {
  auto clock = live();
  clock->replay_ = std::make_unique<base::ReplayClock>(from, speed);
  clock->last_.utc = from;
  return clock;
}

base::Tick ShowClock::tick() {
  base::Tick now = fixed_ ? fixed_->tick() : replay_ ? replay_->tick() : system_.tick();
  if (pausedAt_) {
    // The picture stands; replay time must not run on behind it.
    if (replay_) replay_->jumpTo(*pausedAt_);
    now.utc = *pausedAt_;
  }
  return last_ = now;
}

panels::ClockState ShowClock::state() const {
  if (fixed_) return panels::ClockState::Fixed;
  if (pausedAt_) return panels::ClockState::Paused;
  return replay_ ? panels::ClockState::Replay : panels::ClockState::Live;
}

void ShowClock::setPaused(bool paused) {
  if (fixed_) return;
  if (paused && !pausedAt_) pausedAt_ = last_.utc;
  if (!paused) pausedAt_.reset();
}

void ShowClock::setSpeed(double speed) {
  if (replay_) replay_->setSpeed(speed);
}

void ShowClock::seek(base::UtcNs utc) {
  if (replay_) replay_->jumpTo(utc);
  if (pausedAt_) pausedAt_ = utc;
}

void ShowClock::goLive() { pausedAt_.reset(); }

}  // namespace app

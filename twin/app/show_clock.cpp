// SPDX-License-Identifier: Apache-2.0
#include "twin/app/show_clock.h"

namespace app {
namespace {

/// Nearer than this to now is now: what has just happened is not yet in the history.
constexpr int64_t kLiveEdge = base::kNsPerSecond;

}  // namespace

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
  if (past_) {
    const base::Tick live = now;
    now = past_->tick();
    now.mono = live.mono;
    now.frame = live.frame;
    if (now.utc > live.utc - kLiveEdge && !pausedAt_) {  // played until now: live again
      past_.reset();
      now = live;
    }
  }
  if (pausedAt_) {
    // The picture stands; replay time must not run on behind it.
    if (replay_) replay_->jumpTo(*pausedAt_);
    if (past_) past_->jumpTo(*pausedAt_);
    now.utc = *pausedAt_;
  }
  return last_ = now;
}

panels::ClockState ShowClock::state() const {
  if (fixed_) return panels::ClockState::Fixed;
  if (pausedAt_) return panels::ClockState::Paused;
  return replay_ || past_ ? panels::ClockState::Replay : panels::ClockState::Live;
}

void ShowClock::setPaused(bool paused) {
  if (fixed_) return;
  if (paused && !pausedAt_) pausedAt_ = last_.utc;
  if (!paused) pausedAt_.reset();
}

void ShowClock::setSpeed(double speed) {
  if (replay_) replay_->setSpeed(speed);
  if (past_) past_->setSpeed(speed);
}

void ShowClock::seek(base::UtcNs utc) {
  if (pastAllowed_) {
    const base::UtcNs now = base::SystemClock::utcNow();
    if (utc > now - kLiveEdge) return goLive();
    if (past_) past_->jumpTo(utc);
    else past_ = std::make_unique<base::ReplayClock>(utc, 1);
  }
  if (replay_) replay_->jumpTo(utc);
  if (pausedAt_) pausedAt_ = utc;
}

void ShowClock::goLive() {
  pausedAt_.reset();
  past_.reset();
}

}  // namespace app

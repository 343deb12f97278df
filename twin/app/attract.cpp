// SPDX-License-Identifier: Apache-2.0
#include "twin/app/attract.h"

namespace app {

Attract::Step Attract::update(bool touched, double deltaSeconds) {
  Step step;
  seconds_ += deltaSeconds;
  if (touched) {
    enter(Phase::Visited);
  } else if (phase_ == Phase::Visited && seconds_ >= timing_.idle) {
    enter(Phase::Asking);
  } else if (phase_ == Phase::Asking && seconds_ >= timing_.question) {
    enter(Phase::Touring);
    view_ = 0;
    step.reset = step.showView = true;
  } else if (phase_ == Phase::Touring && views_ > 0 && (fresh_ || seconds_ >= timing_.perView)) {
    if (!fresh_) view_ = (view_ + 1) % views_;
    step.showView = true;
    seconds_ = 0;
  }
  fresh_ = false;
  step.phase = phase_;
  step.view = view_;
  if (phase_ == Phase::Asking) step.secondsLeft = timing_.question - seconds_;
  return step;
}

}  // namespace app

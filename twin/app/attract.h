// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace app {

/// Seconds of an unattended exhibition.
struct AttractTiming {
  double idle = 60;      ///< nobody touches anything: ask
  double question = 15;  ///< nobody answers: begin the tour
  double perView = 25;   ///< of the tour
};

/// What an exhibition does when nobody is there: it tours the views until it is touched; left alone it
/// asks "are you still there?", and without an answer puts everything back and tours again. Pure: time
/// comes as an argument.
class Attract {
 public:
  enum class Phase : uint8_t { Touring, Visited, Asking };

  explicit Attract(size_t views, AttractTiming timing = {}) : timing_(timing), views_(views) {}

  /// What is to be done in this frame.
  struct Step {
    Phase phase = Phase::Touring;
    double secondsLeft = 0;  ///< of the question
    bool reset = false;      ///< put language, layers, selection and clock back as at the start
    bool showView = false;   ///< fly to `view` now
    size_t view = 0;         ///< of the tour
  };
  Step update(bool touched, double deltaSeconds);

 private:
  void enter(Phase phase) {
    phase_ = phase;
    seconds_ = 0;
  }

  AttractTiming timing_;
  size_t views_;
  Phase phase_ = Phase::Touring;
  double seconds_ = 0;  ///< in this phase, or on this view, or since the last touch
  size_t view_ = 0;
  bool fresh_ = true;
};

}  // namespace app

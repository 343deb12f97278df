// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/clock.h"

namespace app {

/// Frame times of the last hour in stretches of five seconds: what a burst, a seek or the dusk did to them.
class FrameTimeline {
 public:
  /// A frame that ended at `now` (steady clock) and took so long.
  void add(base::MonoNs now, double milliseconds);
  /// [{"from_s", "frames", "median", "max"}, ...]: seconds since the first frame's end, milliseconds.
  nlohmann::json json() const;

 private:
  struct Stretch {
    int64_t number = 0;
    std::vector<float> frames;
  };
  base::MonoNs begun_ = 0;
  std::deque<Stretch> stretches_;
};

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/frame_pace.h"

#include <algorithm>

#include "engine/base/clock.h"

namespace app {
namespace {

constexpr int64_t kMargin = 4 * base::kNsPerMs;  // threads wake late
constexpr int64_t kMost = 250 * base::kNsPerMs;

}  // namespace

int64_t FramePace::holdBack(int64_t waited) {
  spare_[next_++ % kFrames] = waited + held_;
  const int64_t least = *std::min_element(spare_.begin(), spare_.end());
  return held_ = std::clamp<int64_t>(least * 3 / 4 - kMargin, 0, kMost);
}

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/clock_offset.h"

#include <algorithm>

namespace feeds {
namespace {

constexpr double kSlew = 5.0 / 60;  // seconds per second

}  // namespace

void ClockOffset::sample(base::UtcNs received, base::UtcNs event) {
  samples_[count_++ % kWindow] = static_cast<double>(received - event) * 1e-9;
  std::array<double, kWindow> sorted = samples_;
  const size_t used = std::min(count_, kWindow);
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(used / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(used));
  const double median = *middle;
  // While the window fills for the first time the figure is free to move.
  const double most = count_ <= kWindow ? 1e12 : std::max(0.0, static_cast<double>(received - last_) * 1e-9) * kSlew;
  shown_ += std::clamp(median - shown_, -most, most);
  last_ = std::max(last_, received);
}

}  // namespace feeds

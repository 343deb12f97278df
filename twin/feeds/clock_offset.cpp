// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/clock_offset.h"

#include <algorithm>

namespace feeds {
namespace {

constexpr double kSlew = 5.0 / 60;  // seconds per second
constexpr int64_t kSettling = 60 * base::kNsPerSecond;
constexpr int64_t kBetween = 10 * base::kNsPerMs;  // medians of a source that sends thousands a second

}  // namespace

void ClockOffset::sample(base::UtcNs received, base::UtcNs event) {
  samples_[count_++ % kWindow] = static_cast<double>(received - event) * 1e-9;
  if (count_ > kWindow && received >= last_ && received - last_ < kBetween) return;
  std::array<double, kWindow> sorted = samples_;
  const size_t used = std::min(count_, kWindow);
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(used / 2);
  std::nth_element(sorted.begin(), middle, sorted.begin() + static_cast<std::ptrdiff_t>(used));
  const double median = *middle;
  if (first_ == 0) first_ = received;
  // In the first minute, and while the window fills, the figure is free to move: on connecting, sources repeat
  // what they have known for long.
  const bool settling = count_ <= kWindow || received - first_ < kSettling;
  const double most = settling ? 1e12 : std::max(0.0, static_cast<double>(received - last_) * 1e-9) * kSlew;
  shown_ += std::clamp(median - shown_, -most, most);
  last_ = std::max(last_, received);
}

}  // namespace feeds

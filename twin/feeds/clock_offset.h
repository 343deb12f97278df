// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

#include "engine/base/clock.h"

namespace feeds {

/// How far a source's clock seems to be behind ours: the median of arrival minus newest event time over the last
/// 64 messages, so one odd message moves nothing. Positive: behind (or slow to tell); negative: ahead. After the
/// first minute the figure slews by at most 5 s per minute of arrivals, as NTP clients do, so that it can be looked at. It is shown, never
/// subtracted: event times stay what the source said.
class ClockOffset {
 public:
  void sample(base::UtcNs received, base::UtcNs event);
  /// Seconds; 0 before the first sample.
  double seconds() const { return shown_; }

 private:
  static constexpr size_t kWindow = 64;
  std::array<double, kWindow> samples_{};
  size_t count_ = 0;
  base::UtcNs first_ = 0;
  base::UtcNs last_ = 0;
  double shown_ = 0;
};

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/base/hash.h"

namespace feeds {

/// Exponential back-off with full jitter (AWS Architecture Blog 2015, "Exponential Backoff and Jitter"):
/// a random wait in [0, min(cap, base 2^n)], so that many clients of a broker that comes back do not
/// come back together.
class Backoff {
 public:
  Backoff(double baseSeconds, double capSeconds, uint64_t seed)
      : base_(baseSeconds), cap_(capSeconds), random_(seed) {}
  /// Seconds to wait before the next attempt.
  double next() {
    const double longest = std::min(cap_, base_ * std::exp2(std::min(attempt_++, 30)));
    return random_.uniform(0, longest);
  }
  void reset() { attempt_ = 0; }

 private:
  double base_, cap_;
  base::Random random_;
  int attempt_ = 0;
};

}  // namespace feeds

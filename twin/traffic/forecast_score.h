// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "engine/base/clock.h"

namespace traffic {

/// Errors of predictions against what was then seen.
struct ErrorSum {
  uint64_t count = 0;
  double absolute = 0, signedSum = 0;  ///< of predicted - seen
  uint64_t shares = 0;                 ///< of them with a value that a share may be taken of
  double share = 0;

  /// `least`: seen values below it count for no percentage, which would be about nothing.
  void add(double predicted, double seen, double least);
  void add(const ErrorSum& other);
  double mae() const { return count ? absolute / static_cast<double>(count) : 0; }
  double bias() const { return count ? signedSum / static_cast<double>(count) : 0; }
  /// Mean absolute percentage error, percent; empty when nothing could be divided by.
  std::optional<double> mape() const;
};

/// A forecast beside the simplest one: that nothing changes.
struct Skill {
  ErrorSum forecast;
  ErrorSum unchanged;
  /// Share of the simple forecast's mean error that the forecast saves, 1 = all, below 0: it is worse.
  std::optional<double> saved() const;
};

enum class Quantity : uint8_t { Vehicles, Speed, Arrival, Count };

/// Minutes ahead that are scored.
inline constexpr std::array<int, 4> kHorizons{1, 5, 10, 15};
/// Index into kHorizons of what lies `minutes` ahead: links are scored at these minutes only.
std::optional<size_t> horizonOf(int minutes);
/// The nearest of kHorizons for an arrival `seconds` ahead; empty for the past and beyond 20 minutes.
std::optional<size_t> nearestHorizon(double seconds);

/// Scores of the last hour by quantity and horizon. Units: vehicles, m/s, seconds.
class ScoreBoard {
 public:
  static constexpr base::UtcNs kKept = 3600 * base::kNsPerSecond;

  /// `unchanged`: what the simple forecast said; empty when it says nothing.
  void add(base::UtcNs seenAt, Quantity quantity, size_t horizon, double predicted, double seen,
           std::optional<double> unchanged);
  Skill skill(Quantity quantity, size_t horizon) const;
  /// Forgets what was seen more than kKept before `now`.
  void forget(base::UtcNs now);

 private:
  struct Slice {
    int64_t minute = 0;
    std::array<std::array<Skill, kHorizons.size()>, static_cast<size_t>(Quantity::Count)> skills;
  };
  std::deque<Slice> slices_;
};

}  // namespace traffic

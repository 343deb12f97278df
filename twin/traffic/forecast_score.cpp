// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/forecast_score.h"

#include <cmath>

namespace traffic {
namespace {

constexpr int64_t kSliceNs = 60 * base::kNsPerSecond;

/// Below these a percentage is about nothing: one vehicle, 2 m/s, a minute ahead.
double leastOf(Quantity quantity) {
  return quantity == Quantity::Vehicles ? 1 : quantity == Quantity::Speed ? 2 : 30;
}

}  // namespace

void ErrorSum::add(double predicted, double seen, double least) {
  const double error = predicted - seen;
  ++count;
  absolute += std::abs(error);
  signedSum += error;
  if (std::abs(seen) < least) return;
  ++shares;
  share += std::abs(error / seen);
}

void ErrorSum::add(const ErrorSum& other) {
  count += other.count;
  absolute += other.absolute;
  signedSum += other.signedSum;
  shares += other.shares;
  share += other.share;
}

std::optional<double> ErrorSum::mape() const {
  if (shares == 0) return std::nullopt;
  return 100 * share / static_cast<double>(shares);
}

std::optional<double> Skill::saved() const {
  if (forecast.count == 0 || unchanged.count == 0 || unchanged.mae() <= 0) return std::nullopt;
  return 1 - forecast.mae() / unchanged.mae();
}

std::optional<size_t> horizonOf(int minutes) {
  for (size_t i = 0; i < kHorizons.size(); ++i)
    if (kHorizons[i] == minutes) return i;
  return std::nullopt;
}

std::optional<size_t> nearestHorizon(double seconds) {
  if (seconds <= 0 || seconds > 20 * 60) return std::nullopt;
  size_t best = 0;
  for (size_t i = 1; i < kHorizons.size(); ++i)
    if (std::abs(kHorizons[i] * 60 - seconds) < std::abs(kHorizons[best] * 60 - seconds)) best = i;
  return best;
}

void ScoreBoard::add(base::UtcNs seenAt, Quantity quantity, size_t horizon, double predicted, double seen,
                     std::optional<double> unchanged) {
  const int64_t minute = seenAt / kSliceNs;
  if (slices_.empty() || slices_.back().minute != minute) slices_.push_back({.minute = minute, .skills = {}});
  Skill& skill = slices_.back().skills[static_cast<size_t>(quantity)][horizon];
  skill.forecast.add(predicted, seen, leastOf(quantity));
  if (unchanged) skill.unchanged.add(*unchanged, seen, leastOf(quantity));
}

Skill ScoreBoard::skill(Quantity quantity, size_t horizon) const {
  Skill sum;
  for (const Slice& slice : slices_) {
    const Skill& one = slice.skills[static_cast<size_t>(quantity)][horizon];
    sum.forecast.add(one.forecast);
    sum.unchanged.add(one.unchanged);
  }
  return sum;
}

void ScoreBoard::forget(base::UtcNs now) {
  while (!slices_.empty() && (slices_.front().minute + 1) * kSliceNs <= now - kKept) slices_.pop_front();
}

}  // namespace traffic

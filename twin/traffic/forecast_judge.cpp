// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/forecast_judge.h"

#include <algorithm>
#include <cmath>

namespace traffic {
namespace {

constexpr size_t kMinutesKept = 20;
constexpr size_t kSecondsKept = 360;  ///< a forecast may be finished minutes after it was forked
/// An arrival later than this after the predicted one was another round of the line.
constexpr base::UtcNs kOtherRound = 8 * 60 * base::kNsPerSecond;

const Arrival* arrivalOf(const std::vector<Arrival>& list, const Arrival& seen) {
  const Arrival* best = nullptr;
  for (const Arrival& a : list)
    if (a.vehicle == seen.vehicle && a.stop == seen.stop && std::abs(a.at - seen.at) < kOtherRound &&
        (!best || std::abs(a.at - seen.at) < std::abs(best->at - seen.at)))
      best = &a;
  return best;
}

}  // namespace

void ForecastJudge::predicted(const Forecast& forecast) {
  Pending pending{.made = forecast.made,
                  .minutes = forecast.minutes,
                  .arrivals = forecast.arrivals,
                  .expected = {},
                  .before = {}};
  const int64_t second = forecast.made / base::kNsPerSecond;
  for (const auto& [at, list] : expectedAt_)
    if (at <= second) pending.expected = list;
  for (const LinkMinute& minute : recent_)
    if (minute.start + 60 <= second + 1) pending.before = minute;
  // Reality may have got ahead while the second SUMO was still running.
  pending_.push_back(std::move(pending));
}

void ForecastJudge::observed(const Observed& seen) {
  for (const Arrival& arrival : seen.arrivals) scoreArrival(arrival);
  expectedAt_.emplace_back(seen.second, seen.expected);
  while (expectedAt_.size() > kSecondsKept) expectedAt_.pop_front();
  meter_.sample(seen.second, seen.vehicles);
  for (LinkMinute& minute : meter_.takeWhole()) {
    scoreMinute(minute);
    recent_.push_back(std::move(minute));
    while (recent_.size() > kMinutesKept) recent_.pop_front();
  }
  const base::UtcNs now = seen.second * base::kNsPerSecond;
  while (!pending_.empty() && pending_.front().made < now - 30 * 60 * base::kNsPerSecond)
    pending_.pop_front();
  board_.forget(now);
}

void ForecastJudge::scoreMinute(const LinkMinute& seen) {
  const base::UtcNs when = (seen.start + 60) * base::kNsPerSecond;
  for (const Pending& p : pending_) {
    const auto horizon =
        horizonOf(static_cast<int>(std::lround(static_cast<double>(when - p.made) * 1e-9 / 60)));
    const auto said = std::find_if(p.minutes.begin(), p.minutes.end(),
                                   [&](const LinkMinute& m) { return m.start == seen.start; });
    if (!horizon || said == p.minutes.end() || p.before.links.size() != seen.links.size()) continue;
    for (size_t i = 0; i < seen.links.size() && i < said->links.size(); ++i) {
      const LinkLoad &real = seen.links[i], &ahead = said->links[i], &then = p.before.links[i];
      if (real.vehicles + ahead.vehicles + then.vehicles <= 0) continue;  // an empty link is no merit
      board_.add(when, Quantity::Vehicles, *horizon, ahead.vehicles, real.vehicles, then.vehicles);
      if (real.vehicles > 0 && ahead.vehicles > 0 && then.vehicles > 0)
        board_.add(when, Quantity::Speed, *horizon, ahead.speed, real.speed, then.speed);
    }
  }
}

void ForecastJudge::scoreArrival(const Arrival& seen) {
  for (const Pending& p : pending_) {
    const auto horizon = nearestHorizon(static_cast<double>(seen.at - p.made) * 1e-9);
    const Arrival* said = arrivalOf(p.arrivals, seen);
    if (!horizon || !said) continue;
    const auto ahead = [&](const Arrival& a) { return static_cast<double>(a.at - p.made) * 1e-9; };
    const Arrival* own = arrivalOf(p.expected, seen);
    board_.add(seen.at, Quantity::Arrival, *horizon, ahead(*said), ahead(seen),
               own ? std::optional<double>(ahead(*own)) : std::nullopt);
  }
}

ScoreTable ForecastJudge::scores() const {
  ScoreTable table;
  for (size_t q = 0; q < table.size(); ++q)
    for (size_t h = 0; h < kHorizons.size(); ++h) table[q][h] = board_.skill(static_cast<Quantity>(q), h);
  return table;
}

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "twin/traffic/forecast.h"
#include "twin/traffic/forecast_score.h"

namespace traffic {

/// What the feeds said in one second.
struct Observed {
  int64_t second = 0;  ///< UTC
  std::vector<SeenVehicle> vehicles;
  std::vector<Arrival> arrivals;
  /// What each bus and shuttle itself expects: (vehicle, next stop, arrival). The simple forecast of ETAs.
  std::vector<Arrival> expected;
};

using ScoreTable = std::array<std::array<Skill, kHorizons.size()>, static_cast<size_t>(Quantity::Count)>;

/// Holds what was predicted until reality arrives, and compares: vehicles and mean speed of each link by
/// minute, and arrivals at stops. The simple forecast beside it: the last minute before goes on, and an
/// arrival comes when the vehicle itself expects it. A function of what it is given: no clock, no thread.
class ForecastJudge {
 public:
  explicit ForecastJudge(const LinkMatcher& matcher) : meter_(matcher) {}

  /// Poses are not kept.
  void predicted(const Forecast& forecast);
  void observed(const Observed& seen);
  ScoreTable scores() const;

 private:
  struct Pending {
    base::UtcNs made = 0;
    std::vector<LinkMinute> minutes;
    std::vector<Arrival> arrivals;
    std::vector<Arrival> expected;  ///< by the vehicles, when the forecast was made
    LinkMinute before;              ///< the last whole minute before it was made
  };
  void scoreMinute(const LinkMinute& seen);
  void scoreArrival(const Arrival& seen);

  LinkMeter meter_;
  std::deque<Pending> pending_;
  std::deque<LinkMinute> recent_;  ///< whole minutes that were seen, the last few
  std::deque<std::pair<int64_t, std::vector<Arrival>>> expectedAt_;  ///< by second, the last few
  ScoreBoard board_;
};

}  // namespace traffic

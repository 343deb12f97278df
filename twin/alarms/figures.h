// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <deque>
#include <string>
#include <vector>

#include "twin/alarms/rule.h"

namespace alarms {

/// How well the alarm system itself does: the figures of EEMUA 191 / ISA-18.2 / IEC 62682, with the limits
/// that shared/UX sections call acceptable for one operator.
struct AlarmFigures {
  int lastTenMinutes = 0;    ///< announcements; acceptable: 1
  int peakTenMinutes = 0;    ///< most in any ten minutes of the last 24 h
  int lastDay = 0;           ///< in the last 24 h; acceptable: 144
  double perDay = 0;         ///< the same as a rate over the time that is known, up to 24 h
  double knownHours = 0;     ///< how much of the last 24 h was watched
  bool flood = false;        ///< 10 or more in ten minutes, until fewer than 5
  double floodShare = 0;     ///< of the known time, 0..1; acceptable: 0.01
  std::array<int, kPriorities> byPriority{};  ///< of the last 24 h, critical first
  struct Frequent {
    std::string key;
    int count = 0;
  };
  std::vector<Frequent> topTen;       ///< most frequent alarms of the last 24 h
  double topTenShare = 0;             ///< of all; acceptable: 0.05
  int chattering = 0;                 ///< alarms that spoke up three times or more within one minute
  int standing = 0;                   ///< active for more than 24 h
  int shelved = 0, suppressed = 0, outOfService = 0;
  int unacknowledged = 0, active = 0;  ///< now, without the inhibited
  std::array<int, kPriorities> activeByPriority{};
  std::array<int, kPriorities> unackByPriority{};
};

/// Counts announcements. Times are those of the alarms' clock; any order within a day.
class FigureKeeper {
 public:
  void begin(base::UtcNs now) { begun_ = now; }
  void announced(base::UtcNs time, const std::string& key, Priority priority);
  /// Forgets what is older than a day and follows floods. Call about once a second.
  void tick(base::UtcNs now);
  void shift(int64_t by);
  /// All but the counts of present states, which the engine adds.
  AlarmFigures at(base::UtcNs now) const;
  bool flood() const { return flood_; }

 private:
  struct Announcement {
    base::UtcNs time = 0;
    std::string key;
    Priority priority = Priority::Low;
  };
  std::deque<Announcement> day_;
  size_t tenMinutesFrom_ = 0;  ///< index of the first within the last ten minutes
  int peak_ = 0;
  base::UtcNs begun_ = 0;
  base::UtcNs lastTick_ = 0;
  bool flood_ = false;
  std::deque<std::pair<base::UtcNs, base::UtcNs>> floods_;  ///< begin and end; the last may be open (0)
  std::deque<std::pair<base::UtcNs, int>> peaks_;           ///< per ten minutes, the most
};

}  // namespace alarms

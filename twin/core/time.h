// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/result.h"

namespace core {

/// A moment on the city's wall clock.
struct LocalTime {
  int year = 1970, month = 1, day = 1;  ///< month 1..12, day 1..31
  int hour = 0, minute = 0;
  double second = 0;  ///< 0 <= second < 60
  int dayOfYear = 1;  ///< 1..366
  int weekday = 4;    ///< 0 = Sunday
  double hourOfDay() const { return hour + minute / 60.0 + second / 3600.0; }
};

/// A fixed offset from UTC with its short name (Korea: 540, "KST"); Korea keeps no summer time.
struct TimeZone {
  int offsetMinutes = 540;
  std::string name = "KST";
};

LocalTime toLocal(base::UtcNs utc, const TimeZone& zone);
base::UtcNs fromLocal(const LocalTime& local, const TimeZone& zone);

/// ISO 8601 with zone ("2026-11-22T18:00:00+09:00", "...Z", fractions of a second allowed).
base::Result<base::UtcNs> parseIso8601(std::string_view text);
/// "2026-11-22T09:00:00.250Z"
std::string formatIso8601(base::UtcNs utc);
/// "18:00:05" and "2026-11-22 18:00:05 KST".
std::string formatClock(base::UtcNs utc, const TimeZone& zone);
std::string formatDateTime(base::UtcNs utc, const TimeZone& zone);

}  // namespace core

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>

#include "engine/base/result.h"

namespace traffic {

/// Percent of a day's total in each hour, 0..23 local time.
using HourShare = std::array<double, 24>;

/// Piecewise linear between the middles of the hours, as a fraction of the day per hour.
double shareAt(const HourShare& share, double hourOfDay);

/// How much traffic there is. All numbers are estimates for a simulator; the defaults are those of Daegu's
/// link volumes (about 2019-20) and of the worker loop of the district; a pack's demand.toml replaces them.
struct DemandTable {
  HourShare roads{1.56, 1.15, 0.94, 0.89, 1.07, 1.76, 3.47, 5.99, 6.71, 5.97, 5.81, 5.49,
                  5.05, 5.37, 5.63, 5.8,  6.04, 6.58, 6.44, 5.24, 4.22, 3.74, 2.95, 2.14};
  HourShare district{0.5, 0.3, 0.2, 0.2, 0.3, 0.8, 2.4,  7.0, 11.5, 7.2, 4.6, 4.4,
                     6.0, 5.6, 4.4, 4.2, 4.6, 7.4, 11.0, 6.4, 4.0,  3.2, 2.4, 1.4};
  HourShare taxiPickups{6.64, 5.27, 4.18, 2.9,  2.34, 1.7,  1.56, 2.2,  3.52, 3.46, 3.08, 2.78,
                        2.9,  3.1,  3.2,  3.34, 3.6,  4.39, 5.51, 5.99, 6.42, 6.84, 7.19, 7.9};
  /// Vehicles per day that enter at one map end, by the road's id, name or class (looked up in this order).
  std::map<std::string, double, std::less<>> entriesPerDay{
      {"arterial", 15000}, {"expressway", 13100}, {"collector", 3000},   {"local", 700},
      {"service", 150},    {"ramp", 0},           {"달구벌대로", 26800}, {"유니버시아드로", 15800},
      {"범안로", 14000},   {"미술관로", 4500}};
  struct Gate {
    double in = 0, out = 0;  ///< vehicles per day
  };
  std::map<std::string, Gate, std::less<>> gates;        ///< by road id; where there is one, it counts alone
  double friday = 1.04, saturday = 0.93, sunday = 0.85;  ///< factors of the day
  double districtTripsPerDay = 9000;  ///< trips that begin or end inside, both ways together
  /// Of everything. Daegu's full volumes want coordinated, adaptive signals; with fixed-time programs the
  /// scene takes a good half of them before queues grow without end.
  double scale = 0.55;
  /// Shares of the vehicles that are not buses (section "Vehicle mix"); the rest are cars.
  double trucks = 0.11, vans = 0.06, motorcycles = 0.03;
  double emergencyPerHour = 0.5;
  double fittedTaxis = 4;          ///< with an ADAS box in the scene at once, by day; 500 in the city
  double busHeadwaySeconds = 840;  ///< where the pack has no frequencies
  double shuttleSpeed = 4.1;       ///< m/s
  int shuttles = 2;
  double matchCars = 4000;  ///< 24,000 seats, 40 % by car, 2.4 persons each

  /// Reads a pack's demand.toml: `[profiles.daegu|alpha|taxi] share`, `[day]`, `[[gate]] edge daily_in
  /// daily_out`, `[fleet]`, `[taxi]`, `[shuttle]`, `[match_day]`. A missing file is the default table; a
  /// broken one too, with a warning.
  static base::Result<DemandTable> load(const std::filesystem::path& file);
  Gate gate(std::string_view roadId, std::string_view name, std::string_view roadClass) const;
  /// 0 = Sunday.
  double dayFactor(int weekday) const;
};

}  // namespace traffic

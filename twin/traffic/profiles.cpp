// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/profiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/base/hash.h"
#include "twin/traffic/demand_table.h"

namespace traffic {
namespace {

struct Point {
  double hour, value;
};

template <size_t N>
double curve(const std::array<Point, N>& points, double hour) {
  for (size_t i = 1; i < N; ++i)
    if (hour <= points[i].hour) {
      const double t = (hour - points[i - 1].hour) / (points[i].hour - points[i - 1].hour);
      return points[i - 1].value + (points[i].value - points[i - 1].value) * std::clamp(t, 0.0, 1.0);
    }
  return points[N - 1].value;
}

constexpr std::array<Point, 12> kOffice{{{0, 15},
                                         {6, 15},
                                         {8, 45},
                                         {9, 80},
                                         {10, 92},
                                         {11, 92},
                                         {12, 84},
                                         {14, 90},
                                         {16, 90},
                                         {18, 60},
                                         {20, 25},
                                         {24, 15}}};
constexpr std::array<Point, 7> kApartment{
    {{0, 95}, {6, 95}, {9, 55}, {14, 50}, {19, 80}, {22, 93}, {24, 95}}};
constexpr std::array<Point, 7> kMall{{{0, 2}, {10, 5}, {11, 35}, {15, 80}, {18, 85}, {21, 30}, {24, 2}}};
constexpr std::array<Point, 6> kVenue{{{0, 5}, {9, 8}, {13, 22}, {16, 25}, {20, 8}, {24, 5}}};
constexpr std::array<double, 12> kMeanTemperature{1.1,  3.6,  8.5,  14.6, 19.8, 23.6,
                                                  26.3, 26.8, 22.1, 16.3, 9.6,  3.1};
constexpr std::array<double, 12> kWetness{0.03, 0.05, 0.07, 0.08, 0.08, 0.12,
                                          0.18, 0.18, 0.13, 0.06, 0.05, 0.03};
constexpr std::array<double, 12> kPm25Month{1.35, 1.3, 1.4, 1.1, 1.0, 0.85, 0.65, 0.6, 0.65, 0.85, 1.1, 1.2};
constexpr double kPm25Mean = 18;

double bump(double hour, double centre, double width) {
  return std::exp(-0.5 * std::pow((hour - centre) / width, 2));
}

/// Interpolated between the middles of the months.
double byMonth(const std::array<double, 12>& values, const core::LocalTime& local) {
  const double at = (local.dayOfYear - 1) / 30.4375 - 0.5, low = std::floor(at);
  const size_t a = static_cast<size_t>(static_cast<int>(low) + 12) % 12, b = (a + 1) % 12;
  return values[a] + (values[b] - values[a]) * (at - low);
}

}  // namespace

double localDays(const core::LocalTime& local) {
  // Days from civil (proleptic Gregorian), after Hinnant.
  const int y = local.year - (local.month <= 2), era = (y >= 0 ? y : y - 399) / 400;
  const int yoe = y - era * 400,
            doy = (153 * (local.month + (local.month > 2 ? -3 : 9)) + 2) / 5 + local.day - 1;
  const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097.0 + doe - 719468.0 + local.hourOfDay() / 24;
}

double smoothNoise(uint64_t key, double seconds, double period) {
  const double at = seconds / period, low = std::floor(at), t = at - low;
  const auto value = [&](double lattice) {
    return 2 * base::unit(key ^
                          base::mix(static_cast<uint64_t>(static_cast<int64_t>(lattice)) + 0x5bd1e995ULL)) -
           1;
  };
  const double s = t * t * (3 - 2 * t);
  return value(low) * (1 - s) + value(low + 1) * s;
}

double matchStart(int weekday) {
  return weekday == 0 ? 14.0 : weekday == 6 ? 17.0 : 18.5;
}

ParkingUse parkingUseOf(std::string_view names) {
  const auto has = [&](std::string_view word) { return names.find(word) != std::string_view::npos; };
  if (has("Lions") || has("Stadium") || has("tadium") || has("라이온즈") || has("스타디움") || has("useum") ||
      has("미술관"))
    return ParkingUse::Venue;
  if (has("Timevillas") || has("타임빌라스") || has("mall") || has("Mall") || has("몰"))
    return ParkingUse::Mall;
  if (has("Apartment") || has("apartment") || has("아파트") || has("청아람") || has("아이위시"))
    return ParkingUse::Apartment;
  return ParkingUse::Office;
}

double parkingOccupancy(ParkingUse use, const core::LocalTime& local, bool match) {
  const double hour = local.hourOfDay();
  const bool weekend = local.weekday == 0 || local.weekday == 6;
  switch (use) {
    case ParkingUse::Office:
      return curve(kOffice, hour) / 100 * (weekend ? 0.3 : 1.0);
    case ParkingUse::Apartment:
      return std::min(0.97, curve(kApartment, hour) / 100 + (weekend && hour > 8 && hour < 18 ? 0.15 : 0.0));
    case ParkingUse::Mall:
      return std::min(0.98, curve(kMall, hour) / 100 * (weekend ? 1.19 : 1.0));
    case ParkingUse::Venue:
      break;
  }
  const double quiet = curve(kVenue, hour) / 100 * (weekend ? 1.6 : 1.0);
  if (!match) return quiet;
  // Empty until 150 minutes before the game, full 30 minutes before it; 70 % have left 45 minutes after.
  const double before = (hour - matchStart(local.weekday)) * 60, after = before - 190;
  const double full = before < -150  ? 0
                      : before < -30 ? (before + 150) / 120
                      : after < 0    ? 1
                                     : std::pow(0.3, after / 45);
  return std::max(quiet, full);
}

double workersPresent(const core::LocalTime& local) {
  const double hour = local.hourOfDay();
  const double day = std::clamp((hour - 7.5) / 1.75, 0.0, 1.0) * std::clamp((20.5 - hour) / 3.5, 0.0, 1.0);
  const double lunch = 0.18 * bump(hour, 12.3, 0.45);
  return std::clamp(0.04 + 0.75 * day - lunch, 0.0, 1.0) *
         (local.weekday == 0 || local.weekday == 6 ? 0.15 : 1.0);
}

double residentsPresent(const core::LocalTime& local) {
  const double hour = local.hourOfDay();
  return std::clamp(
      0.95 - 0.5 * std::clamp((hour - 6.5) / 2.5, 0.0, 1.0) * std::clamp((21.5 - hour) / 4, 0.0, 1.0), 0.0,
      1.0);
}

double rainRate(const core::LocalTime& local, uint64_t seed) {
  const double t = localDays(local) * 86400;
  // A wet share of the time by month: the noise's upper tail, in spells of hours.
  const double wet = byMonth(kWetness, local), level = smoothNoise(seed ^ 0xa11, t, 6 * 3600) * 0.7 +
                                                       smoothNoise(seed ^ 0xa12, t, 1800) * 0.3;
  const double threshold = 0.95 - 3.2 * wet;
  return level > threshold ? std::round((level - threshold) * 220) / 10 : 0;
}

double cloudCover(const core::LocalTime& local, uint64_t seed) {
  const double t = localDays(local) * 86400;
  const double level =
      38 + 45 * smoothNoise(seed ^ 0xa11, t, 6 * 3600) + 15 * smoothNoise(seed ^ 0xa13, t, 3600);
  return std::clamp(rainRate(local, seed) > 0 ? 95.0 : level, 0.0, 100.0);
}

double airTemperature(const core::LocalTime& local, uint64_t seed) {
  const double hour = local.hourOfDay(), t = localDays(local) * 86400;
  // Lowest about 06 h, highest about 15 h, a range of 9 to 12 degrees.
  const double phase = hour >= 6 && hour < 15 ? (hour - 6) / 9
                       : hour >= 15           ? 1 + (hour - 15) / 15
                                              : 1 + (hour + 9) / 15;
  const double swing = -std::cos(phase * std::numbers::pi);
  return byMonth(kMeanTemperature, local) + 5.2 * swing + 3 * smoothNoise(seed ^ 0xa14, t, 2.5 * 86400) -
         (rainRate(local, seed) > 0 ? 1.5 : 0);
}

double relativeHumidity(const core::LocalTime& local, uint64_t seed) {
  const double hour = local.hourOfDay(), t = localDays(local) * 86400;
  const double summer = 12 * std::cos((local.dayOfYear - 205) / 365.25 * 2 * std::numbers::pi);
  const double level = 58 + summer + 15 * std::cos((hour - 6) / 24 * 2 * std::numbers::pi) +
                       8 * smoothNoise(seed ^ 0xa15, t, 43200);
  return std::clamp(rainRate(local, seed) > 0 ? 92.0 : level, 15.0, 98.0);
}

double pm25(const core::LocalTime& local, uint64_t seed, bool roadside) {
  const double hour = local.hourOfDay(), t = localDays(local) * 86400;
  const double factor =
      0.97 + 0.18 * bump(hour, 8.5, 1.4) - 0.1 * bump(hour, 15, 2.2) + 0.09 * bump(hour, 21, 1.8);
  const double weather =
      std::exp(0.45 * smoothNoise(seed ^ 0xa16, t, 1.5 * 86400) + 0.15 * smoothNoise(seed ^ 0xa17, t, 7200));
  return kPm25Mean * byMonth(kPm25Month, local) * factor * weather * (roadside ? 1.22 : 1) *
         (rainRate(local, seed) > 0 ? 0.6 : 1);
}

double ozone(const core::LocalTime& local, uint64_t seed) {
  const double hour = local.hourOfDay(), t = localDays(local) * 86400;
  const double season = 0.022 + 0.048 * bump(local.dayOfYear, 155, 55);
  return std::max(0.002, 0.012 + season * bump(hour, 16, 3.2) + 0.004 * smoothNoise(seed ^ 0xa18, t, 10800));
}

double nitrogenDioxide(const core::LocalTime& local, uint64_t seed, bool roadside) {
  const double hour = local.hourOfDay(), t = localDays(local) * 86400;
  const double level = 0.012 + 0.014 * bump(hour, 8.5, 1.6) + 0.012 * bump(hour, 20, 2.4) +
                       0.003 * smoothNoise(seed ^ 0xa19, t, 7200);
  return std::max(0.004, level * (roadside ? 1.3 : 1));
}

double roadNoise(const core::LocalTime& local, bool arterial) {
  // 10 lg of the traffic, scaled so that the ends of the day's range are the anchors.
  const double share = shareAt(DemandTable{}.roads, local.hourOfDay()) * 100;
  const double busy = std::clamp(std::log10(share / 0.9) / std::log10(6.7 / 0.9), 0.0, 1.0);
  return arterial ? 66.5 + 6.5 * busy : 49.5 + 13 * busy;
}

}  // namespace traffic

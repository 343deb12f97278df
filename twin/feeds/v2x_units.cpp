// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/v2x_units.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <span>
#include <string_view>

namespace feeds::v2x {
namespace {

constexpr int64_t kMinute = 60 * base::kNsPerSecond;
constexpr int64_t kHour = 60 * kMinute;
constexpr base::UtcNs kIts2004 = 1'072'915'200 * base::kNsPerSecond;  // 2004-01-01T00:00:00Z
constexpr int64_t kLeapSince2004 = 5 * base::kNsPerSecond;            // 2006, 2009, 2012, 2015, 2017
constexpr base::UtcNs kYear2200 = 7'258'118'400 * base::kNsPerSecond;

std::optional<double> scaled(std::optional<int64_t> raw, int64_t low, int64_t high, double unit) {
  if (!raw || *raw < low || *raw > high) return std::nullopt;
  return static_cast<double>(*raw) * unit;
}

base::UtcNs startOf(int year) {
  using namespace std::chrono;
  return duration_cast<nanoseconds>(sys_days{std::chrono::year{year} / 1 / 1}.time_since_epoch()).count();
}

int yearOf(base::UtcNs time) {
  using namespace std::chrono;
  const sys_days day = floor<days>(sys_time<nanoseconds>(nanoseconds(time)));
  return static_cast<int>(year_month_day(day).year());
}

/// The moment congruent to `phase` modulo `period` that is nearest to `reference`.
base::UtcNs nearest(base::UtcNs reference, int64_t phase, int64_t period) {
  base::UtcNs best = reference - reference % period + phase;
  for (const base::UtcNs other : {best - period, best + period})
    if (std::abs(other - reference) < std::abs(best - reference)) best = other;
  return best;
}

/// Degrees of one of the names, in whichever unit it is written.
std::optional<double> degrees(const DocNode& node, std::span<const std::string_view> names,
                              std::optional<double> (*fromRaw)(std::optional<int64_t>), double most) {
  for (const std::string_view name : names) {
    const DocNode* value = node.child(name);
    if (!value) continue;
    const auto raw = integerOf(value);
    const bool spelledOut = name == "latitude" || name == "longitude";
    if (raw && (!spelledOut || std::abs(static_cast<double>(*raw)) > 180)) return fromRaw(raw);
    const auto number = numberOf(value);
    if (number && std::abs(*number) <= most) return number;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> latitude(std::optional<int64_t> raw) {
  return scaled(raw, -900'000'000, 900'000'000, 1e-7);
}
std::optional<double> longitude(std::optional<int64_t> raw) {
  return scaled(raw, -1'800'000'000, 1'800'000'000, 1e-7);
}
std::optional<double> speed(std::optional<int64_t> raw) {
  return scaled(raw, 0, 8190, 0.02);
}
std::optional<double> heading(std::optional<int64_t> raw) {
  return scaled(raw, 0, 28799, 0.0125);
}
std::optional<double> etsiSpeed(std::optional<int64_t> raw) {
  return scaled(raw, 0, 16382, 0.01);
}
std::optional<double> etsiHeading(std::optional<int64_t> raw) {
  return scaled(raw, 0, 3600, 0.1);
}

std::optional<core::GeoPoint> position(const DocNode& node) {
  constexpr std::string_view kLatitudes[] = {"latitude", "lat"};
  constexpr std::string_view kLongitudes[] = {"longitude", "long", "lon"};
  const auto lat = degrees(node, kLatitudes, latitude, 90);
  const auto lon = degrees(node, kLongitudes, longitude, 180);
  if (!lat || !lon) return std::nullopt;
  return core::GeoPoint{*lon, *lat, 0};
}

std::optional<base::UtcNs> minuteOf(int64_t year, int64_t minute) {
  if (year < 1970 || year > 2199 || minute < 0 || minute > 527'039) return std::nullopt;
  const base::UtcNs time = startOf(static_cast<int>(year)) + minute * kMinute;
  return time > 0 ? std::optional(time) : std::nullopt;
}

std::optional<base::UtcNs> minuteOfYear(std::optional<int64_t> minute, std::optional<int64_t> dSecond,
                                        base::UtcNs reference) {
  if (!minute || reference <= 0 || reference >= kYear2200) return std::nullopt;
  const int year = yearOf(reference);
  std::optional<base::UtcNs> best;
  for (const int candidate : {year - 1, year, year + 1}) {
    const auto time = minuteOf(candidate, *minute);
    if (time && (!best || std::abs(*time - reference) < std::abs(*best - reference))) best = time;
  }
  if (best && dSecond && *dSecond >= 0 && *dSecond < 61'000) *best += *dSecond * base::kNsPerMs;
  return best;
}

std::optional<base::UtcNs> secondOfMinute(std::optional<int64_t> dSecond, base::UtcNs reference) {
  if (!dSecond || *dSecond < 0 || *dSecond >= 61'000 || reference <= kHour) return std::nullopt;
  return nearest(reference, *dSecond * base::kNsPerMs, kMinute);
}

std::optional<double> secondsUntil(std::optional<int64_t> timeMark, base::UtcNs now) {
  if (!timeMark || *timeMark < 0 || *timeMark >= 36'000) return std::nullopt;
  const double ahead = static_cast<double>(*timeMark) / 10 - static_cast<double>(now % kHour) / 1e9;
  if (ahead >= 0) return ahead;
  return ahead >= -60 ? 0 : ahead + 3600;
}

std::optional<base::UtcNs> timestampIts(std::optional<int64_t> milliseconds) {
  if (!milliseconds || *milliseconds <= 0 || *milliseconds > 4'398'046'511'103) return std::nullopt;
  const base::UtcNs time = kIts2004 + *milliseconds * base::kNsPerMs - kLeapSince2004;
  return time < kYear2200 ? std::optional(time) : std::nullopt;
}

std::optional<base::UtcNs> generationDelta(std::optional<int64_t> milliseconds, base::UtcNs reference) {
  if (!milliseconds || *milliseconds < 0 || *milliseconds > 65'535 || reference <= kIts2004 + kHour)
    return std::nullopt;
  const int64_t since = reference - kIts2004 + kLeapSince2004;
  return nearest(since, *milliseconds * base::kNsPerMs, 65'536 * base::kNsPerMs) + kIts2004 - kLeapSince2004;
}

}  // namespace feeds::v2x

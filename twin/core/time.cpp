// SPDX-License-Identifier: Apache-2.0
#include "twin/core/time.h"

#include <array>
#include <cstdio>

namespace core {
namespace {

constexpr int64_t kSecondsPerDay = 86400;

// Days from 1970-01-01 of a proleptic Gregorian date, and back (H. Hinnant, chrono-compatible
// low-level date algorithms).
int64_t daysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t yearOfEra = year - era * 400;
  const int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

struct Date {
  int year, month, day;
};

Date civilFromDays(int64_t days) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t dayOfEra = days - era * 146097;
  const int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const int64_t mp = (5 * dayOfYear + 2) / 153;
  const int day = static_cast<int>(dayOfYear - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yearOfEra + era * 400 + (month <= 2)), month, day};
}

int daysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

int64_t floorDiv(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/// Reads fixed-width fields from the left; every call says whether it fitted.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}
  bool number(int digits, int& out) {
    if (rest_.size() < static_cast<size_t>(digits)) return false;
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = rest_[static_cast<size_t>(i)];
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(static_cast<size_t>(digits));
    out = value;
    return true;
  }
  bool any(std::string_view choices, char* which = nullptr) {
    if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos) return false;
    if (which) *which = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }
  /// Digits of a fraction as nanoseconds; digits beyond the ninth are cut off.
  bool fraction(int64_t& ns) {
    int64_t value = 0, scale = base::kNsPerSecond;
    bool some = false;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (scale > 1) {
        value = value * 10 + (rest_.front() - '0');
        scale /= 10;
      }
      rest_.remove_prefix(1);
      some = true;
    }
    ns = value * scale;
    return some;
  }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

struct Fields {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, offsetMinutes = 0;
  int64_t nanoseconds = 0;
};

bool readZone(Cursor& cursor, int& offsetMinutes) {
  if (cursor.any("Zz")) return true;
  char sign = '+';
  int hours = 0, minutes = 0;
  if (!cursor.any("+-", &sign) || !cursor.number(2, hours)) return false;
  if (!cursor.atEnd()) {
    cursor.any(":");
    if (!cursor.number(2, minutes)) return false;
  }
  if (hours > 18 || minutes > 59) return false;
  offsetMinutes = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  return true;
}

bool readFields(std::string_view text, Fields& f) {
  Cursor cursor(text);
  if (!cursor.number(4, f.year) || !cursor.any("-") || !cursor.number(2, f.month) || !cursor.any("-") ||
      !cursor.number(2, f.day) || !cursor.any("Tt ") || !cursor.number(2, f.hour) || !cursor.any(":") ||
      !cursor.number(2, f.minute)) {
    return false;
  }
  if (cursor.any(":")) {
    if (!cursor.number(2, f.second)) return false;
    if (cursor.any(".,") && !cursor.fraction(f.nanoseconds)) return false;
  }
  return readZone(cursor, f.offsetMinutes) && cursor.atEnd();
}

bool plausible(const Fields& f) {
  // int64 nanoseconds reach from 1677 to 2262; a second of 60 is a leap second and rolls over.
  return f.year >= 1700 && f.year <= 2200 && f.month >= 1 && f.month <= 12 && f.day >= 1 &&
         f.day <= daysInMonth(f.year, f.month) && f.hour <= 23 && f.minute <= 59 && f.second <= 60;
}

}  // namespace

LocalTime toLocal(base::UtcNs utc, const TimeZone& zone) {
  const int64_t ns = utc + int64_t{zone.offsetMinutes} * 60 * base::kNsPerSecond;
  const int64_t days = floorDiv(ns, kSecondsPerDay * base::kNsPerSecond);
  const int64_t inDay = ns - days * kSecondsPerDay * base::kNsPerSecond;
  const Date date = civilFromDays(days);
  const int64_t seconds = inDay / base::kNsPerSecond;
  LocalTime local;
  local.year = date.year;
  local.month = date.month;
  local.day = date.day;
  local.hour = static_cast<int>(seconds / 3600);
  local.minute = static_cast<int>(seconds / 60 % 60);
  local.second = static_cast<double>(inDay % (60 * base::kNsPerSecond)) / 1e9;
  local.dayOfYear = static_cast<int>(days - daysFromCivil(date.year, 1, 1)) + 1;
  local.weekday = static_cast<int>((days % 7 + 11) % 7);  // 1970-01-01 was a Thursday
  return local;
}

base::UtcNs fromLocal(const LocalTime& local, const TimeZone& zone) {
  const int64_t days = daysFromCivil(local.year, local.month, local.day);
  const int64_t minutes = int64_t{local.hour} * 60 + local.minute - zone.offsetMinutes;
  return (days * kSecondsPerDay + minutes * 60) * base::kNsPerSecond +
         static_cast<int64_t>(local.second * 1e9 + 0.5);
}

base::Result<base::UtcNs> parseIso8601(std::string_view text) {
  Fields f;
  if (!readFields(text, f) || !plausible(f)) {
    return base::Error{"time '" + std::string(text.substr(0, 64)) +
                       "' is not ISO 8601 with a zone, like 2026-11-22T18:00:00+09:00"};
  }
  const int64_t minutes = int64_t{f.hour} * 60 + f.minute - f.offsetMinutes;
  return (daysFromCivil(f.year, f.month, f.day) * kSecondsPerDay + minutes * 60 + f.second) *
             base::kNsPerSecond +
         f.nanoseconds;
}

std::string formatIso8601(base::UtcNs utc) {
  const LocalTime t = toLocal(utc, {0, "UTC"});
  const int64_t ms = floorDiv(utc, base::kNsPerMs);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", t.year, t.month, t.day, t.hour,
                t.minute, static_cast<int>(t.second), static_cast<int>(ms - floorDiv(ms, 1000) * 1000));
  return buffer;
}

std::string formatClock(base::UtcNs utc, const TimeZone& zone) {
  const LocalTime t = toLocal(utc, zone);
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", t.hour, t.minute, static_cast<int>(t.second));
  return buffer;
}

std::string formatDateTime(base::UtcNs utc, const TimeZone& zone) {
  const LocalTime t = toLocal(utc, zone);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d %02d:%02d:%02d ", t.year, t.month, t.day, t.hour,
                t.minute, static_cast<int>(t.second));
  return buffer + zone.name;
}

}  // namespace core

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/time_format.h"

#include <charconv>

#include "twin/core/time.h"

namespace feeds {
namespace {

constexpr base::UtcNs kYear2200 = 7'258'118'400 * base::kNsPerSecond;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

struct Parts {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, dayOfYear = 0, offset = 0;
  int64_t nanoseconds = 0;
};

bool digits(std::string_view& text, size_t most, int& out) {
  size_t count = 0;
  int value = 0;
  while (count < most && count < text.size() && isDigit(text[count])) value = value * 10 + (text[count++] - '0');
  text.remove_prefix(count);
  out = value;
  return count > 0;
}

bool zone(std::string_view& text, int& offset) {
  if (text.empty()) return false;
  if (text.front() == 'Z' || text.front() == 'z') {
    text.remove_prefix(1);
    offset = 0;
    return true;
  }
  const bool west = text.front() == '-';
  if (!west && text.front() != '+') return false;
  text.remove_prefix(1);
  int hours = 0, minutes = 0;
  if (!digits(text, 2, hours) || hours > 18) return false;
  if (text.starts_with(':')) text.remove_prefix(1);
  if (!text.empty() && isDigit(text.front()) && (!digits(text, 2, minutes) || minutes > 59)) return false;
  offset = (hours * 60 + minutes) * (west ? -1 : 1);
  return true;
}

void fraction(std::string_view& text, int64_t& nanoseconds) {
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',') || !isDigit(text[1])) return;
  text.remove_prefix(1);
  int64_t scale = base::kNsPerSecond;
  while (!text.empty() && isDigit(text.front())) {
    if (scale > 1) nanoseconds += (text.front() - '0') * (scale /= 10);
    text.remove_prefix(1);
  }
}

bool field(char letter, std::string_view& text, Parts& p) {
  switch (letter) {
    case 'Y': return text.size() >= 4 && isDigit(text[1]) && isDigit(text[2]) && isDigit(text[3]) && digits(text, 4, p.year);
    case 'y':
      if (!digits(text, 2, p.year)) return false;
      p.year += 2000;
      return true;
    case 'm': return digits(text, 2, p.month);
    case 'd': return digits(text, 2, p.day);
    case 'H': return digits(text, 2, p.hour);
    case 'M': return digits(text, 2, p.minute);
    case 'S':
      if (!digits(text, 2, p.second)) return false;
      fraction(text, p.nanoseconds);
      return true;
    case 'j': return digits(text, 3, p.dayOfYear);
    case 'z': return zone(text, p.offset);
    default: return false;
  }
}

int daysOf(int year, int month) {
  constexpr int kDays[]{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::optional<base::UtcNs> momentOf(const Parts& p) {
  if (p.year < 1970 || p.year > 2199 || p.month < 1 || p.month > 12 || p.day < 1 || p.day > daysOf(p.year, p.month)) return std::nullopt;
  if (p.hour > 24 || p.minute > 59 || p.second > 60 || (p.hour == 24 && (p.minute > 0 || p.second > 0))) return std::nullopt;
  if (p.dayOfYear < 0 || p.dayOfYear > 366) return std::nullopt;
  core::LocalTime local;
  local.year = p.year;
  local.month = p.month;
  local.day = p.day;
  local.hour = p.hour;
  local.minute = p.minute;
  base::UtcNs utc = core::fromLocal(local, {p.offset, {}}) + p.second * base::kNsPerSecond + p.nanoseconds;
  if (p.dayOfYear > 0) utc += (p.dayOfYear - 1) * int64_t{86400} * base::kNsPerSecond;
  if (utc <= 0 || utc >= kYear2200) return std::nullopt;
  return utc;
}

std::optional<base::UtcNs> fromUnix(std::string_view text, double scale) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(value > 0 && value * scale < static_cast<double>(kYear2200))) return std::nullopt;
  int64_t whole = 0;
  const auto [stop, bad] = std::from_chars(text.data(), text.data() + text.size(), whole);
  const bool exact = bad == std::errc() && stop == text.data() + text.size();
  return exact ? whole * static_cast<int64_t>(scale) : static_cast<base::UtcNs>(value * scale);
}

std::optional<base::UtcNs> byPattern(std::string_view text, std::string_view pattern, int offsetMinutes) {
  Parts parts;
  parts.offset = offsetMinutes;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == ' ') {
      while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    } else if (c == '%' && i + 1 < pattern.size() && pattern[i + 1] != '%') {
      if (!field(pattern[++i], text, parts)) return std::nullopt;
    } else {
      if (c == '%') ++i;
      if (text.empty() || text.front() != c) return std::nullopt;
      text.remove_prefix(1);
    }
  }
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  if (!text.empty()) return std::nullopt;
  return momentOf(parts);
}

}  // namespace

std::optional<base::UtcNs> parseTime(std::string_view text, std::string_view pattern, int offsetMinutes) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (pattern == "unix") return fromUnix(text, 1e9);
  if (pattern == "unix_ms") return fromUnix(text, 1e6);
  if (pattern != "iso") return byPattern(text, pattern, offsetMinutes);
  for (const std::string_view form : {"%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
                                      "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
    if (const auto utc = byPattern(text, form, offsetMinutes)) return utc;
  }
  return std::nullopt;
}

bool validTimePattern(std::string_view pattern) {
  if (pattern == "iso" || pattern == "unix" || pattern == "unix_ms") return true;
  bool any = false;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') continue;
    if (++i == pattern.size() || std::string_view("YymdHMSjz%").find(pattern[i]) == std::string_view::npos) return false;
    any = true;
  }
  return any;
}

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#include "twin/panels/format.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace panels {

std::string fill(std::string_view pattern, std::initializer_list<std::string> values) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    const size_t index = place ? static_cast<size_t>(pattern[i + 1] - '0') : values.size();
    if (place && index < values.size()) {
      text += values.begin()[index];
      i += 2;
    } else {
      text += pattern[i];
    }
  }
  return text;
}

std::string numberText(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.*f", decimals, std::abs(value));
  std::string text = digits;
  const size_t whole = text.find('.') == std::string::npos ? text.size() : text.find('.');
  if (whole > 4)
    for (size_t i = whole; i > 3; i -= 3) if (i - 3 > 0) text.insert(i - 3, ",");
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return value < 0 && !zero ? "\u2212" + text : text;
}

std::string withUnit(const std::string& number, std::string_view unit) {
  if (unit.empty()) return number;
  return unit == "°" ? number + "°" : number + kThinSpace + std::string(unit);
}

std::string countText(uint64_t n) { return numberText(static_cast<double>(n), 0); }

std::string valueText(const model::Value& value, const core::PropertyInfo& info, std::string_view unit, const I18n& words) {
  if (const double* number = std::get_if<double>(&value)) {
    // Attributes that no catalogue describes keep as many decimals as they have.
    const bool whole = std::abs(*number - std::round(*number)) < 1e-9;
    const int decimals = info.unit.empty() && !info.hasRange() && whole ? 0 : info.decimals;
    return withUnit(numberText(*number, decimals), unit.empty() ? std::string_view(info.unit) : unit);
  }
  if (const bool* truth = std::get_if<bool>(&value)) {
    const char* word = *truth ? "true" : "false";
    if (const char* special = words.find("value." + info.name + "." + word)) return special;
    return words.tr(*truth ? "value.true" : "value.false");
  }
  if (const std::string* text = std::get_if<std::string>(&value)) {
    if (text->empty()) return "–";
    if (const char* special = words.find("value." + info.name + "." + *text)) return special;
    if (const char* common = words.find("value." + *text)) return common;
    return *text;
  }
  return "–";
}

std::string ageText(double seconds, const I18n& words) {
  if (seconds < 0.95) return words.tr("age.now");
  if (seconds < 90) return fill(words.tr("age.seconds"), {numberText(seconds, 0)});
  if (seconds < 90 * 60) return fill(words.tr("age.minutes"), {numberText(seconds / 60, 0)});
  if (seconds < 48 * 3600) return fill(words.tr("age.hours"), {numberText(seconds / 3600, 0)});
  return fill(words.tr("age.days"), {numberText(seconds / 86400, 0)});
}

std::string spanText(double seconds) {
  const auto total = static_cast<long long>(std::abs(seconds) + 0.5);
  char text[40];
  std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld", total / 3600, total / 60 % 60, total % 60);
  return seconds < 0 && total > 0 ? std::string("\u2212") + text : text;
}

std::string bytesText(double bytes) {
  constexpr std::array<const char*, 5> kUnits{{"B", "kB", "MB", "GB", "TB"}};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  return withUnit(numberText(bytes, unit == 0 || bytes >= 100 ? 0 : 1), kUnits[unit]);
}

std::string dateText(const core::LocalTime& local, const I18n& words) {
  static constexpr std::array<const char*, 7> kDays{{"day.sun", "day.mon", "day.tue", "day.wed", "day.thu", "day.fri", "day.sat"}};
  static constexpr std::array<const char*, 12> kMonths{{"month.1", "month.2", "month.3", "month.4", "month.5", "month.6",
                                                        "month.7", "month.8", "month.9", "month.10", "month.11", "month.12"}};
  const char* day = words.tr(kDays[static_cast<size_t>(local.weekday) % 7]);
  const char* month = words.tr(kMonths[static_cast<size_t>(local.month + 11) % 12]);
  return fill(words.tr("date.long"), {std::to_string(local.year), month, std::to_string(local.day), day});
}

const char* compassWord(double azimuth, const I18n& words) {
  static constexpr std::array<const char*, 8> kWinds{{"wind.n", "wind.ne", "wind.e", "wind.se", "wind.s", "wind.sw", "wind.w", "wind.nw"}};
  const double eighths = azimuth / (std::numbers::pi / 4);
  const auto index = static_cast<long>(std::lround(eighths)) % 8;
  return words.tr(kWinds[static_cast<size_t>(index < 0 ? index + 8 : index)]);
}

}  // namespace panels

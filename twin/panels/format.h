// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "twin/core/catalogue.h"
#include "twin/core/time.h"
#include "twin/model/entity.h"
#include "twin/panels/i18n.h"

namespace panels {

/// U+2009, between a number and its unit.
constexpr const char* kThinSpace = "\u2009";

/// "{0} of {1}" with its places filled in order.
std::string fill(std::string_view pattern, std::initializer_list<std::string> values);

/// Fixed decimals, groups of three from 10,000 up, a true minus sign.
std::string numberText(double value, int decimals);
/// "31 µg/m³" with a thin space; "12°" without any.
std::string withUnit(const std::string& number, std::string_view unit);
std::string countText(uint64_t n);

/// A value of a property as a citizen would read it: unit and decimals of the catalogue, words for the
/// codes of feeds ("auto"), yes and no for truths, an en dash for nothing.
std::string valueText(const model::Value& value, const core::PropertyInfo& info, std::string_view unit, const I18n& words);

/// "3 s ago", "3초 전"; minutes from 90 s, hours from 90 min.
std::string ageText(double seconds, const I18n& words);
/// "00:12:30", with a leading minus for negative spans.
std::string spanText(double seconds);
/// "1.2 MB" in powers of 1000.
std::string bytesText(double bytes);
/// "2026년 11월 22일 (일)", "Sun 22 Nov 2026".
std::string dateText(const core::LocalTime& local, const I18n& words);
/// "N", "NE" ... or "북", "북동" of an angle clockwise from true north, radians.
const char* compassWord(double azimuth, const I18n& words);

}  // namespace panels

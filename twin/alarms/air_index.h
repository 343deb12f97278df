// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace alarms {

/// Sub-index of Korea's comprehensive air-quality index (CAI, 통합대기환경지수) of one pollutant: linear
/// between the grades' limits, which are 50 (good), 100 (moderate), 250 (bad), 500. PM in µg/m³, gases in
/// ppm. None for what is not a pollutant of the index, or not a number.
std::optional<double> airSubIndex(std::string_view pollutant, double value);

}  // namespace alarms

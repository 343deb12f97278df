// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/air_index.h"

#include <cmath>

namespace alarms {
namespace {

constexpr double kIndex[5] = {0, 50, 100, 250, 500};

struct Limits {
  std::string_view pollutant;
  double concentration[5];
};

/// Daily forecast grades of the Ministry of Environment; the last column is the scale's end.
constexpr Limits kLimits[] = {
    {"pm10", {0, 30, 80, 150, 600}},      {"pm25", {0, 15, 35, 75, 500}},        {"o3", {0, 0.030, 0.090, 0.150, 0.600}},
    {"no2", {0, 0.030, 0.060, 0.200, 2.0}}, {"so2", {0, 0.020, 0.050, 0.150, 1.0}}, {"co", {0, 2, 9, 15, 50}},
};

}  // namespace

std::optional<double> airSubIndex(std::string_view pollutant, double value) {
  if (!std::isfinite(value) || value < 0) return std::nullopt;
  for (const Limits& row : kLimits) {
    if (row.pollutant != pollutant) continue;
    for (size_t i = 1; i < 5; ++i)
      if (value <= row.concentration[i])
        return kIndex[i - 1] + (kIndex[i] - kIndex[i - 1]) * (value - row.concentration[i - 1]) / (row.concentration[i] - row.concentration[i - 1]);
    return kIndex[4];
  }
  return std::nullopt;
}

}  // namespace alarms

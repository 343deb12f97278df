// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sun_times.h"

#include <cmath>
#include <numbers>

namespace traffic {

double sunAltitude(base::UtcNs time, double latitude, double longitude) {
  constexpr double kRadians = std::numbers::pi / 180;
  // Days since 2000-01-01T12:00Z, which is 946728000 s after 1970.
  const double n = (static_cast<double>(time) * 1e-9 - 946728000.0) / 86400;
  const double meanLongitude = 280.460 + 0.9856474 * n;
  const double anomaly = (357.528 + 0.9856003 * n) * kRadians;
  const double ecliptic =
      (meanLongitude + 1.915 * std::sin(anomaly) + 0.020 * std::sin(2 * anomaly)) * kRadians;
  const double obliquity = (23.439 - 0.0000004 * n) * kRadians;
  const double declination = std::asin(std::sin(obliquity) * std::sin(ecliptic));
  const double rightAscension = std::atan2(std::cos(obliquity) * std::sin(ecliptic), std::cos(ecliptic));
  const double sidereal = (280.46061837 + 360.98564736629 * n + longitude) * kRadians;
  const double hourAngle = sidereal - rightAscension;
  const double phi = latitude * kRadians;
  return std::asin(std::sin(phi) * std::sin(declination) +
                   std::cos(phi) * std::cos(declination) * std::cos(hourAngle));
}

}  // namespace traffic

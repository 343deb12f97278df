// SPDX-License-Identifier: Apache-2.0
#include "twin/core/solar.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

namespace core {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRadians = kPi / 180.0;
constexpr double kSecondsPerDay = 86400.0;
constexpr double kJulianUnixEpoch = 2440587.5;
constexpr double kJulian2000 = 2451545.0;
/// TT - UT1 in seconds, observed 64.5 (2003) .. 69.2 (2026); 5 s move the sun by 0.2 arc seconds.
constexpr double kDeltaT = 69.0;

struct Term {
  double amplitude, phase, rate;  // 1e-8 rad (or au), rad, rad per Julian millennium
};

// Earth's heliocentric longitude, latitude and radius: table A4.2 of the report.
constexpr Term kL0[] = {
    {175347046, 0, 0},          {3341656, 4.6692568, 6283.07585}, {34894, 4.6261, 12566.1517},
    {3497, 2.7441, 5753.3849},  {3418, 2.8289, 3.5231},           {3136, 3.6277, 77713.7715},
    {2676, 4.4181, 7860.4194},  {2343, 6.1352, 3930.2097},        {1324, 0.7425, 11506.7698},
    {1273, 2.0371, 529.691},    {1199, 1.1096, 1577.3435},        {990, 5.233, 5884.927},
    {902, 2.045, 26.298},       {857, 3.508, 398.149},            {780, 1.179, 5223.694},
    {753, 2.533, 5507.553},     {505, 4.583, 18849.228},          {492, 4.205, 775.523},
    {357, 2.92, 0.067},         {317, 5.849, 11790.629},          {284, 1.899, 796.298},
    {271, 0.315, 10977.079},    {243, 0.345, 5486.778},           {206, 4.806, 2544.314},
    {205, 1.869, 5573.143},     {202, 2.458, 6069.777},           {156, 0.833, 213.299},
    {132, 3.411, 2942.463},     {126, 1.083, 20.775},             {115, 0.645, 0.98},
    {103, 0.636, 4694.003},     {102, 0.976, 15720.839},          {102, 4.267, 7.114},
    {99, 6.21, 2146.17},        {98, 0.68, 155.42},               {86, 5.98, 161000.69},
    {85, 1.3, 6275.96},         {85, 3.67, 71430.7},              {80, 1.81, 17260.15},
    {79, 3.04, 12036.46},       {75, 1.76, 5088.63},              {74, 3.5, 3154.69},
    {74, 4.68, 801.82},         {70, 0.83, 9437.76},              {62, 3.98, 8827.39},
    {61, 1.82, 7084.9},         {57, 2.78, 6286.6},               {56, 4.39, 14143.5},
    {56, 3.47, 6279.55},        {52, 0.19, 12139.55},             {52, 1.33, 1748.02},
    {51, 0.28, 5856.48}};
constexpr Term kL1[] = {{628331966747, 0, 0},     {206059, 2.678235, 6283.07585}, {4303, 2.6351, 12566.1517},
                        {425, 1.59, 3.523},       {119, 5.796, 26.298},           {109, 2.966, 1577.344},
                        {93, 2.59, 18849.23},     {72, 1.14, 529.69},             {68, 1.87, 398.15},
                        {67, 4.41, 5507.55},      {59, 2.89, 5223.69},            {56, 2.17, 155.42}};
constexpr Term kL2[] = {{52919, 0, 0}, {8720, 1.0721, 6283.0758}, {309, 0.867, 12566.152}};
constexpr Term kL3[] = {{289, 5.844, 6283.076}};
constexpr Term kB0[] = {{280, 3.199, 84334.662}, {102, 5.422, 5507.553}, {80, 3.88, 5223.69}};
constexpr Term kR0[] = {{100013989, 0, 0},          {1670700, 3.0984635, 6283.07585}, {13956, 3.05525, 12566.1517},
                        {3084, 5.1985, 77713.7715}, {1628, 1.1739, 5753.3849},        {1576, 2.8469, 7860.4194},
                        {925, 5.453, 11506.77},     {542, 4.564, 3930.21},            {472, 3.661, 5884.927}};
constexpr Term kR1[] = {{103019, 1.10749, 6283.07585}, {1721, 1.0644, 12566.1517}};

double sum(std::span<const Term> terms, double millennia) {
  double total = 0;
  for (const Term& t : terms) total += t.amplitude * std::cos(t.phase + t.rate * millennia);
  return total * 1e-8;
}

double turn(double radians) {
  const double r = std::fmod(radians, 2 * kPi);
  return r < 0 ? r + 2 * kPi : r;
}

double julianDay(base::UtcNs utc) { return static_cast<double>(utc) / 1e9 / kSecondsPerDay + kJulianUnixEpoch; }

struct Nutation {
  double longitude, obliquity;  // radians; the four largest terms of IAU 1980 (Meeus, ch. 22), within 0.5"
};

Nutation nutationAt(double t) {
  const double node = (125.04452 - 1934.136261 * t) * kRadians;
  const double sun = (280.4665 + 36000.7698 * t) * kRadians;
  const double moon = (218.3165 + 481267.8813 * t) * kRadians;
  constexpr double kArcSecond = kRadians / 3600.0;
  return {(-17.20 * std::sin(node) - 1.32 * std::sin(2 * sun) - 0.23 * std::sin(2 * moon) + 0.21 * std::sin(2 * node)) * kArcSecond,
          (9.20 * std::cos(node) + 0.57 * std::cos(2 * sun) + 0.10 * std::cos(2 * moon) - 0.09 * std::cos(2 * node)) * kArcSecond};
}

double meanObliquity(double t) {
  return (84381.448 - 46.8150 * t - 0.00059 * t * t + 0.001813 * t * t * t) / 3600.0 * kRadians;
}

/// Greenwich mean sidereal time, radians, of a UT Julian day.
double siderealTime(double jd) {
  const double t = (jd - kJulian2000) / 36525.0;
  return turn((280.46061837 + 360.98564736629 * (jd - kJulian2000) + 0.000387933 * t * t) * kRadians);
}

struct Equatorial {
  double ascension, declination, distanceAu;
};

struct Horizontal {
  double elevation, azimuth;
};

/// Topocentric direction without refraction (steps 3.12 to 3.15 of the report).
Horizontal toHorizon(const Equatorial& body, double hourAngle, double latitude, double height, double parallax) {
  const double u = std::atan(0.99664719 * std::tan(latitude));
  const double x = std::cos(u) + height / 6378140.0 * std::cos(latitude);
  const double y = 0.99664719 * std::sin(u) + height / 6378140.0 * std::sin(latitude);
  const double sinP = std::sin(parallax);
  const double shift = std::atan2(-x * sinP * std::sin(hourAngle), std::cos(body.declination) - x * sinP * std::cos(hourAngle));
  const double declination = std::atan2((std::sin(body.declination) - y * sinP) * std::cos(shift),
                                        std::cos(body.declination) - x * sinP * std::cos(hourAngle));
  const double h = hourAngle - shift;
  const double elevation = std::asin(std::sin(latitude) * std::sin(declination) +
                                     std::cos(latitude) * std::cos(declination) * std::cos(h));
  const double azimuth = std::atan2(std::sin(h), std::cos(h) * std::sin(latitude) - std::tan(declination) * std::cos(latitude));
  return {elevation, turn(azimuth + kPi)};
}

/// The lift of an airless elevation, radians (report 3.14; Bennett's formula inverted).
double refraction(double elevation, const Atmosphere& air) {
  constexpr double kLowest = -0.26667 - 0.5667;  // the sun's upper limb on the horizon, degrees
  const double degrees = elevation / kRadians;
  const double e = std::max(degrees, kLowest);
  const double lift = air.pressureMbar / 1010.0 * 283.0 / (273.0 + air.temperatureC) * 1.02 /
                      (60.0 * std::tan((e + 10.3 / (e + 5.11)) * kRadians));
  return lift * kRadians * std::clamp(1.0 - (kLowest - degrees) / 2.0, 0.0, 1.0);
}

Atmosphere standardAt(double metres) {
  const double ratio = 1.0 - 2.25577e-5 * std::clamp(metres, -500.0, 9000.0);
  return {1013.25 * std::pow(ratio, 5.25588), 12.0 - 0.0065 * metres};
}

}  // namespace

SunPosition sunPosition(base::UtcNs utc, double latitudeDeg, double longitudeDeg, double elevationMetres,
                        std::optional<Atmosphere> air) {
  const double jd = julianDay(utc);
  const double centuries = (jd + kDeltaT / kSecondsPerDay - kJulian2000) / 36525.0;
  const double m = centuries / 10.0;

  const double l = sum(kL0, m) + m * (sum(kL1, m) + m * (sum(kL2, m) + m * sum(kL3, m)));
  const double b = sum(kB0, m);
  const double r = sum(kR0, m) + m * sum(kR1, m);
  const Nutation nutation = nutationAt(centuries);
  const double obliquity = meanObliquity(centuries) + nutation.obliquity;
  const double aberration = -20.4898 / 3600.0 * kRadians / r;
  const double longitude = l + kPi + nutation.longitude + aberration;
  const double latitude = -b;

  Equatorial sun{};
  sun.ascension = std::atan2(std::sin(longitude) * std::cos(obliquity) - std::tan(latitude) * std::sin(obliquity), std::cos(longitude));
  sun.declination = std::asin(std::sin(latitude) * std::cos(obliquity) +
                              std::cos(latitude) * std::sin(obliquity) * std::sin(longitude));
  const double sidereal = siderealTime(jd) + nutation.longitude * std::cos(obliquity);
  const double hourAngle = sidereal + longitudeDeg * kRadians - sun.ascension;
  const double parallax = 8.794 / 3600.0 * kRadians / r;
  const Horizontal seen = toHorizon(sun, hourAngle, latitudeDeg * kRadians, elevationMetres, parallax);
  return {seen.elevation + refraction(seen.elevation, air.value_or(standardAt(elevationMetres))), seen.azimuth};
}

MoonPosition moonPosition(base::UtcNs utc, double latitudeDeg, double longitudeDeg) {
  const double jd = julianDay(utc);
  const double t = (jd + kDeltaT / kSecondsPerDay - kJulian2000) / 36525.0;
  const double l0 = 218.31617 + 481267.88088 * t;       // mean longitude, degrees
  const double l = (134.96292 + 477198.86753 * t) * kRadians;   // moon's mean anomaly
  const double ls = (357.52543 + 35999.04944 * t) * kRadians;   // sun's
  const double f = (93.27283 + 483202.01873 * t) * kRadians;    // distance from the node
  const double d = (297.85027 + 445267.11135 * t) * kRadians;   // elongation
  const double dl = 22640 * std::sin(l) + 769 * std::sin(2 * l) - 4586 * std::sin(l - 2 * d) + 2370 * std::sin(2 * d) -
                    668 * std::sin(ls) - 412 * std::sin(2 * f) - 212 * std::sin(2 * l - 2 * d) -
                    206 * std::sin(l + ls - 2 * d) + 192 * std::sin(l + 2 * d) - 165 * std::sin(ls - 2 * d) +
                    148 * std::sin(l - ls) - 125 * std::sin(d) - 110 * std::sin(l + ls) - 55 * std::sin(2 * f - 2 * d);
  const double longitude = (l0 + dl / 3600.0) * kRadians;
  const double s = f + (dl + 412 * std::sin(2 * f) + 541 * std::sin(ls)) / 3600.0 * kRadians;
  const double h = f - 2 * d;
  const double n = -526 * std::sin(h) + 44 * std::sin(l + h) - 31 * std::sin(-l + h) - 23 * std::sin(ls + h) +
                   11 * std::sin(-ls + h) - 25 * std::sin(-2 * l + f) + 21 * std::sin(-l + f);
  const double latitude = (18520 * std::sin(s) + n) / 3600.0 * kRadians;
  const double distanceKm = 385000.5 - 20905.0 * std::cos(l) - 3699.0 * std::cos(2 * d - l) - 2956.0 * std::cos(2 * d);

  const double obliquity = meanObliquity(t);
  Equatorial moon{};
  moon.ascension = std::atan2(std::sin(longitude) * std::cos(obliquity) - std::tan(latitude) * std::sin(obliquity), std::cos(longitude));
  moon.declination = std::asin(std::sin(latitude) * std::cos(obliquity) +
                               std::cos(latitude) * std::sin(obliquity) * std::sin(longitude));
  const double hourAngle = siderealTime(jd) + longitudeDeg * kRadians - moon.ascension;
  const Horizontal seen = toHorizon(moon, hourAngle, latitudeDeg * kRadians, 0, std::asin(6378.14 / distanceKm));
  const double m = t / 10.0;
  const double sunLongitude = sum(kL0, m) + m * sum(kL1, m) + kPi;
  const double apart = std::acos(std::cos(latitude) * std::cos(longitude - sunLongitude));
  return {seen.elevation, seen.azimuth, 0.5 - 0.5 * std::cos(apart)};
}

}  // namespace core

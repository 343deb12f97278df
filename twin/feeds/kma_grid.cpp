// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/kma_grid.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "twin/core/time.h"

namespace feeds {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kRadius = 6371.00877 / 5.0;  // cells
constexpr double kOriginX = 43, kOriginY = 136;

double radians(double degrees) {
  return degrees * kPi / 180;
}
double tangent(double degrees) {
  return std::tan(kPi / 4 + radians(degrees) / 2);
}

struct Lambert {
  double sn = std::log(std::cos(radians(30)) / std::cos(radians(60))) / std::log(tangent(60) / tangent(30));
  double sf = std::pow(tangent(30), sn) * std::cos(radians(30)) / sn;
  double ro = kRadius * sf / std::pow(tangent(38), sn);
};

}  // namespace

KmaCell kmaCell(double longitude, double latitude) {
  const Lambert l;
  const double ra = kRadius * l.sf / std::pow(tangent(latitude), l.sn);
  double theta = radians(longitude - 126);
  if (theta > kPi) theta -= 2 * kPi;
  if (theta < -kPi) theta += 2 * kPi;
  theta *= l.sn;
  return {static_cast<int>(std::floor(ra * std::sin(theta) + kOriginX + 0.5)),
          static_cast<int>(std::floor(l.ro - ra * std::cos(theta) + kOriginY + 0.5))};
}

core::GeoPoint kmaCellCentre(KmaCell cell) {
  const Lambert l;
  const double x = cell.nx - kOriginX, y = l.ro - cell.ny + kOriginY;
  const double ra = std::hypot(x, y);
  const double latitude = 2 * std::atan(std::pow(kRadius * l.sf / ra, 1 / l.sn)) - kPi / 2;
  const double longitude = std::atan2(x, y) / l.sn + radians(126);
  return {longitude * 180 / kPi, latitude * 180 / kPi, 0};
}

KmaBase kmaBase(std::string_view call, base::UtcNs now) {
  constexpr int64_t kMinute = 60 * base::kNsPerSecond;
  const core::TimeZone korea;
  int64_t late = 10, minute = 0;
  if (call == "getUltraSrtFcst") {
    late = 15;
    minute = 30;
  }
  // The newest issue is the last one that began at least `late` minutes ago.
  core::LocalTime t = core::toLocal(now - (late + minute) * kMinute, korea);
  if (call == "getVilageFcst") {
    const int sinceIssue = (t.hour + 1) % 3;  // 2, 5, 8 ... 23
    t = core::toLocal(now - (late + sinceIssue * 60) * kMinute, korea);
  }
  char date[16], time[8];
  std::snprintf(date, sizeof date, "%04d%02d%02d", t.year % 10000, t.month, t.day);
  std::snprintf(time, sizeof time, "%02d%02d", t.hour, static_cast<int>(minute));
  return {date, time};
}

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#include "twin/core/solar.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "twin/core/time.h"

namespace {

constexpr double kDegrees = 180.0 / std::numbers::pi;
constexpr double kLatitude = 35.8365;
constexpr double kLongitude = 128.685;

base::UtcNs at(const char* iso) {
  const auto parsed = core::parseIso8601(iso);
  EXPECT_TRUE(parsed) << iso;
  return *parsed;
}

// The worked example of NREL/TP-560-34302, appendix A5: topocentric zenith 50.11162, azimuth 194.34024.
TEST(Solar, MatchesTheExampleOfTheNrelReport) {
  const core::SunPosition sun = core::sunPosition(at("2003-10-17T12:30:30-07:00"), 39.742476, -105.1786, 1830.14,
                                                  core::Atmosphere{820, 11});
  EXPECT_NEAR(90.0 - sun.elevation * kDegrees, 50.11162, 0.001);
  EXPECT_NEAR(sun.azimuth * kDegrees, 194.34024, 0.001);
  const core::SunPosition standard = core::sunPosition(at("2003-10-17T12:30:30-07:00"), 39.742476, -105.1786, 1830.14);
  EXPECT_NEAR(standard.elevation, sun.elevation, 0.001 / kDegrees);
}

struct Row {
  const char* hour;
  double elevation, azimuth;
};

// Winter solstice at Alpha City in Korea standard time; the table is airless and rounded to 0.1 degrees.
TEST(Solar, MatchesTheWinterSolsticeTable) {
  constexpr Row kRows[] = {{"08:00", 4.1, 122.9},  {"09:00", 13.7, 132.9}, {"10:00", 21.7, 144.7},
                           {"11:00", 27.5, 158.4}, {"12:00", 30.5, 173.8}, {"13:00", 30.1, 189.7},
                           {"14:00", 26.5, 204.8}, {"15:00", 20.1, 218.1}, {"16:00", 11.7, 229.4}};
  for (const Row& row : kRows) {
    const std::string when = std::string("2026-12-22T") + row.hour + ":00+09:00";
    const core::SunPosition sun = core::sunPosition(at(when.c_str()), kLatitude, kLongitude, 0, core::Atmosphere{0, 10});
    EXPECT_NEAR(sun.elevation * kDegrees, row.elevation, 0.1) << when;
    EXPECT_NEAR(sun.azimuth * kDegrees, row.azimuth, 0.15) << when;
  }
}

TEST(Solar, RisesAndSetsWhenTheAlmanacSays) {
  // 07:32 and 17:15 on the winter solstice; 05:09 and 19:45 on the summer solstice: the upper limb
  // stands on the horizon, the centre 16 minutes of arc below it.
  for (const char* when : {"2026-12-22T07:32:00+09:00", "2026-12-22T17:15:00+09:00", "2026-06-21T05:09:00+09:00",
                           "2026-06-21T19:45:00+09:00"}) {
    EXPECT_NEAR(core::sunPosition(at(when), kLatitude, kLongitude).elevation * kDegrees, -0.27, 0.25) << when;
  }
}

TEST(Solar, StandsHighestAtTheNoonOfTheTable) {
  const double winter = core::sunPosition(at("2026-12-22T12:23:00+09:00"), kLatitude, kLongitude).elevation * kDegrees;
  const double summer = core::sunPosition(at("2026-06-21T12:27:00+09:00"), kLatitude, kLongitude).elevation * kDegrees;
  EXPECT_NEAR(winter, 30.7, 0.1);
  EXPECT_NEAR(summer, 77.6, 0.1);
}

TEST(Solar, RefractionDoesNotJumpAtTheHorizon) {
  double before = 1;
  const base::UtcNs start = at("2026-11-22T17:05:00+09:00");
  for (int s = 0; s < 1800; s += 10) {
    const double now = core::sunPosition(start + s * base::kNsPerSecond, kLatitude, kLongitude).elevation;
    if (s > 0) {
      EXPECT_LT(now, before);
      EXPECT_LT(before - now, 0.08 / kDegrees) << s;
    }
    before = now;
  }
}

// Phases from the almanac: new moon 2024-04-08 18:21 UTC (the total eclipse), full 2024-04-23 23:49 UTC.
TEST(Moon, PhasesAgreeWithTheAlmanac) {
  EXPECT_LT(core::moonPosition(at("2024-04-08T18:21:00Z"), kLatitude, kLongitude).illuminated, 0.001);
  EXPECT_GT(core::moonPosition(at("2024-04-23T23:49:00Z"), kLatitude, kLongitude).illuminated, 0.998);
}

// The total eclipse over Dallas, greatest at 18:42 UTC: moon and sun stand together.
TEST(Moon, CoversTheSunInAnEclipse) {
  const base::UtcNs when = at("2024-04-08T18:42:00Z");
  const core::SunPosition sun = core::sunPosition(when, 32.78, -96.80);
  const core::MoonPosition moon = core::moonPosition(when, 32.78, -96.80);
  EXPECT_NEAR(moon.elevation * kDegrees, sun.elevation * kDegrees, 0.35);
  EXPECT_NEAR(moon.azimuth * kDegrees, sun.azimuth * kDegrees, 0.8);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/environment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace {

constexpr double kRadians = 3.14159265358979 / 180.0;

scene::Environment at(double degrees, scene::Weather weather = {}) {
  return scene::environmentFor(degrees * kRadians, 4.2, 17.5, 326, weather);
}

float furthest(const glm::vec3& a, const glm::vec3& b) {
  const glm::vec3 d = glm::abs(a - b);
  return std::max({d.x, d.y, d.z});
}

TEST(Environment, ChangesLittleWithASmallStepOfTheSun) {
  for (const scene::Weather& weather : {scene::Weather{}, scene::Weather{0.7f, 0.5f, 0.6f, 1.f}}) {
    for (double degrees = -25; degrees < 80; degrees += 0.05) {
      const scene::Environment a = at(degrees, weather);
      const scene::Environment b = at(degrees + 0.05, weather);
      EXPECT_LT(furthest(a.skyZenith, b.skyZenith), 0.01f) << degrees;
      EXPECT_LT(furthest(a.skyHorizon, b.skyHorizon), 0.01f) << degrees;
      EXPECT_LT(furthest(a.skyGlow, b.skyGlow), 0.01f) << degrees;
      EXPECT_LT(furthest(a.fogColor, b.fogColor), 0.01f) << degrees;
      EXPECT_LT(furthest(a.groundAmbient, b.groundAmbient), 0.01f) << degrees;
      EXPECT_LT(std::abs(a.exposure - b.exposure), 0.01f) << degrees;
      EXPECT_LT(std::abs(a.nightFactor - b.nightFactor), 0.02f) << degrees;
      // The direction may jump only while its light is out.
      EXPECT_LT(furthest(a.sunDirection * a.sunColor * a.sunVisibility, b.sunDirection * b.sunColor * b.sunVisibility), 0.035f) << degrees;
    }
  }
}

TEST(Environment, NightRisesFromOneDegreeAboveToSixBelow) {
  EXPECT_EQ(at(1.5).nightFactor, 0.f);
  EXPECT_EQ(at(-6.5).nightFactor, 1.f);
  for (double degrees = -6; degrees < 1; degrees += 0.25) EXPECT_GE(at(degrees).nightFactor, at(degrees + 0.25).nightFactor);
}

TEST(Environment, SunIsSeenOnlyAboveTheHorizonAndPointsWhereItStands) {
  EXPECT_EQ(at(-1).sunVisibility, 0.f);
  EXPECT_GT(at(10).sunVisibility, 0.99f);
  const scene::Environment south = scene::environmentFor(30 * kRadians, 180 * kRadians, 12, 356, {});
  EXPECT_NEAR(south.sunDirection.y, -std::cos(30 * kRadians), 1e-5);
  EXPECT_NEAR(south.sunDirection.x, 0, 1e-5);
  EXPECT_NEAR(south.sunDirection.z, 0.5, 1e-5);
  const scene::Environment east = scene::environmentFor(5 * kRadians, 90 * kRadians, 7, 80, {});
  EXPECT_GT(east.sunDirection.x, 0.99f);
}

TEST(Environment, NightIsDimCoolAndNeverBlack) {
  const scene::Environment night = at(-30);
  EXPECT_GT(night.skyZenith.b * night.exposure, 0.010f);  // #0B1220
  EXPECT_GT(night.skyZenith.b, night.skyZenith.r);
  EXPECT_GT(night.sunVisibility, 0.9f);
  EXPECT_GT(night.sunDirection.z, 0.6f);
  EXPECT_LT(night.sunColor.g, 0.1f);
  EXPECT_GT(night.sunColor.b, night.sunColor.r);
}

TEST(Environment, NoonIsWarmKeyOverCoolFill) {
  const scene::Environment noon = at(45);
  EXPECT_GT(noon.sunColor.r, noon.sunColor.b);
  EXPECT_GT(noon.skyZenith.b, noon.skyZenith.r);
  EXPECT_EQ(noon.nightFactor, 0.f);
}

TEST(Environment, CloudHidesTheSunAndRainWetsTheGround) {
  EXPECT_LT(at(40, {1.f, 0.f, 0.15f, 0.f}).sunVisibility, 0.1f);
  const scene::Environment rain = at(40, {1.f, 0.8f, 0.3f, 0.f});
  EXPECT_GT(rain.wetness, 0.9f);
  EXPECT_GT(rain.fogDensity, at(40).fogDensity * 2);
  const auto contrast = [](const scene::Environment& e) { return e.skyZenith.b / e.skyZenith.r; };
  EXPECT_LT(contrast(rain), contrast(at(40)));
}

TEST(Environment, CloudsLightTheNightAndDarkenTheDay) {
  const auto seen = [](double degrees, const scene::Weather& weather) {
    const scene::Environment e = at(degrees, weather);
    return (e.skyZenith.g + e.skyHorizon.g) * e.exposure;
  };
  for (const scene::Weather& wet : {scene::Weather{1.f, 0.f, 0.15f, 0.f}, scene::Weather{1.f, 1.f, 0.3f, 1.f}}) {
    EXPECT_GT(seen(-25, wet), seen(-25, {}));
    EXPECT_LT(seen(20, wet), seen(20, {}));
  }
}

TEST(Environment, AutumnPeaksInMidNovember) {
  const auto autumn = [](int day) { return scene::environmentFor(0.5, 3, 12, day, {}).autumn; };
  EXPECT_EQ(autumn(180), 0.f);
  EXPECT_EQ(autumn(60), 0.f);
  EXPECT_GT(autumn(319), 0.95f);
  EXPECT_GT(autumn(300), 0.3f);
  EXPECT_LT(autumn(300), autumn(319));
  EXPECT_LT(autumn(360), 0.5f);
}

TEST(Environment, HazeClosesInAndKeepsItsFiniteNumbers) {
  EXPECT_GT(at(30, {0, 0, 1.f, 0}).fogDensity, 1e-3f);
  for (double degrees : {-90.0, -9.0, 0.0, 90.0}) {
    const scene::Environment e = at(degrees, {2.f, -1.f, 9.f, 7.f});  // beyond the scales: clamped
    EXPECT_TRUE(std::isfinite(e.fogDensity) && std::isfinite(e.exposure) && std::isfinite(e.skyZenith.x));
    EXPECT_GE(e.sunVisibility, 0.f);
    EXPECT_LE(e.wetness, 1.f);
  }
}

}  // namespace

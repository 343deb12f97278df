// SPDX-License-Identifier: Apache-2.0
#include "twin/core/geodesy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>
#include <thread>

namespace {

constexpr double kDegrees = std::numbers::pi / 180;
constexpr double kOriginE = 171991.6, kOriginN = 359947.5;

const core::CityFrame& alphaFrame() {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", kOriginE, kOriginN);
  return frame;
}

struct Place {
  const char* name;
  double lat, lon, east5187, north5187, east5186, north5186;
};

// The site's coordinate table, computed independently with the Krueger series in plain Python.
constexpr Place kPlaces[] = {
    {"scene centre", 35.8365, 128.6900, 171991.6, 359947.5, 352697.6, 361221.8},
    {"metro station", 35.8427, 128.6799, 171081.3, 360638.3, 351773.1, 361894.1},
    {"bus stop", 35.8420, 128.6813, 171207.6, 360560.2, 351900.9, 361818.6},
    {"Lions Park", 35.84111, 128.68167, 171240.7, 360461.4, 351936.1, 361720.4},
    {"Databank", 35.83883, 128.68388, 171439.5, 360207.8, 352140.1, 361470.8},
    {"Smart City Centre", 35.8337, 128.6843, 171475.6, 359638.4, 352187.9, 360902.2},
    {"Daegu Stadium", 35.8298, 128.6906, 172043.5, 359203.9, 352764.6, 360479.2},
    {"Art Museum", 35.82763, 128.67395, 170538.2, 358968.0, 351264.1, 360212.6},
    {"scene box SW", 35.8270, 128.6720, 170361.8, 358898.7, 351089.1, 360139.6},
    {"scene box NE", 35.8460, 128.7010, 172988.7, 360998.5, 353673.2, 362293.3},
};

TEST(CityFrame, AgreesWithTheSitesTable) {
  const core::CityFrame central = *core::CityFrame::create("EPSG:5186", 352697.6, 361221.8);
  for (const Place& place : kPlaces) {
    const core::GeoPoint point{place.lon, place.lat, 76};
    const glm::dvec3 east = alphaFrame().toCity(point);
    EXPECT_NEAR(east.x + kOriginE, place.east5187, 0.06) << place.name;
    EXPECT_NEAR(east.y + kOriginN, place.north5187, 0.06) << place.name;
    EXPECT_DOUBLE_EQ(east.z, 76);
    const glm::dvec3 middle = central.toCity(point);
    EXPECT_NEAR(middle.x + 352697.6, place.east5186, 0.06) << place.name;
    EXPECT_NEAR(middle.y + 361221.8, place.north5186, 0.06) << place.name;
  }
}

TEST(CityFrame, PolynomialMeetsProjAtItsBorder) {
  // Just inside the fitted box the polynomial answers, just outside PROJ does: no step between them.
  const double latitude = alphaFrame().origin().latitude + 6000 / 111320.0;
  const glm::dvec3 inside = alphaFrame().toCity({128.69, latitude - 1e-9, 0});
  const glm::dvec3 outside = alphaFrame().toCity({128.69, latitude + 1e-9, 0});
  EXPECT_LT(glm::length(inside - outside), 0.002);
  const core::GeoPoint a = alphaFrame().toGeographic({5999.9999, 10, 0});
  const core::GeoPoint b = alphaFrame().toGeographic({6000.0001, 10, 0});
  EXPECT_NEAR(a.longitude, b.longitude, 2e-8);
  EXPECT_NEAR(a.latitude, b.latitude, 1e-8);
}

RC_GTEST_PROP(CityFrame, ThereAndBackWithinAMillimetre, ()) {
  const double x = *rc::gen::inRange(-20000000, 20000000) / 1000.0;  // 20 km: inside and outside the fit
  const double y = *rc::gen::inRange(-20000000, 20000000) / 1000.0;
  const glm::dvec3 city(x, y, 12.5);
  RC_ASSERT(glm::length(alphaFrame().toCity(alphaFrame().toGeographic(city)) - city) < 0.002);
}

TEST(CityFrame, ConvergenceIsNegativeWestOfTheCentralMeridian) {
  EXPECT_NEAR(alphaFrame().gridConvergence() / kDegrees, -0.18, 0.005);
  const core::CityFrame central = *core::CityFrame::create("EPSG:5186", 352697.6, 361221.8);
  EXPECT_NEAR(central.gridConvergence() / kDegrees, 0.99, 0.005);
  // A step due north along the meridian has true azimuth 0; measured in the grid it must be gridFromTrue(0).
  const glm::dvec3 a = alphaFrame().toCity({128.69, 35.8365, 0});
  const glm::dvec3 b = alphaFrame().toCity({128.69, 35.8465, 0});
  EXPECT_NEAR(std::atan2(b.x - a.x, b.y - a.y), alphaFrame().gridFromTrue(0), 1e-5);
  EXPECT_GT(b.x - a.x, 0);  // true north leans to the east of grid north here
  EXPECT_DOUBLE_EQ(alphaFrame().trueFromGrid(alphaFrame().gridFromTrue(1.25)), 1.25);
}

TEST(CityFrame, LocalFrameIsCentredAndTrueNorth) {
  const core::CityFrame monaco = *core::CityFrame::local(7.42, 43.73, 10);
  EXPECT_LT(glm::length(monaco.toCity({7.42, 43.73, 10})), 1e-3);
  EXPECT_NEAR(monaco.gridConvergence(), 0, 1e-9);
  EXPECT_NEAR(monaco.toCity({7.42, 43.74, 10}).y, 1111.0, 1.0);
}

TEST(CityFrame, SaysWhatIsWrong) {
  EXPECT_NE(core::CityFrame::create("EPSG:99999", 0, 0).error().find("unknown"), std::string::npos);
  EXPECT_NE(core::CityFrame::create("EPSG:4326", 0, 0).error().find("projected"), std::string::npos);
  EXPECT_FALSE(core::CityFrame::create("EPSG:5187", 1e12, 1e12).ok());
  EXPECT_FALSE(core::CityFrame::create("EPSG:5187", std::nan(""), 0).ok());
  EXPECT_FALSE(core::CityFrame::local(200, 0).ok());
}

TEST(CityFrame, ThreadsAgree) {
  const glm::dvec3 near = alphaFrame().toCity({128.68, 35.83, 0}),
                   far = alphaFrame().toCity({128.2, 35.2, 0});
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        if (alphaFrame().toCity({128.68, 35.83, 0}) != near || alphaFrame().toCity({128.2, 35.2, 0}) != far)
          ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Heading, YawAndBack) {
  EXPECT_NEAR(core::yawFromHeading(0), std::numbers::pi / 2, 1e-12);
  EXPECT_NEAR(core::yawFromHeading(90 * kDegrees), 0, 1e-12);
  EXPECT_NEAR(core::headingFromYaw(core::yawFromHeading(3.5)), 3.5, 1e-12);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "twin/core/time.h"
#include "twin/feeds/kma_grid.h"

namespace {

void expectCell(double longitude, double latitude, int nx, int ny) {
  const feeds::KmaCell cell = feeds::kmaCell(longitude, latitude);
  EXPECT_EQ(cell.nx, nx) << longitude << " " << latitude;
  EXPECT_EQ(cell.ny, ny) << longitude << " " << latitude;
}

// Pairs of the guide's table of places (Seoul, Busan, Jeju, Daegu) and of Alpha City.
TEST(KmaGrid, PlacesOfTheGuide) {
  expectCell(126.980008333333, 37.5635694444444, 60, 127);
  expectCell(129.076875, 35.1770194444444, 98, 76);
  expectCell(126.500333333333, 33.4856944444444, 52, 38);
  expectCell(128.603552777777, 35.8685416666666, 89, 90);
  expectCell(128.6900, 35.8365, 90, 90);
}

RC_GTEST_PROP(KmaGrid, TheCentreOfACellLiesInIt, ()) {
  const feeds::KmaCell cell{*rc::gen::inRange(1, 150), *rc::gen::inRange(1, 254)};
  const core::GeoPoint centre = feeds::kmaCellCentre(cell);
  const feeds::KmaCell again = feeds::kmaCell(centre.longitude, centre.latitude);
  RC_ASSERT(again.nx == cell.nx && again.ny == cell.ny);
}

std::string base(const char* call, const char* now) {
  const feeds::KmaBase b = feeds::kmaBase(call, *core::parseIso8601(std::string("2026-11-24T") + now + "+09:00"));
  return b.date + " " + b.time;
}

TEST(KmaBase, NowcastOnTheHour) {
  EXPECT_EQ(base("getUltraSrtNcst", "14:09:59"), "20261124 1300");
  EXPECT_EQ(base("getUltraSrtNcst", "14:10:00"), "20261124 1400");
  EXPECT_EQ(base("getUltraSrtNcst", "00:05:00"), "20261123 2300");
}

TEST(KmaBase, UltraShortForecastAtHalfPast) {
  EXPECT_EQ(base("getUltraSrtFcst", "14:44:59"), "20261124 1330");
  EXPECT_EQ(base("getUltraSrtFcst", "14:45:00"), "20261124 1430");
  EXPECT_EQ(base("getUltraSrtFcst", "00:30:00"), "20261123 2330");
}

TEST(KmaBase, ShortTermForecastEightTimesADay) {
  EXPECT_EQ(base("getVilageFcst", "02:09:00"), "20261123 2300");
  EXPECT_EQ(base("getVilageFcst", "02:10:00"), "20261124 0200");
  EXPECT_EQ(base("getVilageFcst", "05:09:00"), "20261124 0200");
  EXPECT_EQ(base("getVilageFcst", "14:30:00"), "20261124 1400");
  EXPECT_EQ(base("getVilageFcst", "23:59:00"), "20261124 2300");
}

}  // namespace

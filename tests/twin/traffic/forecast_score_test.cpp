// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/forecast_score.h"

#include <gtest/gtest.h>

#include "twin/traffic/fcd_reader.h"
#include "twin/traffic/forecast_judge.h"

namespace {

using traffic::Quantity;

constexpr base::UtcNs kSecond = base::kNsPerSecond;

TEST(ForecastScore, ErrorsAreMeanBiasAndPercent) {
  traffic::ErrorSum sum;
  sum.add(12, 10, 1);
  sum.add(6, 10, 1);
  sum.add(1, 0, 1);  // nothing to divide by
  EXPECT_EQ(sum.count, 3u);
  EXPECT_DOUBLE_EQ(sum.mae(), (2 + 4 + 1) / 3.0);
  EXPECT_DOUBLE_EQ(sum.bias(), (2 - 4 + 1) / 3.0);
  ASSERT_TRUE(sum.mape());
  EXPECT_DOUBLE_EQ(*sum.mape(), 100 * (0.2 + 0.4) / 2);
  EXPECT_FALSE(traffic::ErrorSum{}.mape());
}

TEST(ForecastScore, SavedIsTheShareOfTheSimpleForecastsError) {
  traffic::Skill skill;
  EXPECT_FALSE(skill.saved());
  skill.forecast.add(11, 10, 1);
  skill.unchanged.add(14, 10, 1);
  EXPECT_DOUBLE_EQ(*skill.saved(), 0.75);
  skill.forecast.add(20, 10, 1);  // mean 5.5 against 4: worse than nothing
  EXPECT_LT(*skill.saved(), 0);
}

TEST(ForecastScore, HorizonsAreOneFiveTenAndFifteenMinutes) {
  EXPECT_EQ(traffic::horizonOf(5), 1u);
  EXPECT_FALSE(traffic::horizonOf(4));
  EXPECT_EQ(traffic::nearestHorizon(40), 0u);
  EXPECT_EQ(traffic::nearestHorizon(7 * 60), 1u);
  EXPECT_EQ(traffic::nearestHorizon(14 * 60), 3u);
  EXPECT_FALSE(traffic::nearestHorizon(-1));
  EXPECT_FALSE(traffic::nearestHorizon(30 * 60));
}

TEST(ForecastScore, TheBoardForgetsAfterAnHour) {
  traffic::ScoreBoard board;
  board.add(0, Quantity::Speed, 2, 10, 12, 20.0);
  board.add(1800 * kSecond, Quantity::Speed, 2, 10, 10, std::nullopt);
  EXPECT_EQ(board.skill(Quantity::Speed, 2).forecast.count, 2u);
  EXPECT_EQ(board.skill(Quantity::Speed, 2).unchanged.count, 1u);
  EXPECT_EQ(board.skill(Quantity::Vehicles, 2).forecast.count, 0u);
  board.forget(3700 * kSecond);
  EXPECT_EQ(board.skill(Quantity::Speed, 2).forecast.count, 1u);
  EXPECT_EQ(board.skill(Quantity::Speed, 2).unchanged.count, 0u);
}

/// One straight road eastwards along the x axis, 1 km.
traffic::RoadGraph oneRoad() {
  return traffic::RoadGraph::parse(R"(<net><edge id="a" from="n" to="m"><lane id="a_0" length="1000"
      speed="13.9" width="3.2" shape="0.00,0.00 1000.00,0.00"/></edge></net>)",
                                   "test")
      .value();
}

constexpr double kEast = 1.5707963267948966;

std::vector<traffic::SeenVehicle> queue(int vehicles, double speed) {
  std::vector<traffic::SeenVehicle> out;
  for (int i = 0; i < vehicles; ++i)
    out.push_back({static_cast<uint64_t>(i + 1), {20.0 * i + 10, 0}, kEast, speed});
  return out;
}

TEST(LinkMeter, CountsDifferentVehiclesAndTheirMeanSpeed) {
  const traffic::RoadGraph graph = oneRoad();
  const traffic::LinkMatcher matcher(graph);
  EXPECT_EQ(matcher.edgeAt({500, 1}, kEast), 0);
  EXPECT_EQ(matcher.edgeAt({500, 1}, -kEast), -1);
  EXPECT_EQ(matcher.edgeAt({500, 9}, kEast), -1);
  traffic::LinkMeter meter(matcher);
  for (int64_t second = 30; second < 180; ++second) meter.sample(second, queue(second < 120 ? 3 : 5, 4));
  const auto minutes = meter.takeWhole();
  ASSERT_EQ(minutes.size(), 2u);  // the first began in its middle
  EXPECT_EQ(minutes[0].start, 60);
  EXPECT_FLOAT_EQ(minutes[0].links[0].vehicles, 3);
  EXPECT_FLOAT_EQ(minutes[1].links[0].vehicles, 5);
  EXPECT_FLOAT_EQ(minutes[1].links[0].speed, 4);
}

TEST(ForecastJudge, ComparesWithWhatIsSeenAndWithNoChange) {
  const traffic::RoadGraph graph = oneRoad();
  const traffic::LinkMatcher matcher(graph);
  traffic::ForecastJudge judge(matcher);
  const auto see = [&](int64_t from, int64_t to, int vehicles, double speed) {
    for (int64_t second = from; second < to; ++second) {
      traffic::Observed seen{
          .second = second, .vehicles = queue(vehicles, speed), .arrivals = {}, .expected = {}};
      if (second == 600) seen.expected = {{"bus-1", "역", 690 * kSecond}};
      if (second == 650) seen.arrivals = {{"bus-1", "역", 650 * kSecond}};
      judge.observed(seen);
    }
  };
  see(540, 601, 4, 10);
  traffic::Forecast forecast;
  forecast.made = 600 * kSecond;
  for (int minute = 0; minute < 15; ++minute)
    forecast.minutes.push_back({600 + 60 * minute, {{minute < 1 ? 5.f : 9.f, 8.f}}});
  forecast.arrivals = {{"bus-1", "역", 655 * kSecond}};
  judge.predicted(forecast);
  see(601, 1500, 7, 8);
  const traffic::ScoreTable scores = judge.scores();
  const auto& vehicles = scores[static_cast<size_t>(Quantity::Vehicles)];
  // The first minute was not seen whole (600 itself came before): five minutes on, 9 were said and 7 came.
  EXPECT_EQ(vehicles[1].forecast.count, 1u);
  EXPECT_DOUBLE_EQ(vehicles[1].forecast.mae(), 2);
  EXPECT_DOUBLE_EQ(vehicles[1].unchanged.mae(), 3);
  EXPECT_DOUBLE_EQ(vehicles[3].forecast.bias(), 2);
  const auto& speed = scores[static_cast<size_t>(Quantity::Speed)];
  EXPECT_DOUBLE_EQ(speed[2].forecast.mae(), 0);
  EXPECT_DOUBLE_EQ(speed[2].unchanged.bias(), 2);
  const auto& arrival = scores[static_cast<size_t>(Quantity::Arrival)];
  EXPECT_DOUBLE_EQ(arrival[0].forecast.bias(), 5);
  EXPECT_DOUBLE_EQ(arrival[0].unchanged.bias(), 40);
}

TEST(FcdReader, ReadsPiecesOfAnySize) {
  const std::string text =
      R"(<fcd-export><timestep time="30900.00"><vehicle id="a" x="-3.5" y="2.25" angle="90.00"
      type="car" speed="13.10" lane="r_1_0"/></timestep><timestep time="30901.00"></timestep>)";
  for (const size_t piece : {size_t{1}, size_t{7}, text.size()}) {
    double last = 0;
    int vehicles = 0;
    traffic::FcdReader reader([&](double t) { last = t; },
                              [&](const traffic::FcdVehicle& v) {
                                ++vehicles;
                                EXPECT_EQ(v.id, "a");
                                EXPECT_EQ(v.lane, "r_1_0");
                                EXPECT_DOUBLE_EQ(v.front.x, -3.5);
                                EXPECT_DOUBLE_EQ(v.speed, 13.1);
                              });
    for (size_t at = 0; at < text.size(); at += piece)
      ASSERT_TRUE(reader.feed(text.data() + at, std::min(piece, text.size() - at)));
    EXPECT_EQ(vehicles, 1);
    EXPECT_DOUBLE_EQ(last, 30901);
  }
  traffic::FcdReader reader([](double) {}, [](const traffic::FcdVehicle&) {});
  EXPECT_FALSE(reader.feed("<a></b>", 7));
  EXPECT_FALSE(reader.error().empty());
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "tests/twin/traffic/alpha_city.h"

// The real pack with a real SUMO.
namespace {

using namespace std::chrono_literals;

TEST(AlphaTraffic, NetworkIsWhole) {
  MAKE_ALPHA(alpha);
  const traffic::RoadGraph& graph = alpha.network.graph;
  std::ifstream log(alpha.network.folder / "netconvert.log");
  std::set<std::string> lines;
  for (std::string line; std::getline(log, line);) lines.insert(line);
  size_t unconnected = 0;
  for (const std::string& line : lines) {
    EXPECT_EQ(line.find("Error"), std::string::npos) << line;
    EXPECT_EQ(line.find("disconnected"), std::string::npos) << line;
    if (line.find("is not connected") != std::string::npos) ++unconnected;
  }
  std::printf("%zu edges, %zu signals, %zu lanes without an incoming connection\n", graph.edges().size(),
              alpha.programs.size(), unconnected);
  // From every entry each exit is reached: the network with the world outside is strongly connected.
  std::set<std::string> ends;
  for (const city::Feature& node : alpha.city->nodes)
    if (node.text("kind") == "end") ends.insert(node.id);
  std::vector<int> entries, exits;
  for (size_t i = 0; i < graph.edges().size(); ++i) {
    if (ends.contains(graph.edges()[i].from)) entries.push_back(static_cast<int>(i));
    if (ends.contains(graph.edges()[i].to)) exits.push_back(static_cast<int>(i));
  }
  ASSERT_GT(entries.size(), 10u);
  std::vector<bool> reached(graph.edges().size(), false);
  size_t pairs = 0, missing = 0;
  for (const int entry : entries) {
    const std::vector<bool> seen = graph.reachableFrom(entry);
    for (size_t i = 0; i < seen.size(); ++i) reached[i] = reached[i] || seen[i];
    for (const int exit : exits) {
      ++pairs;
      if (!seen[static_cast<size_t>(exit)]) ++missing;
    }
  }
  for (size_t i = 0; i < reached.size(); ++i)
    EXPECT_TRUE(reached[i]) << graph.edges()[i].id << " cannot be entered";
  std::printf("%zu of %zu pairs of ends without a way (the expressway's through lanes)\n", missing, pairs);
  EXPECT_LT(static_cast<double>(missing), 0.1 * static_cast<double>(pairs));
}

TEST(AlphaTraffic, ShuttleLoopIsClockwiseWithFourStops) {
  MAKE_ALPHA(alpha);
  const traffic::TransitLine& line = alpha.demand->shuttleLine();
  std::printf("shuttle loop %.0f m, %zu stops; %zu bus runs\n", line.length, line.stops.size(),
              alpha.demand->buses().size());
  EXPECT_NEAR(line.length, 2500, 250);
  EXPECT_EQ(line.stops.size(), 4u);
  for (const std::string& warning : alpha.demand->warnings()) std::printf("  %s\n", warning.c_str());
  EXPECT_GE(alpha.demand->buses().size(), 20u);
}

TEST(AlphaTraffic, ShuttleGoesRoundInAboutTwentyMinutesAtWalkingPace) {
  MAKE_ALPHA(alpha);
  // Hardly any other traffic, so that twenty minutes pass in seconds. The clock stands at the end: SUMO
  // runs towards it without waiting.
  alpha.table.scale = 0.02;
  alpha.demand =
      std::make_unique<traffic::SumoDemand>(*alpha.city, alpha.network.graph, alpha.table, 1, false);
  const base::UtcNs start = 1'795'131'000LL * base::kNsPerSecond;
  std::atomic<bool> first{true}, done{false};
  std::atomic<double> loop{0}, sum{0}, top{0}, count{0};
  const double length = alpha.demand->shuttleLine().length;
  double begin = -1;
  traffic::SumoLink link(
      alpha.network, *alpha.demand, alpha.programs,
      {.warmupSeconds = 30,
       .now = [&] { return first.exchange(false) ? start : start + 1600 * base::kNsPerSecond; },
       .longestLag = 2000},
      [&](const traffic::TrafficStep& step) {
        for (const auto& v : step.vehicles) {
          if (v.id != "shuttle-1" || done) continue;
          if (begin < 0) begin = step.simSecond, loop = v.odometer;
          if (v.speed > 3) sum = sum + v.speed, count = count + 1;
          top = std::max<double>(top, v.speed);
          if (v.odometer - loop >= length) {
            loop = step.simSecond - begin;
            done = true;
          }
        }
      });
  link.start();
  for (int i = 0; i < 300 && !done; ++i) std::this_thread::sleep_for(100ms);
  link.stop();
  ASSERT_TRUE(done) << link.status().text;
  std::printf("loop of %.0f m in %.1f min, cruising at %.1f km/h, at most %.1f\n", length, loop / 60,
              sum / count * 3.6, top * 3.6);
  EXPECT_NEAR(loop / 60, 18, 5);
  EXPECT_NEAR(sum / count * 3.6, 14.3, 0.7);
  EXPECT_LT(top * 3.6, 15.1);
}

TEST(AlphaTraffic, MorningPeakHasThreeToEightHundredVehicles) {
  MAKE_ALPHA(alpha);
  // Friday 20 November 2026, 08:30 in Korea; twelve times as fast as the wall clock.
  const base::UtcNs start = 1'795'131'000LL * base::kNsPerSecond;
  const base::MonoNs begin = base::SystemClock::monoNow();
  std::atomic<size_t> steps{0}, vehicles{0}, worstCount{0}, samples{0};
  std::atomic<double> firstAfter{0}, worst{0};
  const auto seconds = [&] { return static_cast<double>(base::SystemClock::monoNow() - begin) * 1e-9; };
  traffic::SumoLink link(
      alpha.network, *alpha.demand, alpha.programs,
      {.seed = 1, .now = [&] { return start + static_cast<base::UtcNs>(seconds() * 12e9); }},
      [&](const traffic::TrafficStep& step) {
        if (++steps == 1) firstAfter = seconds();
        vehicles = step.vehicles.size();
        for (const auto& v : step.vehicles) {
          const int index = alpha.network.graph.edgeOfLane(v.lane);
          if (index < 0 || v.lane[0] == ':') continue;
          const traffic::Edge& edge = alpha.network.graph.edges()[static_cast<size_t>(index)];
          const traffic::Projection at = traffic::project(edge.line, v.position);
          if (at.along < 30 || at.along > traffic::planLength(edge.line) - 30) continue;
          const double half = static_cast<double>(edge.lanes.size()) * edge.lanes[0].width / 2;
          ++samples;
          if (at.distance > half) ++worstCount;
          worst = std::max<double>(worst, at.distance - half);
        }
      });
  link.start();
  for (int i = 0; i < 600 && steps < 300; ++i) std::this_thread::sleep_for(100ms);
  const traffic::SumoLinkStatus status = link.status();
  link.stop();
  std::printf(
      "first step after %.2f s; %zu vehicles; %zu steps; departed %llu refused %llu teleports %llu; off the "
      "carriageway %zu of %zu, worst %.2f m\n",
      firstAfter.load(), vehicles.load(), steps.load(), static_cast<unsigned long long>(status.departed),
      static_cast<unsigned long long>(status.refused), static_cast<unsigned long long>(status.teleports),
      worstCount.load(), samples.load(), worst.load());
  EXPECT_GE(steps, 300u) << status.text;
  EXPECT_GE(vehicles, 300u);
  EXPECT_LE(vehicles, 800u);
  EXPECT_LT(firstAfter, 20.0);  // about 3 s on an idle machine
  EXPECT_LE(status.teleports, status.departed / 100);
  EXPECT_LT(static_cast<double>(worstCount), 1e-4 * static_cast<double>(samples));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/sumo_link.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "tests/twin/traffic/small_city.h"

namespace {

using namespace std::chrono_literals;

struct Rig {
  city::CityData city = traffic_test::smallCity();
  traffic::SumoNetwork network;
  std::unique_ptr<traffic::SumoDemand> demand;
  std::vector<traffic::SignalProgram> programs;

  bool make() {
    auto built =
        traffic::buildSumoNetwork(city, std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_traffic_cache");
    if (!built) return false;
    network = std::move(*built);
    programs = traffic::makeSignalPrograms(network.graph);
    demand = std::make_unique<traffic::SumoDemand>(city, network.graph, traffic::DemandTable{}, 7, false);
    return true;
  }
};

/// 08:30 in Korea on 20 November 2026, plus the seconds since the test began times `speed`.
std::function<base::UtcNs()> clockFrom(double speed) {
  const base::UtcNs start = 1'795'131'000LL * base::kNsPerSecond;
  const base::MonoNs begin = base::SystemClock::monoNow();
  return [=] {
    return start +
           static_cast<base::UtcNs>(static_cast<double>(base::SystemClock::monoNow() - begin) * speed);
  };
}

template <typename F>
bool waitFor(F&& done, double seconds) {
  const base::MonoNs end = base::SystemClock::monoNow() + static_cast<base::MonoNs>(seconds * 1e9);
  while (base::SystemClock::monoNow() < end) {
    if (done()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return done();
}

TEST(SumoLink, FillsTheRoadsAndKeepsVehiclesOnTheirLanes) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  Rig rig;
  ASSERT_TRUE(rig.make());
  std::atomic<size_t> most{0}, steps{0};
  std::atomic<double> worst{0};
  std::atomic<int> wrongSignals{0}, shuttles{0};
  traffic::SumoLink link(
      rig.network, *rig.demand, rig.programs, {.seed = 7, .warmupSeconds = 200, .now = clockFrom(1)},
      [&](const traffic::TrafficStep& step) {
        ++steps;
        most = std::max<size_t>(most, step.vehicles.size());
        for (const auto& v : step.vehicles) {
          if (v.kind == "shuttle") ++shuttles;
          const auto* lane = rig.network.graph.laneShape(v.lane);
          if (!lane || v.lane[0] == ':') continue;
          const double off = traffic::project(*lane, v.position).distance;
          if (traffic::project(*lane, v.position).along > 8) worst = std::max<double>(worst, off);
        }
        for (const auto& c : step.controllers)
          for (const auto& p : rig.programs)
            if (p.controller == c.controller &&
                p.phases[static_cast<size_t>(p.phaseAt(step.simSecond).first)].state != c.state)
              ++wrongSignals;
      });
  const base::MonoNs begin = base::SystemClock::monoNow();
  link.start();
  ASSERT_TRUE(waitFor([&] { return steps > 4; }, 20)) << link.status().text;
  std::printf("first five steps after %.2f s, %zu vehicles, worst distance %.2f m\n",
              static_cast<double>(base::SystemClock::monoNow() - begin) * 1e-9, most.load(), worst.load());
  EXPECT_GT(most, 40u);
  EXPECT_GT(shuttles, 0);
  EXPECT_LT(worst, 1.7);
  EXPECT_EQ(wrongSignals, 0);
  const base::MonoNs stop = base::SystemClock::monoNow();
  link.stop();
  EXPECT_LT(static_cast<double>(base::SystemClock::monoNow() - stop) * 1e-9, 2.0);
}

TEST(SumoLink, StartsAgainWhenSumoIsKilled) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  Rig rig;
  ASSERT_TRUE(rig.make());
  std::atomic<size_t> steps{0};
  traffic::SumoLink link(rig.network, *rig.demand, rig.programs, {.warmupSeconds = 20, .now = clockFrom(1)},
                         [&](const traffic::TrafficStep&) { ++steps; });
  link.start();
  ASSERT_TRUE(waitFor([&] { return steps > 1; }, 20)) << link.status().text;
  const int pid = link.status().pid;
  ASSERT_GT(pid, 0);
  ::kill(pid, SIGKILL);
  ASSERT_TRUE(waitFor([&] { return link.status().state == traffic::SumoLinkStatus::State::Waiting; }, 5));
  EXPECT_EQ(link.status().text, "SUMO died");
  const size_t before = steps;
  ASSERT_TRUE(waitFor([&] { return steps > before + 1; }, 20)) << link.status().text;
  EXPECT_EQ(link.status().starts, 2u);
  link.stop();
}

TEST(SumoLink, StopsInTimeWhenSumoHangs) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  Rig rig;
  ASSERT_TRUE(rig.make());
  std::atomic<size_t> steps{0};
  traffic::SumoLink link(rig.network, *rig.demand, rig.programs, {.warmupSeconds = 20, .now = clockFrom(1)},
                         [&](const traffic::TrafficStep&) { ++steps; });
  link.start();
  ASSERT_TRUE(waitFor([&] { return steps > 0; }, 20)) << link.status().text;
  const int pid = link.status().pid;
  ::kill(pid, SIGSTOP);
  std::this_thread::sleep_for(1200ms);
  const base::MonoNs stop = base::SystemClock::monoNow();
  link.stop();
  EXPECT_LT(static_cast<double>(base::SystemClock::monoNow() - stop) * 1e-9, 2.0);
  EXPECT_NE(::kill(pid, 0), 0);
}

}  // namespace

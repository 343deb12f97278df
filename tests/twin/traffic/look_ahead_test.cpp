// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/look_ahead.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <thread>

#include "tests/twin/traffic/small_city.h"
#include "twin/traffic/signal_program.h"
#include "twin/traffic/sumo_link.h"

// A live SUMO on the small city, and a second one that runs ahead of it.
namespace {

using namespace std::chrono_literals;
using State = traffic::LookAheadStatus::State;

struct Rig {
  city::CityData city = traffic_test::smallCity();
  traffic::SumoNetwork network;
  std::unique_ptr<traffic::SumoDemand> demand;
  std::vector<traffic::SignalProgram> programs;
  traffic::LookAhead ahead;
  std::atomic<uint64_t> steps{0};
  std::mutex mutex;
  std::map<int64_t, traffic::TrafficStep> seen;
  std::unique_ptr<traffic::SumoLink> link;

  explicit Rig(int seconds) : ahead({.seconds = seconds}) {}
  ~Rig() {
    ahead.stop();
    if (link) link->stop();
  }
  bool start(double speed) {
    auto built =
        traffic::buildSumoNetwork(city, std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_traffic_cache");
    if (!built) return false;
    network = std::move(*built);
    programs = traffic::makeSignalPrograms(network.graph);
    demand = std::make_unique<traffic::SumoDemand>(city, network.graph, traffic::DemandTable{}, 7, false);
    ahead.attach(network, city, *demand, 7, false);
    const base::UtcNs start = 1'795'131'000LL * base::kNsPerSecond;
    const base::MonoNs begin = base::SystemClock::monoNow();
    traffic::SumoLinkOptions options{.seed = 7, .warmupSeconds = 120, .sink = &ahead};
    options.now = [=] {
      return start +
             static_cast<base::UtcNs>(static_cast<double>(base::SystemClock::monoNow() - begin) * speed);
    };
    link = std::make_unique<traffic::SumoLink>(network, *demand, programs, options,
                                               [this](const traffic::TrafficStep& step) {
                                                 const std::lock_guard lock(mutex);
                                                 seen[step.time / base::kNsPerSecond] = step;
                                                 ++steps;
                                               });
    link->start();
    return true;
  }
  template <typename F>
  static bool waitFor(F&& done, double seconds) {
    const base::MonoNs end = base::SystemClock::monoNow() + static_cast<base::MonoNs>(seconds * 1e9);
    while (base::SystemClock::monoNow() < end && !done()) std::this_thread::sleep_for(2ms);
    return done();
  }
};

TEST(LookAhead, IsOffUntilAskedAndNotLiveWithoutSumo) {
  traffic::LookAhead ahead({});
  EXPECT_EQ(ahead.status().state, State::NotLive);
  ahead.setOn(true);
  EXPECT_EQ(ahead.status().state, State::NotLive);
  EXPECT_TRUE(ahead.wanted(60).empty());
  EXPECT_EQ(ahead.latest(), nullptr);
}

TEST(LookAhead, GivesVehiclesOfASavedStateTheirTypes) {
  EXPECT_EQ(
      traffic::withTypes(R"(<a><vehicle id="tx-0417" depart="1"/><vehicle id="car-1" type="van"/></a>)"),
      R"(<a><vehicle id="tx-0417" type="taxi" depart="1"/><vehicle id="car-1" type="van"/></a>)");
  EXPECT_EQ(traffic::withTypes("<vehicle id=\"cut"), "<vehicle id=\"cut");
}

TEST(LookAhead, GoesOnFromTheLiveState) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  Rig rig(240);
  ASSERT_TRUE(rig.start(4));
  ASSERT_TRUE(Rig::waitFor([&] { return rig.steps > 2; }, 30)) << rig.link->status().text;
  rig.ahead.setOn(true);
  ASSERT_TRUE(Rig::waitFor([&] { return rig.ahead.latest() != nullptr; }, 60)) << rig.ahead.status().text;
  const auto forecast = rig.ahead.latest();
  const int64_t made = forecast->made / base::kNsPerSecond;
  EXPECT_EQ(forecast->until - forecast->made, 240 * base::kNsPerSecond);
  ASSERT_TRUE(Rig::waitFor(
      [&] {
        const std::lock_guard lock(rig.mutex);
        return rig.seen.contains(made + 20);
      },
      30));
  // Where the forecast puts the vehicles that were there when it was made, against where they came.
  const std::lock_guard lock(rig.mutex);
  // At first they are the same; then every driver dawdles in his own way.
  size_t same = 0, near = 0, first = 0, later = 0, ghosts = 0;
  for (const traffic::ForecastMover& mover : forecast->movers) {
    ghosts += mover.id.ends_with("~");
    if (mover.first != made + 1) continue;
    for (const int64_t second : {made + 1, made + 20}) {
      const auto& vehicles = rig.seen.at(second).vehicles;
      const auto at =
          std::find_if(vehicles.begin(), vehicles.end(), [&](const auto& v) { return v.id == mover.id; });
      const auto index = static_cast<size_t>(second - mover.first);
      if (at == vehicles.end() || index >= mover.poses.size()) continue;
      const glm::dvec2 said(mover.poses[index].x, mover.poses[index].y);
      const double off = glm::distance(said, at->position);
      if (second == made + 1) {
        ++first;
        same += off < 4;  // a lane change is 3.25 m
      } else {
        ++later;
        near += off < 30;
      }
    }
  }
  const traffic::LookAheadStatus status = rig.ahead.status();
  std::printf(
      "%zu movers (%zu drawn anew), %zu poses, %zu minutes, %zu arrivals in %.2f s; held up %.0f ms; "
      "after 1 s %zu of %zu within 4 m, after 20 s %zu of %zu within 30 m\n",
      forecast->movers.size(), ghosts, forecast->poses(), forecast->minutes.size(), forecast->arrivals.size(),
      forecast->computeSeconds, status.heldUpSeconds * 1e3, same, first, near, later);
  EXPECT_GT(first, 20u);
  EXPECT_GE(static_cast<double>(same), 0.9 * static_cast<double>(first));
  EXPECT_GE(static_cast<double>(near), 0.8 * static_cast<double>(later));
  EXPECT_GT(ghosts, 10u);
  EXPECT_GE(forecast->minutes.size(), 3u);
  EXPECT_FALSE(forecast->truncated);
  EXPECT_LT(status.heldUpSeconds, 1.0);
}

TEST(LookAhead, ItsSumoMayDieAndTheLiveOneGoesOn) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  Rig rig(3600);
  ASSERT_TRUE(rig.start(4));
  ASSERT_TRUE(Rig::waitFor([&] { return rig.steps > 2; }, 30)) << rig.link->status().text;
  rig.ahead.setOn(true);
  ASSERT_TRUE(Rig::waitFor([&] { return rig.ahead.status().pid > 0; }, 30));
  ::kill(rig.ahead.status().pid, SIGKILL);
  ASSERT_TRUE(Rig::waitFor([&] { return rig.ahead.status().failures > 0; }, 10));
  EXPECT_EQ(rig.ahead.status().state, State::Failed);
  EXPECT_NE(rig.ahead.status().text.find("the second SUMO died"), std::string::npos)
      << rig.ahead.status().text;
  const uint64_t before = rig.steps;
  EXPECT_TRUE(Rig::waitFor([&] { return rig.steps > before + 3; }, 20));
  EXPECT_EQ(rig.link->status().starts, 1u);
  // The next one is asked for as if nothing had been.
  rig.ahead.askNow();
  EXPECT_TRUE(Rig::waitFor([&] { return rig.ahead.status().pid > 0; }, 30));
}

}  // namespace

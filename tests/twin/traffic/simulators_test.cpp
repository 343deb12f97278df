// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/simulators.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "engine/base/hash.h"
#include "twin/traffic/polyline.h"
#include "twin/traffic/sumo_link.h"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

fs::path packFolder() {
  return fs::path(ALPHACITY_SOURCE_DIR) / "assets/city/alpha";
}
fs::path recording() {
  return fs::path(ALPHACITY_SOURCE_DIR) / "assets/traffic/alpha_day.rec";
}

struct Played {
  uint64_t hash = base::kHashSeed;
  std::map<std::string, size_t> kinds;
  std::set<std::string> vehicles;
  size_t messages = 0;
};

Played playFixed(const city::CityData& city, base::UtcNs start, int seconds) {
  Played run;
  traffic::Simulators simulators(city, {.seed = 11, .useSumo = false},
                                 [&](std::string_view topic, std::string_view bytes, base::UtcNs sent) {
                                   run.hash = base::hashBytes(
                                       bytes, base::hashBytes(topic, run.hash ^ static_cast<uint64_t>(sent)));
                                   ++run.kinds[std::string(topic.substr(0, topic.find('/')))];
                                   if (topic.starts_with("telemetry/")) run.vehicles.emplace(topic);
                                   ++run.messages;
                                 });
  for (int frame = 0; frame < seconds * 4; ++frame)
    simulators.advanceTo(start + frame * base::kNsPerSecond / 4);
  return run;
}

TEST(Simulators, FixedClockGivesTheSameBytes) {
  if (!fs::exists(recording())) GTEST_SKIP() << "no recorded day";
  auto city = city::readCity(packFolder());
  ASSERT_TRUE(city) << city.error();
  const base::UtcNs start = 1'795'131'000LL * base::kNsPerSecond;  // 20 November 2026, 08:30 in Korea
  const base::MonoNs begin = base::SystemClock::monoNow();
  const Played a = playFixed(*city, start, 20);
  const double seconds = static_cast<double>(base::SystemClock::monoNow() - begin) * 1e-9;
  const Played b = playFixed(*city, start, 20);
  EXPECT_EQ(a.hash, b.hash);
  EXPECT_GE(a.vehicles.size(), 300u);
  EXPECT_LE(a.vehicles.size(), 900u);
  EXPECT_TRUE(a.vehicles.contains("telemetry/shuttle/shuttle-1"));
  EXPECT_TRUE(a.vehicles.contains("telemetry/shuttle/shuttle-2"));
  for (const char* topic : {"telemetry", "v1.1", "spat", "gtfs-rt"})
    EXPECT_GT(a.kinds.at(topic), 0u) << topic;
  std::printf("20 s at 08:30: %zu vehicles, %zu messages, %.2f s to make them\n", a.vehicles.size(),
              a.messages, seconds);
}

TEST(Simulators, RecordingFitsThePack) {
  if (!fs::exists(recording())) GTEST_SKIP() << "no recorded day";
  EXPECT_LT(fs::file_size(recording()), 3u << 20);
  auto city = city::readCity(packFolder());
  ASSERT_TRUE(city) << city.error();
  // Every position lies on a drawn carriageway; a network that has moved since wants a new recording.
  size_t positions = 0, off = 0;
  traffic::Simulators simulators(
      *city, {.useSumo = false}, [&](std::string_view topic, std::string_view bytes, base::UtcNs) {
        if (!topic.starts_with("telemetry/")) return;
        double lon = 0, lat = 0;
        const size_t at = bytes.find("\"lon\":"), to = bytes.find("\"lat\":");
        if (at == std::string_view::npos || to == std::string_view::npos) return;
        lon = std::strtod(bytes.data() + at + 6, nullptr);
        lat = std::strtod(bytes.data() + to + 6, nullptr);
        const glm::dvec3 p = city->frame.toCity({lon, lat, 0});
        double best = 1e9;
        for (const city::Feature& road : city->roads) {
          const double half =
              ((road.number("lanes_forward") + road.number("lanes_backward")) * road.number("lane_width") +
               road.number("median")) /
              2;
          best = std::min(best, traffic::project(road.rings.front(), {p.x, p.y}).distance - half);
        }
        ++positions;
        if (best > 1) ++off;
      });
  simulators.advanceTo(1'795'131'000LL * base::kNsPerSecond);
  std::printf("%zu positions, %zu more than a metre off the carriageway (turns at crossings)\n", positions,
              off);
  EXPECT_GT(positions, 300u);
  EXPECT_LT(static_cast<double>(off), 0.02 * static_cast<double>(positions));
}

TEST(Simulators, LiveRunStartsAndStopsInTime) {
  std::string why;
  if (!traffic::SumoLink::available(why)) GTEST_SKIP() << why;
  auto city = city::readCity(packFolder());
  ASSERT_TRUE(city) << city.error();
  std::mutex mutex;
  std::set<std::string> present;
  double first = 0;
  const base::MonoNs begin = base::SystemClock::monoNow();
  const auto seconds = [&] { return static_cast<double>(base::SystemClock::monoNow() - begin) * 1e-9; };
  traffic::SimOptions options{.seed = 1};
  options.cacheFolder = fs::path(ALPHACITY_BINARY_DIR) / "test_traffic_cache";
  options.now = [&] {
    return 1'795'131'000LL * base::kNsPerSecond + static_cast<base::UtcNs>(seconds() * 1e9);
  };
  traffic::Simulators simulators(*city, options,
                                 [&](std::string_view topic, std::string_view bytes, base::UtcNs) {
                                   if (!topic.starts_with("telemetry/")) return;
                                   const std::lock_guard lock(mutex);
                                   if (bytes.find("\"gone\"") != std::string_view::npos)
                                     present.erase(std::string(topic));
                                   else
                                     present.emplace(topic);
                                   if (first == 0) first = seconds();
                                 });
  simulators.start();
  for (int i = 0; i < 500 && simulators.vehicles() == 0; ++i) std::this_thread::sleep_for(50ms);
  EXPECT_GE(simulators.vehicles(), 300u);
  const double stopAt = seconds();
  simulators.stop();
  std::printf("first vehicle after %.2f s, stopped in %.2f s\n", first, seconds() - stopAt);
  EXPECT_LT(first, 20);  // about 3 s on an idle machine
  EXPECT_LT(seconds() - stopAt, 2);
  EXPECT_TRUE(present.empty()) << present.size() << " vehicles were left behind";
}

TEST(Simulators, WithoutARecordingItSaysSoAndDevicesGoOn) {
  auto city = city::readCity(packFolder());
  ASSERT_TRUE(city) << city.error();
  size_t devices = 0;
  traffic::Simulators simulators(
      *city, {.useSumo = false, .recordedDay = "/nonexistent/day.rec"},
      [&](std::string_view topic, std::string_view, base::UtcNs) { devices += topic.starts_with("v1.1"); });
  simulators.advanceTo(1'795'131'000LL * base::kNsPerSecond);
  EXPECT_GT(devices, 1000u);
  EXPECT_FALSE(simulators.status()[0].good);
  EXPECT_NE(simulators.status()[0].text.find("/nonexistent/day.rec"), std::string::npos);
}

}  // namespace

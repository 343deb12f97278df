// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/device_sim.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "engine/base/hash.h"
#include "tests/twin/traffic/small_city.h"
#include "twin/traffic/sun_times.h"

namespace {

const core::TimeZone kKorea;

core::LocalTime at(int day, double hour) {
  core::LocalTime local{.year = 2026, .month = 11, .day = day};
  local.hour = static_cast<int>(hour);
  local.minute = static_cast<int>(std::lround((hour - local.hour) * 60));
  // Through UTC, so that weekday and day of the year are right.
  return core::toLocal(core::fromLocal(local, kKorea), kKorea);
}

base::UtcNs utc(int day, double hour) {
  return core::fromLocal(at(day, hour), kKorea);
}

city::CityData cityWithDevices(int count) {
  city::CityData city = traffic_test::smallCity();
  const char* kinds[] = {"street_light",  "air_station",  "waste_bin",      "parking_lot",
                         "speed_display", "noise_sensor", "weather_station"};
  const std::map<std::string, std::vector<std::string>> properties{
      {"street_light", {"power_state", "dimming", "power", "energy"}},
      {"air_station", {"pm10", "pm25", "o3"}},
      {"waste_bin", {"fill"}},
      {"parking_lot", {"occupied", "occupancy"}},
      {"speed_display", {"speed"}},
      {"noise_sensor", {"noise"}},
      {"weather_station", {"temperature", "rain"}}};
  double number = 1000;
  for (int i = 0; i < count; ++i) {
    city::Feature f = traffic_test::node("dev_" + std::to_string(i), i * 3.0, 5, kinds[i % 7]);
    for (const std::string& property : properties.at(kinds[i % 7])) f.numbersByName[property] = ++number;
    f.properties["capacity"] = 200.0;
    f.properties["watt"] = 90.0;
    f.properties["edge"] = std::string("south");
    city.devices.push_back(f);
  }
  return city;
}

uint64_t hashOf(const std::vector<traffic::WireMessage>& messages) {
  uint64_t h = base::kHashSeed;
  for (const auto& m : messages)
    h = base::hashBytes(m.bytes, base::hashBytes(m.topic, h ^ static_cast<uint64_t>(m.time)));
  return h;
}

TEST(DeviceSim, SameSeedSameBytesAndAnySplitOfTheTime) {
  const city::CityData city = cityWithDevices(70);
  const base::UtcNs from = utc(19, 8), to = utc(19, 8.5), middle = utc(19, 8.2) + 123456789;
  const auto whole = traffic::simulateDevices(city, from, to, 5);
  EXPECT_GT(whole.size(), 1000u);
  EXPECT_EQ(hashOf(whole), hashOf(traffic::simulateDevices(city, from, to, 5)));
  EXPECT_NE(hashOf(whole), hashOf(traffic::simulateDevices(city, from, to, 6)));
  auto split = traffic::simulateDevices(city, from, middle, 5);
  for (const auto& m : traffic::simulateDevices(city, middle, to, 5)) split.push_back(m);
  EXPECT_EQ(hashOf(whole), hashOf(split));
}

TEST(DeviceSim, LosesBetweenHalfAndTwoPercentAndSomeAreSilent) {
  const city::CityData city = cityWithDevices(700);
  const traffic::DeviceSim sim(city, 3, false, {.offline = 0, .stuck = 0, .skewSeconds = 2});
  const double hours = 3;
  double due = 0;
  for (const auto& d : sim.devices())
    due += hours * 3600 / d.period * static_cast<double>(d.datastreams.size());
  const double lost = 1 - static_cast<double>(sim.reports(utc(19, 9), utc(19, 9 + hours)).size()) / due;
  EXPECT_GT(lost, 0.005);
  EXPECT_LT(lost, 0.02);
  const traffic::DeviceSim faulty(city, 3, false);
  std::set<std::string> topics;
  for (const auto& m : faulty.reports(utc(19, 10), utc(19, 10.5))) topics.insert(m.topic);
  EXPECT_LT(topics.size(), faulty.datastreams());
  EXPECT_GT(static_cast<double>(topics.size()), 0.95 * static_cast<double>(faulty.datastreams()));
  std::printf("lost %.2f %%, silent datastreams %zu of %zu\n", lost * 100,
              faulty.datastreams() - topics.size(), faulty.datastreams());
}

TEST(DeviceSim, LatestHasOneReportOfEveryDeviceThatSpeaks) {
  const city::CityData city = cityWithDevices(140);
  const traffic::DeviceSim sim(city, 3, false);
  std::map<std::string, int> seen;
  for (const auto& m : sim.latest(utc(19, 12))) ++seen[m.topic];
  for (const auto& [topic, times] : seen) EXPECT_EQ(times, 1) << topic;
  EXPECT_GT(static_cast<double>(seen.size()), 0.97 * static_cast<double>(sim.datastreams()));
}

TEST(DeviceSim, LampsFollowTheSun) {
  const city::CityData city = cityWithDevices(7);
  const traffic::DeviceSim sim(city, 3, false);
  const traffic::SimDevice& lamp = sim.devices()[0];
  ASSERT_EQ(lamp.kind, "street_light");
  const auto on = [&](double hour) { return std::get<bool>(sim.value(lamp, "power_state", utc(20, hour))); };
  // 20 November in Daegu: sunrise about 07:08, sunset about 17:15.
  EXPECT_TRUE(on(6));
  EXPECT_FALSE(on(7.5));
  EXPECT_FALSE(on(16.9));
  EXPECT_TRUE(on(17.3));
  EXPECT_EQ(std::get<double>(sim.value(lamp, "dimming", utc(20, 3))), 50);
  EXPECT_EQ(std::get<double>(sim.value(lamp, "dimming", utc(20, 20))), 100);
  double before = 0;
  for (double hour = 0; hour < 24; hour += 0.5) {
    const double energy = std::get<double>(sim.value(lamp, "energy", utc(20, hour)));
    EXPECT_GE(energy, before) << hour;
    before = energy;
  }
  EXPECT_GE(std::get<double>(sim.value(lamp, "energy", utc(21, 0))), before);
}

TEST(Profiles, ParkingAnchors) {
  using traffic::ParkingUse;
  const auto percent = [&](ParkingUse use, int day, double hour, bool match = false) {
    return 100 * traffic::parkingOccupancy(use, at(day, hour), match);
  };
  EXPECT_NEAR(percent(ParkingUse::Office, 19, 10), 92, 0.5);  // a Thursday
  EXPECT_NEAR(percent(ParkingUse::Office, 19, 10.7), 92, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Office, 19, 12), 84, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Office, 19, 3), 15, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Apartment, 19, 3), 95, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Apartment, 19, 14), 50, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Mall, 19, 15), 80, 0.5);
  EXPECT_NEAR(percent(ParkingUse::Mall, 21, 15), 95, 1);  // Saturday
  EXPECT_NEAR(percent(ParkingUse::Venue, 19, 18, true), 100, 0.5);
  EXPECT_LT(percent(ParkingUse::Venue, 19, 18, false), 25);
}

TEST(Profiles, NoiseAirAndWeatherAreInTheirBands) {
  EXPECT_NEAR(traffic::roadNoise(at(19, 8.5), true), 72, 2);
  EXPECT_NEAR(traffic::roadNoise(at(19, 3.5), true), 67.5, 1.5);
  EXPECT_NEAR(traffic::roadNoise(at(19, 14), false), 61, 3);
  EXPECT_NEAR(traffic::roadNoise(at(19, 3.5), false), 51, 3);
  double sum = 0, morning = 0, afternoon = 0;
  for (int day = 1; day <= 30; ++day)
    for (int hour = 0; hour < 24; ++hour) {
      const double value = traffic::pm25(at(day, hour), 4, false);
      sum += value;
      if (hour >= 8 && hour < 10) morning += value / 2;
      if (hour >= 14 && hour < 17) afternoon += value / 3;
    }
  EXPECT_NEAR(sum / 720, 20, 7);
  EXPECT_GT(morning, afternoon * 1.1);
  EXPECT_GT(traffic::airTemperature(at(19, 15), 4), traffic::airTemperature(at(19, 6), 4) + 7);
}

TEST(SunTimes, MatchesTheAlmanacAtDaegu) {
  // Winter solstice 12:23 KST: altitude 30.7 degrees; 09:00: 13.7 (with refraction below 0.1).
  core::LocalTime noon{.year = 2026, .month = 12, .day = 22, .hour = 12, .minute = 23};
  const double degrees =
      traffic::sunAltitude(core::fromLocal(noon, kKorea), 35.8365, 128.685) * 180 / 3.14159265358979;
  EXPECT_NEAR(degrees, 30.7, 0.15);
  core::LocalTime nine{.year = 2026, .month = 12, .day = 22, .hour = 9};
  EXPECT_NEAR(traffic::sunAltitude(core::fromLocal(nine, kKorea), 35.8365, 128.685) * 180 / 3.14159265358979,
              13.7, 0.2);
}

}  // namespace

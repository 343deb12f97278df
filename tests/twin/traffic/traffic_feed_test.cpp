// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/traffic_feed.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "tests/twin/traffic/small_city.h"
#include "twin/traffic/recorded_day.h"

namespace {

using traffic::TrafficStep;
using traffic::VehicleState;

struct Sent {
  std::vector<std::pair<std::string, std::string>> messages;
  traffic::Publish publish = [this](std::string_view topic, std::string_view bytes, base::UtcNs) {
    messages.emplace_back(topic, bytes);
  };
  size_t count(std::string_view prefix) const {
    size_t n = 0;
    for (const auto& [topic, bytes] : messages) n += topic.starts_with(prefix);
    return n;
  }
};

VehicleState vehicle(const std::string& id, const std::string& kind, glm::dvec2 position, double speed,
                     double odometer) {
  VehicleState v;
  v.id = id;
  v.kind = kind;
  v.position = position;
  v.heading = 1.5707963;
  v.speed = speed;
  v.odometer = odometer;
  return v;
}

TrafficStep stepAt(int second, std::vector<VehicleState> vehicles) {
  TrafficStep step;
  step.time = (1'795'131'000LL + second) * base::kNsPerSecond;
  step.simSecond = second;
  step.vehicles = std::move(vehicles);
  return step;
}

TEST(TrafficFeed, VehiclesThatLeaveAreGoneOnce) {
  const city::CityData city = traffic_test::smallCity();
  traffic::RoadGraph graph;
  const traffic::TransitLine none;
  traffic::TrafficFeed feed(city, graph, {}, none, {}, 1);
  Sent sent;
  feed.publish(stepAt(0, {vehicle("car-1", "car", {0, 0}, 10, 0), vehicle("car-2", "car", {20, 0}, 10, 0)}),
               sent.publish);
  EXPECT_EQ(sent.count("telemetry/car/"), 2u);
  for (int s = 1; s < 6; ++s)
    feed.publish(stepAt(s, {vehicle("car-1", "car", {s * 10.0, 0}, 10, s * 10)}), sent.publish);
  size_t gone = 0;
  for (const auto& [topic, bytes] : sent.messages)
    if (bytes.find("\"gone\":true") != std::string::npos) {
      ++gone;
      EXPECT_EQ(topic, "telemetry/car/car-2");
    }
  EXPECT_EQ(gone, 1u);
  EXPECT_EQ(feed.vehicles(), 1u);
}

TEST(AdasModel, RatesPerThousandKilometresAreKept) {
  city::CityData city = traffic_test::smallCity();
  city::Feature walk;
  walk.id = "cw";
  walk.type = city::GeometryType::Line;
  walk.rings = {{{-5, 0, 0}, {5, 0, 0}}};
  city.crosswalks.push_back(walk);
  traffic::RoadGraph graph;
  traffic::AdasModel model(city, graph, 9);
  std::map<std::string, int> counts;
  double odometer = 0;
  for (int second = 0; second < 400'000; ++second) {
    // Three taxis: one fast, one slow behind a car, one in the middle, all by the crosswalk.
    odometer += 12;
    std::vector<VehicleState> vehicles{
        vehicle("car-1", "car", {30, 0}, 16, odometer), vehicle("tx-0001", "taxi", {12, 0}, 16, odometer),
        vehicle("tx-0002", "taxi", {0, 40}, 5, odometer), vehicle("car-2", "car", {9, 40}, 5, odometer)};
    for (const auto& event : model.step(stepAt(second, vehicles))) ++counts[event.type];
  }
  const double thousands = model.kilometres() / 1000;
  EXPECT_NEAR(thousands, 9.6, 0.1);
  const double lane = (counts["LLDW"] + counts["RLDW"]) / thousands;
  EXPECT_GT(counts["HMW"] / thousands, 60);
  EXPECT_LT(counts["HMW"] / thousands, 120);
  EXPECT_GT(lane, 10);
  EXPECT_LT(lane, 25);
  EXPECT_GT(counts["UFCW"] / thousands, 6);
  EXPECT_LT(counts["UFCW"] / thousands, 12);
  EXPECT_GT(counts["FCW"] / thousands, 0.8);
  EXPECT_LT(counts["FCW"] / thousands, 3.4);
  EXPECT_GT(counts["PCW"] / thousands, 0.8);
  EXPECT_LT(counts["PCW"] / thousands, 3.4);
  std::printf("per 1000 km: HMW %.0f LDW %.0f UFCW %.1f FCW %.1f PCW %.1f SLI %.0f\n",
              counts["HMW"] / thousands, lane, counts["UFCW"] / thousands, counts["FCW"] / thousands,
              counts["PCW"] / thousands, counts["SLI"] / thousands);
}

TEST(RecordedDay, IsReadBackAsItWasWritten) {
  traffic::RecordedDay day;
  day.network = "<net/>";
  traffic::RecordedSlice slice{.daySecond = 30600, .stepSeconds = 2, .steps = {}};
  for (int s = 0; s < 20; s += 2) {
    VehicleState bridge = vehicle("car-2", "car", {600, s * 10.0}, 20, s * 20);
    bridge.elevated = true;
    bridge.z = 12.34;
    bridge.pitch = 0.02;
    slice.steps.push_back(stepAt(s, {vehicle("bus-1", "bus", {s * 7.13, -3}, 7.1, s * 7), bridge}));
  }
  day.slices.push_back(slice);
  const auto file = std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_day.rec";
  ASSERT_TRUE(day.save(file));
  auto read = traffic::RecordedDay::load(file);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->network, day.network);
  ASSERT_EQ(read->slices.size(), 1u);
  ASSERT_EQ(read->slices[0].steps.size(), 10u);
  const auto& back = read->slices[0].steps[7].vehicles;
  ASSERT_EQ(back.size(), 2u);
  EXPECT_EQ(back[0].kind, "bus");
  EXPECT_NEAR(back[0].position.x, 14 * 7.13, 0.02);
  EXPECT_NEAR(back[1].z, 12.34, 0.02);
  EXPECT_TRUE(back[1].elevated);
  EXPECT_NEAR(back[1].pitch, 0.02, 0.001);
}

TEST(RecordedDay, DamagedFilesAreRefused) {
  const auto file = std::filesystem::path(ALPHACITY_BINARY_DIR) / "test_damaged.rec";
  traffic::RecordedDay day;
  day.slices.push_back(
      {.daySecond = 0, .stepSeconds = 2, .steps = {stepAt(0, {vehicle("a", "car", {1, 2}, 3, 4)})}});
  ASSERT_TRUE(day.save(file));
  const auto size = std::filesystem::file_size(file);
  for (size_t keep = 0; keep < size; ++keep) {
    std::filesystem::resize_file(file, keep);
    EXPECT_FALSE(traffic::RecordedDay::load(file)) << keep;
    ASSERT_TRUE(day.save(file));
  }
}

TEST(RecordedDay, ChoosesTheNearestHourAndLoops) {
  traffic::RecordedDay day;
  for (const double hour : {3.0, 8.5, 22.0})
    day.slices.push_back({.daySecond = hour * 3600, .stepSeconds = 2, .steps = std::vector<TrafficStep>(75)});
  const core::TimeZone korea;
  const auto placeAt = [&](int hour) {
    return day.placeAt(core::fromLocal({.year = 2026, .month = 11, .day = 22, .hour = hour}, korea), korea)
        ->slice;
  };
  EXPECT_EQ(placeAt(9), 1u);
  EXPECT_EQ(placeAt(23), 2u);
  EXPECT_EQ(placeAt(1), 0u);  // 2 hours from 03:00, 3 from 22:00
  EXPECT_EQ(placeAt(0), 2u);
}

}  // namespace

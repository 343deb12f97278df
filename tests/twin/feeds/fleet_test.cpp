// SPDX-License-Identifier: Apache-2.0
// Shared vehicles: GBFS 2.x (Bay Wheels) and 3.0, MDS 2.0 and 1.2. What appears, and what leaves.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decode_gbfs.h"
#include "twin/feeds/decode_mds.h"

namespace {

using namespace feeds_test;
using Json = nlohmann::json;
const std::filesystem::path kBikes = ALPHACITY_SOURCE_DIR "/../shared/data/gbfs_bikes";

feeds::Decoded decode(feeds::Decoder decoder, const std::string& topic, const std::string& text) {
  static const feeds::DatastreamRegistry registry;
  feeds::RawMessage message;
  message.topic = topic;
  message.bytes = text;
  message.received = kNow;
  return decoder(message, {.frame = alphaFrame(), .datastreams = registry});
}

std::string readAll(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(GbfsBayWheels, EveryStationAndEveryBike) {
  if (!std::filesystem::exists(kBikes)) GTEST_SKIP() << kBikes << " is not there";
  const auto text = [&](const char* file) { return readAll(kBikes / (std::string(file) + ".json")); };
  const auto stations = decode(feeds::decodeGbfs, "gbfs/baywheels/station_information", text("station_information"));
  ASSERT_TRUE(stations.ok()) << stations.error();
  const Json information = Json::parse(text("station_information"));
  EXPECT_EQ(stations->descriptions.size(), information["data"]["stations"].size());
  EXPECT_TRUE(stations.warnings.empty());
  EXPECT_EQ(stations->descriptions[0].name.ko, information["data"]["stations"][0]["name"]);

  const auto status = decode(feeds::decodeGbfs, "gbfs/baywheels/station_status", text("station_status"));
  ASSERT_TRUE(status.ok()) << status.error();
  const Json first = Json::parse(text("station_status"))["data"]["stations"][0];
  EXPECT_EQ(status->properties[0].entity, "baywheels/station/" + first["station_id"].get<std::string>());
  EXPECT_EQ(status->properties[0].property, "vehicles_available");
  EXPECT_EQ(std::get<double>(status->properties[0].value), first["num_bikes_available"].get<double>());
  EXPECT_EQ(status->properties[0].eventTime / base::kNsPerSecond, first["last_reported"].get<int64_t>());

  const auto bikes = decode(feeds::decodeGbfs, "gbfs/baywheels/free_bike_status", text("free_bike_status"));
  ASSERT_TRUE(bikes.ok()) << bikes.error();
  const Json list = Json::parse(text("free_bike_status"))["data"]["bikes"];
  EXPECT_EQ(bikes->poses.size(), list.size());
  EXPECT_EQ(bikes->census->list, "baywheels/vehicle");
  for (const char* quiet : {"system_information", "system_alerts", "system_calendar", "system_hours", "system_regions"}) {
    const auto nothing = decode(feeds::decodeGbfs, std::string("gbfs/baywheels/") + quiet, text(quiet));
    ASSERT_TRUE(nothing.ok()) << quiet;
    EXPECT_TRUE(nothing->empty());
  }
}

std::string vehicles3(const std::set<int>& ids, int second) {
  Json list = Json::array();
  for (const int id : ids) list.push_back({{"vehicle_id", "v" + std::to_string(id)}, {"lat", 35.83}, {"lon", 128.69}, {"is_reserved", false}, {"is_disabled", false}, {"vehicle_type_id", "scooter_a"}, {"current_fuel_percent", 0.5}});
  char time[32];
  std::snprintf(time, sizeof time, "2026-11-22T08:%02d:%02d+00:00", second / 60, second % 60);
  return Json{{"last_updated", time}, {"ttl", 10}, {"version", "3.0"}, {"data", {{"vehicles", list}}}}.dump();
}

TEST(Gbfs3, NamesTimesAndKinds) {
  const auto station = decode(feeds::decodeGbfs, "gbfs/daegu/station_information",
                              R"({"last_updated":"2026-11-22T08:00:00Z","ttl":0,"version":"3.0","data":{"stations":[{"station_id":"a",
      "name":[{"text":"대공원역","language":"ko"},{"text":"Grand Park","language":"en"}],"lat":35.83,"lon":128.69,"capacity":20}]}})");
  ASSERT_TRUE(station.ok()) << station.error();
  EXPECT_EQ(station->descriptions[0].name.ko, "대공원역");
  EXPECT_EQ(station->descriptions[0].name.en, "Grand Park");
  EXPECT_EQ(station->descriptions[0].kind, "bike_station");
  const auto vehicles = decode(feeds::decodeGbfs, "gbfs/daegu/vehicle_status", vehicles3({1, 2}, 5));
  ASSERT_TRUE(vehicles.ok()) << vehicles.error();
  EXPECT_EQ(vehicles->poses[0].kind, "scooter");
  EXPECT_EQ(vehicles->poses[0].eventTime, *core::parseIso8601("2026-11-22T08:00:05Z"));
  EXPECT_EQ(decode(feeds::decodeGbfs, "gbfs/d/vehicle_status", R"({"data":{"vehicles":[]}})").error(), "time");
  EXPECT_EQ(decode(feeds::decodeGbfs, "gbfs/d/vehicle_status", R"({"last_updated":5,"data":{}})").error(), "missing_field");
}

std::set<std::string> shown(const Feed& feed) {
  std::set<std::string> ids;
  for (const model::EntityRow& row : const_cast<Feed&>(feed).ingest.keyframe().rows) ids.insert(row.entity.info->id);
  return ids;
}

/// After any series of censuses exactly the last one's vehicles are there.
RC_GTEST_PROP(Gbfs3, WhatIsGoneHasLeft, ()) {
  Feed feed;
  std::set<int> last;
  const int rounds = *rc::gen::inRange(1, 6);
  for (int round = 0; round < rounds; ++round) {
    const auto ids = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
    last = std::set<int>(ids.begin(), ids.end());
    feed.transport->publish("gbfs/daegu/vehicle_status", vehicles3(last, round + 1), kNow);
  }
  std::set<std::string> expected;
  for (const int id : last) expected.insert("daegu/vehicle/v" + std::to_string(id));
  RC_ASSERT(shown(feed) == expected);
}

TEST(Gbfs3, AnOlderCensusTakesNothingAway) {
  Feed feed;
  feed.transport->publish("gbfs/d/vehicle_status", vehicles3({1, 2}, 20), kNow);
  feed.transport->publish("gbfs/d/vehicle_status", vehicles3({1}, 10), kNow);
  EXPECT_EQ(shown(feed).size(), 2u);
  feed.transport->publish("gbfs/d/vehicle_status", vehicles3({1}, 30), kNow);
  EXPECT_EQ(shown(feed), std::set<std::string>{"d/vehicle/v1"});
}

TEST(Mds2, StatusEventsAndTelemetry) {
  const auto status = decode(feeds::decodeMds, "mds/gbike/vehicles_status", R"({"version":"2.0.0","last_updated":1795338000000,"ttl":60000,"vehicles_status":[
    {"device_id":"d1","provider_id":"p","last_event":{"event_id":"e","vehicle_state":"available","event_types":["trip_end"],"timestamp":1795337000000,"location":{"lat":35.83,"lng":128.69}},
     "last_telemetry":{"timestamp":1795337100000,"location":{"lat":35.84,"lng":128.69,"speed":3.5,"heading":90},"battery_percent":55}},
    {"device_id":"d2","last_event":{"vehicle_state":"on_trip","timestamp":1795337000000,"location":{"lat":95,"lng":0}}}]})");
  ASSERT_TRUE(status.ok()) << status.error();
  ASSERT_EQ(status->poses.size(), 1u);
  EXPECT_EQ(status->poses[0].entity, "gbike/d1");
  EXPECT_EQ(status->poses[0].speed, 3.5);
  EXPECT_EQ(status->poses[0].eventTime, 1795337100 * base::kNsPerSecond);
  EXPECT_EQ(status.warnings, std::vector<std::string>{"position"});
  ASSERT_TRUE(status->census.has_value());
  const auto events = decode(feeds::decodeMds, "mds/gbike/events", R"({"version":"2.0.0","events":[
    {"device_id":"d1","event_id":"e9","vehicle_state":"removed","event_types":["maintenance_pick_up"],"timestamp":1795337000000,"location":{"lat":35.83,"lng":128.69}},
    {"device_id":"d2","event_id":"e10","vehicle_state":"available","event_types":["trip_end"],"timestamp":1795337000000,"location":{"lat":35.83,"lng":128.69}}]})");
  ASSERT_TRUE(events.ok()) << events.error();
  ASSERT_EQ(events->events.size(), 2u);
  EXPECT_EQ(events->events[0].type, "mds.maintenance_pick_up");
  EXPECT_EQ(events->departures.size(), 1u);
  EXPECT_EQ(events->poses.size(), 1u);
  const auto telemetry = decode(feeds::decodeMds, "mds/gbike/telemetry", R"([{"device_id":"d1","timestamp":1795337000000,"location":{"lat":35.83,"lng":128.69}}])");
  ASSERT_TRUE(telemetry.ok()) << telemetry.error();
  EXPECT_EQ(telemetry->poses.size(), 1u);
  EXPECT_FALSE(telemetry->census.has_value());
  EXPECT_EQ(decode(feeds::decodeMds, "mds/gbike/policies", "{}").error(), "topic");
}

TEST(Mds1, VehiclesStatusChangesAndTrips) {
  const std::string point = R"({"type":"Feature","properties":{"timestamp":1795337000000},"geometry":{"type":"Point","coordinates":[128.69,35.83]}})";
  const auto vehicles = decode(feeds::decodeMds, "mds/kick/vehicles", R"({"version":"1.2.0","last_updated":1795338000000,"data":{"vehicles":[
    {"device_id":"d","vehicle_type":"scooter","last_event_time":1795337000000,"last_vehicle_state":"available","battery_pct":0.4,"current_location":)" + point + "}]}}");
  ASSERT_TRUE(vehicles.ok()) << vehicles.error();
  EXPECT_EQ(vehicles->poses.size(), 1u);
  EXPECT_TRUE(vehicles->census.has_value());
  const auto changes = decode(feeds::decodeMds, "mds/kick/status_changes", R"({"data":{"status_changes":[
    {"device_id":"d","vehicle_state":"available","event_types":["on_hours"],"event_time":1795337000000,"event_location":)" + point + "}]}}");
  ASSERT_TRUE(changes.ok()) << changes.error();
  EXPECT_EQ(changes->events[0].type, "mds.on_hours");
  const auto trips = decode(feeds::decodeMds, "mds/kick/trips", R"({"data":{"trips":[{"device_id":"d","trip_id":"t","end_time":1795337100000,"trip_distance":900,
    "route":{"type":"FeatureCollection","features":[)" + point + "]}}]}}");
  ASSERT_TRUE(trips.ok()) << trips.error();
  EXPECT_EQ(trips->poses.size(), 1u);
  EXPECT_EQ(trips->events[0].type, "mds.trip");
}

}  // namespace

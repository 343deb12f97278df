// SPDX-License-Identifier: Apache-2.0
// Real payloads of others: BART's GTFS-Realtime and the OGC's SensorThings conformance entities.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decode_gtfs_rt.h"
#include "twin/feeds/decode_sensorthings.h"
#include "twin/feeds/decoder_table.h"

namespace {

using namespace feeds_test;
const std::filesystem::path kData = ALPHACITY_SOURCE_DIR "/../shared/data";

std::string readAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

feeds::DecodeContext context() {
  static feeds::DatastreamRegistry registry = [] {
    feeds::DatastreamRegistry r;
    r.add(1, {"sensor-1", "temperature", "air_station", ""});
    return r;
  }();
  return {alphaFrame(), registry, model::Provenance::Measured};
}

feeds::RawMessage message(const std::string& topic, std::string bytes) {
  feeds::RawMessage m;
  m.topic = topic;
  m.bytes = std::move(bytes);
  m.received = kNow;
  return m;
}

class Bart : public testing::TestWithParam<const char*> {};

TEST_P(Bart, EqualsItsJsonTwin) {
  const std::filesystem::path pb = kData / "gtfs_rt_bart" / GetParam();
  if (!std::filesystem::exists(pb)) GTEST_SKIP() << pb << " is not there";
  const nlohmann::json twin = nlohmann::json::parse(readAll(pb.string() + ".json"));
  size_t trips = 0, alerts = 0, vehicles = 0;
  std::map<std::string, std::pair<int, size_t>> expected;  // trip -> first delay, stops
  for (const auto& entity : twin["entity"]) {
    alerts += entity.contains("alert");
    vehicles += entity.contains("vehicle");
    if (!entity.contains("tripUpdate")) continue;
    ++trips;
    const auto& update = entity["tripUpdate"];
    const auto stops = update.value("stopTimeUpdate", nlohmann::json::array());
    // The delay at the first stop that the trip has not left for more than a minute, else at the first listed.
    const auto eventOf = [](const nlohmann::json& stop) {
      return stop.value(stop.contains("arrival") ? "arrival" : "departure", nlohmann::json::object());
    };
    const int64_t stamp = std::stoll(twin["header"]["timestamp"].get<std::string>());
    int delay = stops.empty() ? 0 : eventOf(stops[0]).value("delay", 0);
    for (const auto& stop : stops) {
      const nlohmann::json event = eventOf(stop);
      if (event.contains("time") && std::stoll(event["time"].get<std::string>()) + 60 < stamp) continue;
      delay = event.value("delay", delay);
      break;
    }
    expected[update["trip"]["tripId"]] = {delay, stops.size()};
  }
  const auto decoded = feeds::decodeGtfsRt(message("gtfs-rt/feed", readAll(pb)), context());
  ASSERT_TRUE(decoded.ok()) << decoded.error();
  size_t gotTrips = 0, gotAlerts = 0;
  for (const model::EventObservation& event : decoded->events) {
    if (event.type == "gtfs.alert") ++gotAlerts;
    if (event.type != "gtfs.trip_update") continue;
    ++gotTrips;
    std::map<std::string, std::string> details(event.details.begin(), event.details.end());
    const auto& [delay, stops] = expected.at(details["trip"]);
    EXPECT_EQ(details["delay"], std::to_string(delay)) << details["trip"];
    EXPECT_EQ(details["stops"], std::to_string(stops)) << details["trip"];
  }
  EXPECT_EQ(gotTrips, trips);
  EXPECT_EQ(gotAlerts, alerts);
  EXPECT_EQ(decoded->poses.size(), vehicles);
  EXPECT_GT(trips + alerts + vehicles, 0u);
  if (!decoded->events.empty()) {
    const auto stamp = std::stoll(twin["header"]["timestamp"].get<std::string>());
    EXPECT_EQ(decoded->events[0].eventTime / base::kNsPerSecond, stamp);
  }
}

INSTANTIATE_TEST_SUITE_P(Feeds, Bart,
                         testing::Values("bart-trip-updates.pb", "bart-alerts.pb", "example.pb"));

TEST(Bart, ATruncatedFeedIsRefusedWhole) {
  const std::filesystem::path pb = kData / "gtfs_rt_bart" / "bart-trip-updates.pb";
  if (!std::filesystem::exists(pb)) GTEST_SKIP() << pb << " is not there";
  std::string bytes = readAll(pb);
  bytes.resize(bytes.size() - 3);
  EXPECT_EQ(feeds::decodeGtfsRt(message("gtfs-rt/feed", bytes), context()).error(), "protobuf");
}

TEST(SensorThingsCite, ObservationsOfTheConformanceSuite) {
  const std::filesystem::path folder = kData / "sensorthings_cite" / "JSON entities" / "observations";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() == "dataArray.json")
      continue;  // the data-array extension, and not valid JSON
    std::string text = readAll(entry.path());
    for (const char* placeholder : {"$DATASTREAM-ID", "$DATASTREAM_ID", "$FOI-ID", "$FOI_ID"}) {
      for (size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder)) {
        text.replace(at, std::string_view(placeholder).size(), "1");
      }
    }
    const nlohmann::json json = nlohmann::json::parse(text);
    const auto decoded =
        feeds::decodeSensorThings(message("v1.1/Datastreams(1)/Observations", text), context());
    ASSERT_TRUE(decoded.ok()) << entry.path() << ": " << decoded.error();
    ASSERT_EQ(decoded->properties.size(), 1u) << entry.path();
    EXPECT_EQ(std::get<double>(decoded->properties[0].value), json["result"].get<double>()) << entry.path();
    std::string time = json.value("phenomenonTime", json.value("resultTime", ""));
    if (time.find('/') != std::string::npos) time = time.substr(time.find('/') + 1);
    EXPECT_EQ(decoded->properties[0].eventTime, *core::parseIso8601(time)) << entry.path();
    EXPECT_FALSE(decoded->properties[0].bad);
    // The same on the collection's topic, where the link inside says which Datastream it is.
    const auto linked = feeds::decodeSensorThings(message("v1.1/Observations", text), context());
    EXPECT_EQ(linked.ok(), json.contains("Datastream")) << entry.path();
    ++read;
  }
  EXPECT_GE(read, 18);
}

TEST(SensorThings, TimesResultsAndQuality) {
  const auto decode = [](const std::string& text) {
    return feeds::decodeSensorThings(message("v1.1/Datastreams(1)/Observations", text), context());
  };
  EXPECT_EQ(decode(R"({"result":1})")->properties[0].eventTime, kNow);  // the server fills it in
  EXPECT_EQ(decode(R"({"result":1,"phenomenonTime":"2026-11-22"})").error(), "time");
  EXPECT_EQ(decode(R"({"result":1,"phenomenonTime":5})").error(), "time");
  EXPECT_EQ(decode(R"({"result":1,"phenomenonTime":"2026-11-22T10:00:00Z/2026-11-22T09:00:00Z"})").error(),
            "time");
  EXPECT_EQ(decode(R"({"phenomenonTime":"2026-11-22T09:00:00Z"})").error(), "missing_field");
  EXPECT_EQ(decode(R"({"result":[1,2]})").error(), "wrong_type");
  EXPECT_EQ(decode(R"({"result":NaN})").error(), "json");
  EXPECT_EQ(decode(R"({"result":1e999})").error(), "json");
  const auto object = decode(R"({"result":{"pm10":41,"pm25":17.5,"state":"ok"}})");
  ASSERT_TRUE(object.ok());
  ASSERT_EQ(object->properties.size(), 3u);
  EXPECT_EQ(object->properties[1].property, "pm25");
  EXPECT_TRUE(decode(R"({"result":1,"resultQuality":"Invalid"})")->properties[0].bad);
  EXPECT_FALSE(decode(R"({"result":1,"resultQuality":{"nameOfMeasure":"x"}})")->properties[0].bad);
}

TEST(Json, DepthAndSizeAreLimited) {
  const auto nested = [](int depth) {
    return R"({"result":1,"parameters":)" + std::string(static_cast<size_t>(depth), '[') +
           std::string(static_cast<size_t>(depth), ']') + "}";
  };
  const auto decode = [](const std::string& text) {
    return feeds::decodeSensorThings(message("v1.1/Datastreams(1)/Observations", text), context());
  };
  EXPECT_TRUE(decode(nested(60)).ok());
  EXPECT_EQ(decode(nested(65)).error(), "json");
  EXPECT_EQ(decode(nested(100000)).error(), "json");
  const std::string prefix = R"({"result":")";
  const std::string at = prefix + std::string((256 << 10) - prefix.size() - 2, 'x') + "\"}";
  EXPECT_EQ(at.size(), 256u << 10);
  EXPECT_TRUE(decode(at).ok());
  EXPECT_TRUE(decode(at + " ").ok());  // a polled page may be larger
  EXPECT_EQ(decode(at + std::string(16u << 20, ' ')).error(), "too_large");
  EXPECT_EQ(feeds::findDecoder("v1.1/Datastreams(1)/Observations")->maxBytes, 256u << 10);
  EXPECT_EQ(decode("{\"result\":\"\xff\"}").error(), "json");  // not UTF-8
}

}  // namespace

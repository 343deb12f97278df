// SPDX-License-Identifier: Apache-2.0
// SensorThings servers that tell of their things and datastreams: what is learned, described and measured.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decode_sensorthings.h"
#include "twin/feeds/decode_sensorthings_entities.h"
#include "twin/feeds/units.h"

namespace {

using namespace feeds_test;
const std::filesystem::path kCite = ALPHACITY_SOURCE_DIR "/../shared/data/sensorthings_cite/JSON entities";

struct Server {
  feeds::DatastreamRegistry registry;
  feeds::DecodeContext context{.frame = alphaFrame(), .datastreams = registry, .vocabulary = &vocabulary()};

  feeds::RawMessage message(const std::string& topic, std::string bytes) const {
    feeds::RawMessage m;
    m.topic = topic;
    m.bytes = std::move(bytes);
    m.received = kNow;
    return m;
  }
  /// As ingest does it: learn at arrival, then decode.
  feeds::Decoded entities(const std::string& topic, const std::string& bytes) {
    const feeds::RawMessage m = message(topic, bytes);
    feeds::learnSensorThings(m, context, registry);
    return feeds::decodeSensorThingsEntities(m, context);
  }
  feeds::Decoded observe(const std::string& topic, const std::string& bytes) {
    return feeds::decodeSensorThings(message(topic, bytes), context);
  }
};

const char* const kThings = R"({"@iot.nextLink":"https://x/v1.1/Things?$skip=1","value":[
  {"@iot.id":5,"name":"수성못 관측소","description":"air","properties":{"kind":"air_station","maker":{"name":"K"}},
   "Locations":[{"@iot.id":1,"name":"roof","encodingType":"application/geo+json",
                 "location":{"type":"Point","coordinates":[128.69,35.8365,12]}}],
   "Datastreams":[
     {"@iot.id":41,"name":"t","unitOfMeasurement":{"name":"degree Fahrenheit","symbol":"degF","definition":"ucum:[degF]"},
      "ObservedProperty":{"name":"Air Temperature","definition":"http://mmisw.org/ont/cf/parameter/air_temperature"}},
     {"@iot.id":42,"name":"h","unitOfMeasurement":{"name":null,"symbol":"?","definition":"http://qudt.org/vocab/unit/PERCENT"},
      "ObservedProperty":{"name":"상대습도","definition":"http://x.org/relative_humidity"}},
     {"@iot.id":43,"name":"t2","unitOfMeasurement":{"name":"c","symbol":"Cel","definition":""},
      "ObservedProperty":{"name":"air temperature","definition":""}}]}]})";

TEST(SensorThingsEntities, ThingsBecomeDescriptionsAndDatastreams) {
  Server server;
  const auto decoded = server.entities("sensorthings/frost/Things", kThings);
  ASSERT_TRUE(decoded.ok()) << decoded.error();
  ASSERT_EQ(decoded->descriptions.size(), 1u);
  const model::DescriptionObservation& thing = decoded->descriptions[0];
  EXPECT_EQ(thing.entity, "frost/Things(5)");
  EXPECT_EQ(thing.kind, "air_station");
  EXPECT_EQ(thing.name.ko, "수성못 관측소");
  ASSERT_TRUE(thing.position.has_value());
  const glm::dvec3 expected = alphaFrame().toCity({128.69, 35.8365, 0});
  EXPECT_NEAR(thing.position->x, expected.x, 1e-6);
  EXPECT_FALSE(thing.hasElevation);
  const auto maker = std::find_if(thing.attributes.begin(), thing.attributes.end(),
                                  [](const auto& a) { return a.first == "maker.name"; });
  ASSERT_NE(maker, thing.attributes.end());

  const auto* t = server.registry.find("frost", "41");
  ASSERT_NE(t, nullptr);
  EXPECT_EQ(*t, (feeds::DatastreamRegistry::Target{"frost/Things(5)", "temperature", "air_station", "°F"}));
  EXPECT_EQ(server.registry.find("frost", "42")->property, "humidity");
  EXPECT_EQ(server.registry.find("frost", "42")->unit, "%");
  EXPECT_EQ(server.registry.find("frost", "43")->property, "temperature_43");  // the thing has two
  EXPECT_EQ(server.registry.find("other", "41"), nullptr);
  EXPECT_EQ(server.registry.find("", "41"), t);  // only one server uses the number

  // Observations by MQTT, which does not say the server.
  const auto seen = server.observe("v1.1/Datastreams(41)/Observations", R"({"result":50,"phenomenonTime":"2026-11-22T09:00:00Z"})");
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->properties[0].entity, "frost/Things(5)");
  server.registry.learn("second", "41", {"x", "y", "", ""});
  EXPECT_EQ(server.observe("v1.1/Datastreams(41)/Observations", R"({"result":50})").error(), "unknown_datastream");
  EXPECT_TRUE(server.observe("sensorthings/frost/Datastreams(41)/Observations", R"({"result":50})").ok());
}

TEST(SensorThingsEntities, DatastreamsWithObservationsAndTextIds) {
  Server server;
  const auto decoded = server.entities("sensorthings/s/Datastreams", R"({"value":[
    {"@iot.id":"a'b","Thing":{"@iot.id":"t-1"},"ObservedProperty":{"name":"PM2.5"},
     "unitOfMeasurement":{"symbol":"mg/m3"},
     "Observations":[{"phenomenonTime":"2026-11-22T08:00:00Z/2026-11-22T09:00:00Z","result":0.02}]},
    {"@iot.id":9,"name":"alone","observedArea":{"type":"Point","coordinates":[128.7,35.8]}}]})");
  ASSERT_TRUE(decoded.ok()) << decoded.error();
  ASSERT_EQ(decoded->properties.size(), 1u);
  EXPECT_EQ(decoded->properties[0].entity, "s/Things(t-1)");
  EXPECT_EQ(decoded->properties[0].property, "pm25");
  EXPECT_EQ(decoded->properties[0].unit, "mg/m³");
  EXPECT_EQ(decoded->properties[0].eventTime, *core::parseIso8601("2026-11-22T09:00:00Z"));
  ASSERT_EQ(decoded->descriptions.size(), 1u);
  EXPECT_EQ(decoded->descriptions[0].entity, "s/Datastreams(9)");
  EXPECT_TRUE(decoded->descriptions[0].position.has_value());
}

TEST(SensorThingsEntities, WhatMovesHasPoses) {
  Server server;
  const std::string here = R"("encodingType":"application/geo+json","location":{"type":"Point","coordinates":[128.69,35.84]}})";
  const auto update = server.entities("v1.1/Things(5)/Locations", R"({"@iot.id":1,"name":"l",)" + here);
  ASSERT_TRUE(update.ok()) << update.error();
  ASSERT_EQ(update->poses.size(), 1u);
  EXPECT_EQ(update->poses[0].entity, "sensorthings/Things(5)");
  EXPECT_EQ(update->poses[0].eventTime, kNow);
  const auto past = server.entities("sensorthings/s/HistoricalLocations",
                                    R"({"value":[{"time":"2026-11-22T08:59:00Z","Thing":{"@iot.id":7},"Locations":[{)" + here + "]}]}");
  ASSERT_TRUE(past.ok()) << past.error();
  ASSERT_EQ(past->poses.size(), 1u);
  EXPECT_EQ(past->poses[0].entity, "s/Things(7)");
  EXPECT_EQ(past->poses[0].eventTime, *core::parseIso8601("2026-11-22T08:59:00Z"));
}

TEST(SensorThingsEntities, APacksDatastreamKeepsItsThing) {
  Server server;
  server.registry.add(41, {"air-1", "temperature", "air_station", ""});
  const auto decoded = server.entities("v1.1/Things", kThings);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->descriptions.empty());
  EXPECT_EQ(server.registry.find("", "41")->entity, "air-1");
  EXPECT_EQ(server.registry.find("", "42")->entity, "air-1");  // the thing's other datastream joins it
}

TEST(SensorThingsEntities, DataArraysAndPages) {
  Server server;
  ASSERT_TRUE(server.entities("sensorthings/frost/Things", kThings).ok());
  const auto page = server.observe("sensorthings/frost/Observations", R"({"value":[
     {"result":1,"phenomenonTime":"2026-11-22T09:00:00Z","Datastream":{"@iot.id":41}},
     {"result":2,"phenomenonTime":"2026-11-22T09:00:00Z","Datastream":{"@iot.id":99}}]})");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->properties.size(), 1u);
  EXPECT_EQ(page.warnings, std::vector<std::string>{"unknown_datastream"});
  const auto array = server.observe("sensorthings/frost/Datastreams(42)/Observations", R"({"value":[
     {"components":["id","phenomenonTime","result"],"dataArray":[[1,"2026-11-22T09:00:00Z",40],[2,"2026-11-22T09:01:00Z",41],[3,"?",1]]}]})");
  ASSERT_TRUE(array.ok());
  ASSERT_EQ(array->properties.size(), 2u);
  EXPECT_EQ(std::get<double>(array->properties[1].value), 41);
  EXPECT_EQ(array.warnings, std::vector<std::string>{"time"});
}

/// Every entity of the conformance suite, as a server would publish it.
TEST(SensorThingsCite, EntitiesOfTheConformanceSuite) {
  if (!std::filesystem::exists(kCite)) GTEST_SKIP() << kCite << " is not there";
  const std::pair<const char*, const char*> kFolders[] = {
      {"thing", "v1.1/Things(5)"}, {"locations", "v1.1/Locations(5)"}, {"datastreams", "v1.1/Datastreams(5)"},
      {"foi", "v1.1/FeaturesOfInterest(5)"}, {"sensors", "v1.1/Sensors(5)"}, {"observedproperties", "v1.1/ObservedProperties(5)"}};
  int good = 0;
  std::vector<std::string> refused;
  for (const auto& [folder, topic] : kFolders) {
    for (const auto& entry : std::filesystem::directory_iterator(kCite / folder)) {
      if (entry.path().extension() != ".json") continue;  // an editor's leavings
      std::ifstream file(entry.path());
      std::stringstream buffer;
      buffer << file.rdbuf();
      std::string text = buffer.str();
      for (const char* placeholder : {"$THING-ID", "$SENSOR-ID", "$OBSPROP-ID", "$OBSERVED-PROPERTY-ID", "$OBSERVEDPROPERTY-ID", "$OBSERVED_PROPERTY-ID"}) {
        for (size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder))
          text.replace(at, std::string_view(placeholder).size(), "1");
      }
      Server server;
      const auto decoded = server.entities(topic, text);
      decoded.ok() ? void(++good) : refused.push_back(std::string(folder) + "/" + entry.path().filename().string() + ": " + decoded.error());
    }
  }
  std::sort(refused.begin(), refused.end());
  // Three polygons are written without their list of rings (RFC 7946 section 3.1.6).
  EXPECT_EQ(refused, (std::vector<std::string>{"foi/missingEncodingType.json: missing_field", "locations/3.json: wrong_type",
                                               "locations/4.json: wrong_type", "locations/southern-alberta-polygon.json: wrong_type"}));
  EXPECT_GE(good, 40);
}

TEST(SensorThingsCite, UnitsByWhateverIsThere) {
  if (!std::filesystem::exists(kCite)) GTEST_SKIP() << kCite << " is not there";
  for (const auto& entry : std::filesystem::directory_iterator(kCite / "unitsOfMeasurement")) {
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    Server server;
    ASSERT_TRUE(server.entities("v1.1/Datastreams(3)", R"({"name":"x","unitOfMeasurement":)" + text.str() + "}").ok());
    ASSERT_NE(server.registry.find("", "3"), nullptr) << entry.path();
    EXPECT_EQ(server.registry.find("", "3")->unit, "°C") << entry.path();
  }
}

TEST(DatastreamRegistry, AMessageKnowsWhatWasKnownWhenItCame) {
  feeds::DatastreamRegistry registry;
  registry.learn("s", "1", {"a", "p", "", ""});
  const uint64_t then = registry.additions();
  registry.learn("s", "1", {"a", "p", "", "m"});
  EXPECT_EQ(registry.find("s", "1", then)->unit, "");
  EXPECT_EQ(registry.find("s", "1")->unit, "m");
  EXPECT_EQ(registry.find("s", "1", 0), nullptr);
  EXPECT_FALSE(registry.learn("s", "1", {"a", "p", "", "m"}));  // nothing new
}

TEST(DatastreamRegistry, ReadersAndWritersTogether) {
  feeds::DatastreamRegistry registry;
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  std::atomic<size_t> found{0};
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      for (int n = 0; !stop; n = (n + 1) % 5000)
        if (const auto* target = registry.find("s", std::to_string(n))) found += target->entity.size();
    });
  }
  for (int n = 0; n < 5000; ++n) registry.learn("s", std::to_string(n), {"thing-" + std::to_string(n), "p", "", ""});
  while (found == 0) std::this_thread::yield();
  stop = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(registry.size(), 5000u);
}

TEST(SensorThingsIngest, DiscoveredStreamsReachTheStoreConverted) {
  feeds::IngestOptions options = inlineOptions();
  options.vocabulary = {std::shared_ptr<void>(), &vocabulary()};
  Feed feed(std::move(options));
  feed.transport->publish("sensorthings/frost/Things", kThings, kNow);
  feed.transport->publish("sensorthings/frost/Datastreams(41)/Observations",
                          R"({"value":[{"result":68,"phenomenonTime":"2026-11-22T08:59:59Z"}]})", kNow);
  const model::ChangeBatch batch = feed.ingest.keyframe();
  bool checked = false;
  for (const model::EntityRow& changed : batch.rows) {
    const model::Entity& entity = changed.entity;
    if (entity.info->id != "frost/Things(5)") continue;
    const model::PropertyRow* row = entity.property("temperature");
    ASSERT_NE(row, nullptr);
    EXPECT_NEAR(std::get<double>(row->value), 20, 1e-9);
    EXPECT_EQ(row->unit, "°C");
    EXPECT_FALSE(row->bad);
    checked = true;
  }
  EXPECT_TRUE(checked);
  EXPECT_EQ(feed.stats().applied, 2u);
}

TEST(Units, KnownConversions) {
  EXPECT_NEAR(*feeds::convertUnit(212, "[degF]", "°C"), 100, 1e-9);
  EXPECT_NEAR(*feeds::convertUnit(0.54, "1", "%"), 54, 1e-9);
  EXPECT_NEAR(*feeds::convertUnit(10, "KNT", "m/s"), 5.14444, 1e-5);
  EXPECT_NEAR(*feeds::convertUnit(0.5, "GP", "µg/m³"), 500, 1e-9);
  EXPECT_FALSE(feeds::convertUnit(1, "ppm", "µg/m³").has_value());
  EXPECT_FALSE(feeds::convertUnit(1, "parsec", "m").has_value());
}

RC_GTEST_PROP(Units, ThereAndBackIsTheSame, ()) {
  const char* const kUnits[] = {"Cel", "[degF]", "K", "KMH", "m/s", "GQ", "GP", "hPa", "PAL", "SMI", "1", "%"};
  const double value = *rc::gen::inRange(-1'000'000, 1'000'000) / 1000.0;
  const char* const from = kUnits[*rc::gen::inRange<size_t>(0, std::size(kUnits))];
  for (const char* to : kUnits) {
    const auto there = feeds::convertUnit(value, from, to);
    if (!there) continue;
    const auto back = feeds::convertUnit(*there, to, from);
    RC_ASSERT(back.has_value());
    RC_ASSERT(std::abs(*back - value) <= 1e-9 * std::max(1.0, std::abs(value)) + 1e-7);
  }
}

}  // namespace

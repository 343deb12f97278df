// SPDX-License-Identifier: Apache-2.0
// What the encoders write, the decoders read back.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decoder_table.h"
#include "twin/feeds/encode_adas.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_gtfs_rt.h"
#include "twin/feeds/encode_sensorthings.h"
#include "twin/feeds/encode_spat.h"
#include "twin/feeds/encode_telemetry.h"

namespace {

using namespace feeds_test;
constexpr double kDegrees = std::numbers::pi / 180;

feeds::Decoded decode(const std::string& topic, const std::string& bytes) {
  static feeds::DatastreamRegistry registry = [] {
    feeds::DatastreamRegistry r;
    r.add(42, {"bin-1", "fill", "waste_bin", "%"});
    return r;
  }();
  feeds::RawMessage message;
  message.topic = topic;
  message.bytes = bytes;
  message.received = kNow;
  const feeds::DecoderRow* row = feeds::findDecoder(topic);
  EXPECT_NE(row, nullptr) << topic;
  return row->decode(message, {alphaFrame(), registry, model::Provenance::Measured});
}

RC_GTEST_PROP(RoundTrip, Telemetry, ()) {
  feeds::TelemetryMessage m;
  m.kind = "shuttle";
  m.id = "shuttle-1";
  m.time = kNow + *rc::gen::inRange(0, 1000) * base::kNsPerMs;
  m.position = {128.67 + *rc::gen::inRange(0, 30000) * 1e-6, 35.82 + *rc::gen::inRange(0, 25000) * 1e-6,
                76.25};
  m.hasElevation = *rc::gen::arbitrary<bool>();
  m.headingDegrees = *rc::gen::inRange(0, 3600) / 10.0;
  m.speed = *rc::gen::inRange(0, 5000) / 100.0;
  m.pitchDegrees = -2.5;
  m.properties = {{"brake", true}, {"passengers", 7.0}, {"mode", std::string("자동 \"a\"\n")}};
  const auto decoded = decode(feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m));
  RC_ASSERT(decoded.ok());
  RC_ASSERT(decoded->poses.size() == 1u);
  const model::PoseObservation& pose = decoded->poses[0];
  core::GeoPoint there = m.position;
  if (!m.hasElevation) there.elevation = 0;
  RC_ASSERT(glm::length(pose.position - alphaFrame().toCity(there)) < 0.005);  // 1e-8 degrees on the wire
  RC_ASSERT(pose.hasElevation == m.hasElevation);
  RC_ASSERT(std::abs(std::remainder(alphaFrame().trueFromGrid(pose.heading) - m.headingDegrees * kDegrees,
                                    2 * std::numbers::pi)) < 1e-9);
  RC_ASSERT(std::abs(pose.speed - m.speed) < 0.0051);
  RC_ASSERT(std::abs(pose.pitch + 2.5 * kDegrees) < 1e-9);
  RC_ASSERT(pose.eventTime == m.time);
  RC_ASSERT(pose.provenance == model::Provenance::Simulated);
  RC_ASSERT(decoded->properties.size() == 3u);
  RC_ASSERT(std::get<std::string>(decoded->properties[2].value) == "자동 \"a\"\n");
}

TEST(RoundTrip, TelemetryHeadingIsTrueNorthOnTheWireAndGridInside) {
  feeds::TelemetryMessage m;
  m.kind = "car";
  m.id = "c";
  m.time = kNow;
  m.position = {128.69, 35.8365, 0};
  m.headingDegrees = 90;
  const auto decoded = decode("telemetry/car/c", feeds::encodeTelemetry(m));
  // Due east by the compass is drawn 0.18 degrees clockwise of +x at this site.
  EXPECT_NEAR(decoded->poses[0].heading / kDegrees, 90.18, 0.005);
}

TEST(RoundTrip, TelemetryGone) {
  const auto decoded = decode("telemetry/car/c",
                              feeds::encodeTelemetry({.kind = "car", .id = "c", .time = kNow, .gone = true}));
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(decoded->departures.size(), 1u);
  EXPECT_EQ(decoded->departures[0].entity, "c");
  EXPECT_TRUE(decoded->poses.empty());
}

TEST(RoundTrip, SensorThingsOfEveryResultType) {
  const std::string topic = feeds::sensorThingsTopic(42);
  EXPECT_EQ(topic, "v1.1/Datastreams(42)/Observations");
  for (const model::Value& value :
       {model::Value(12.5), model::Value(true), model::Value(std::string("ok")), model::Value()}) {
    const auto decoded = decode(topic, feeds::encodeObservation(kNow + 250 * base::kNsPerMs, value));
    ASSERT_TRUE(decoded.ok());
    ASSERT_EQ(decoded->properties.size(), 1u);
    EXPECT_EQ(decoded->properties[0].value, value);
    EXPECT_EQ(decoded->properties[0].entity, "bin-1");
    EXPECT_EQ(decoded->properties[0].property, "fill");
    EXPECT_EQ(decoded->properties[0].unit, "%");
    EXPECT_EQ(decoded->properties[0].eventTime, kNow + 250 * base::kNsPerMs);
    EXPECT_EQ(decoded->properties[0].provenance, model::Provenance::Simulated);
  }
  EXPECT_TRUE(decode(topic, feeds::encodeObservation(kNow, 1.0, "bad"))->properties[0].bad);
  EXPECT_EQ(decode(topic, feeds::encodeObservation(kNow, 1.0, {}, false))->properties[0].provenance,
            model::Provenance::Measured);
}

TEST(RoundTrip, Spat) {
  feeds::SpatMessage m;
  m.controller = "sc-4";
  m.time = kNow;
  m.groups = {{1, "protected-Movement-Allowed", 153}, {12, "stop-And-Remain", feeds::kSpatUnknown}};
  const auto decoded = decode(feeds::spatTopic(m.controller), feeds::encodeSpat(m));
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(decoded->properties.size(), 4u);
  EXPECT_EQ(decoded->properties[0].entity, "sc-4");
  EXPECT_EQ(decoded->properties[0].kind, "signal_controller");
  EXPECT_EQ(decoded->properties[0].property, "group_1");
  EXPECT_EQ(std::get<std::string>(decoded->properties[0].value), "protected-Movement-Allowed");
  EXPECT_EQ(decoded->properties[1].property, "remain_1");
  EXPECT_DOUBLE_EQ(std::get<double>(decoded->properties[1].value), 15.3);
  EXPECT_TRUE(
      std::holds_alternative<std::monostate>(decoded->properties[3].value));  // unknown is not a number
}

TEST(RoundTrip, Adas) {
  feeds::AdasEvent e;
  e.time = kNow;
  e.vehicle = "tx-0417";
  e.type = "PCW";
  e.latitude = 35.8391;
  e.longitude = 128.6838;
  e.speedKmh = 31;
  e.timeToCollisionSeconds = 1.4;
  const auto decoded = decode(feeds::adasTopic(e.vehicle), feeds::encodeAdasEvent(e));
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(decoded->events.size(), 1u);
  const model::EventObservation& event = decoded->events[0];
  EXPECT_EQ(event.type, "adas.PCW");
  EXPECT_EQ(event.entity, "tx-0417");
  EXPECT_EQ(event.severity, 2);
  EXPECT_EQ(event.eventTime, kNow);
  EXPECT_EQ(event.provenance, model::Provenance::Simulated);
  EXPECT_TRUE(event.position.has_value());
  const auto has = [&](const std::string& key, const std::string& value) {
    return std::find(event.details.begin(), event.details.end(), std::pair(key, value)) !=
           event.details.end();
  };
  EXPECT_TRUE(has("ttcS", "1.4"));
  EXPECT_TRUE(has("speedKmh", "31"));
  EXPECT_EQ(decode("fleet/somebody-else/event", feeds::encodeAdasEvent(e)).error(), "topic");
}

TEST(RoundTrip, CanonicalAdasMessageOfTheDomain) {
  const auto decoded = decode(
      "fleet/tx-0417/event",
      R"({"ts":"2020-11-20T08:12:31.250+09:00","veh":"tx-0417","type":"PCW","lat":35.8391,"lon":128.6838,"speedKmh":31,
          "headingDeg":142,"headwayS":null,"ttcS":1.4,"leadDistM":null,"speedLimitKmh":50,"light":"day","wiper":0,"src":"sim"})");
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(core::formatIso8601(decoded->events[0].eventTime), "2020-11-19T23:12:31.250Z");
  EXPECT_EQ(decoded->events[0].details.size(), 6u);  // null ones are left out
}

TEST(RoundTrip, Event) {
  feeds::WireEvent e{.type = "takeover", .id = "to-1", .time = kNow, .entity = "shuttle-1"};
  e.position = core::GeoPoint{128.69, 35.8365, 76};
  e.severity = 2;
  e.details = {{"reason", "장애물"}};
  const auto decoded = decode(feeds::eventTopic(e.type), feeds::encodeEvent(e));
  ASSERT_TRUE(decoded.ok());
  const model::EventObservation& event = decoded->events[0];
  EXPECT_EQ(event.id, "to-1");
  EXPECT_EQ(event.type, "takeover");
  EXPECT_EQ(event.entity, "shuttle-1");
  EXPECT_EQ(event.severity, 2);
  EXPECT_NEAR(event.position->z, 76, 1e-9);
  EXPECT_EQ(event.details[0].second, "장애물");
}

TEST(RoundTrip, GtfsVehiclePositions) {
  const feeds::GtfsVehicle v{.id = "bus-609-1",
                             .label = "609",
                             .tripId = "t1",
                             .routeId = "609",
                             .latitude = 35.8365,
                             .longitude = 128.69,
                             .bearingDegrees = 45,
                             .speed = 9.5,
                             .stopId = "s3",
                             .status = feeds::GtfsVehicle::Status::StoppedAt,
                             .occupancyPercentage = 60,
                             .time = kNow};
  const auto decoded = decode(feeds::gtfsTopic("bus"), feeds::encodeVehiclePositions(kNow, std::span(&v, 1)));
  ASSERT_TRUE(decoded.ok());
  ASSERT_EQ(decoded->poses.size(), 1u);
  const model::PoseObservation& pose = decoded->poses[0];
  EXPECT_EQ(pose.entity, "bus-609-1");
  EXPECT_EQ(pose.kind, "bus");
  EXPECT_FALSE(pose.hasElevation);
  EXPECT_LT(glm::length(glm::dvec2(pose.position)), 2.0);  // 32-bit degrees
  EXPECT_NEAR(alphaFrame().trueFromGrid(pose.heading) / kDegrees, 45, 1e-4);
  EXPECT_EQ(pose.eventTime, kNow);
  EXPECT_EQ(pose.provenance, model::Provenance::Simulated);
  std::map<std::string, model::Value> values;
  for (const auto& p : decoded->properties) values[p.property] = p.value;
  EXPECT_EQ(std::get<std::string>(values["route"]), "609");
  EXPECT_EQ(std::get<std::string>(values["current_stop"]), "s3");
  EXPECT_EQ(std::get<double>(values["occupancy"]), 60);
}

TEST(DecoderTable, MatchesTopics) {
  EXPECT_TRUE(feeds::topicMatches("a/+/c", "a/b/c"));
  EXPECT_FALSE(feeds::topicMatches("a/+/c", "a/b/c/d"));
  EXPECT_FALSE(feeds::topicMatches("a/+/c", "a//c"));
  EXPECT_TRUE(feeds::topicMatches("a/#", "a/b/c"));
  EXPECT_TRUE(feeds::topicMatches("v1.+/Datastreams(+)/Observations", "v1.0/Datastreams(7)/Observations"));
  EXPECT_FALSE(feeds::topicMatches("v1.+/Datastreams(+)/Observations", "v1.0/Datastreams()/Observations"));
  EXPECT_FALSE(feeds::topicMatches("v1.+/Datastreams(+)/Observations", "v1.0/Datastreams(7/Observations"));
  EXPECT_EQ(feeds::findDecoder("telemetry/car"), nullptr);
  EXPECT_EQ(feeds::findDecoder(""), nullptr);
  EXPECT_EQ(feeds::findDecoder("fleet/tx/event")->queueClass, feeds::QueueClass::Event);
  EXPECT_EQ(feeds::findDecoder("gtfs-rt/bus/vehicle_positions")->queueClass, feeds::QueueClass::Position);
  EXPECT_EQ(feeds::findDecoder("gtfs-rt/alerts")->queueClass, feeds::QueueClass::Event);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// SAE J2735 from the test data of the US DOT's Operational Data Environment: the same message as JSON and as
// XER, partial times, units and reserved values.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "tests/twin/feeds/payload.h"
#include "twin/feeds/intersection_registry.h"
#include "twin/feeds/itis_codes.h"
#include "twin/feeds/v2x_units.h"

namespace {

using namespace feeds_test;
using model::Value;

const std::filesystem::path kJpo = kData / "v2x_j2735_jpo";
const std::filesystem::path kAsn1 = kJpo / "us/dot/its/jpo/ode/services/asn1";

#define NEED(path) \
  if (!std::filesystem::exists(path)) GTEST_SKIP() << (path) << " is not there"

double number(const Value& value) {
  const auto* n = std::get_if<double>(&value);
  return n ? *n : NAN;
}
std::string text(const Value& value) {
  const auto* s = std::get_if<std::string>(&value);
  return s ? *s : "";
}

TEST(J2735, BsmAsJsonEqualsXer) {
  NEED(kAsn1);
  const core::CityFrame frame = frameAt(-105.0317754, 40.5659938);
  const auto json = decodeOn("j2735/bsm", readAll(kAsn1 / "expected-bsm.json"), frame);
  const auto xer = decodeOn("j2735/bsm", readAll(kAsn1 / "decoder-output-bsm.xml"), frame);
  ASSERT_TRUE(json.ok() && xer.ok()) << (json ? "" : json.error()) << (xer ? "" : xer.error());
  for (const auto* seen : {&*json, &*xer}) {
    ASSERT_EQ(seen->poses.size(), 1u);
    const model::PoseObservation& pose = seen->poses[0];
    EXPECT_EQ(pose.entity, "bsm-31325433");
    EXPECT_EQ(pose.kind, "car");
    EXPECT_LT(glm::length(pose.position), 0.01);        // the frame's origin
    EXPECT_NEAR(pose.speed, 14 * 0.02, 1e-9);           // DE_Speed 14
    EXPECT_NEAR(pose.heading, 313.25 * M_PI / 180, 1e-4);  // DE_Heading 25060
    EXPECT_FALSE(pose.hasElevation);
    // secMark 25399 in the minute of 2024-12-10T17:30:48Z
    EXPECT_EQ(pose.eventTime, *core::parseIso8601("2024-12-10T17:30:25.399Z"));
    EXPECT_NEAR(number(valueOf(*seen, "bsm-31325433", "acceleration")), 0.27, 1e-9);
    EXPECT_NEAR(number(valueOf(*seen, "bsm-31325433", "length")), 5.7, 1e-9);
    // wheelBrakes "unavailable": no value, rather than "not braking"
    EXPECT_TRUE(std::holds_alternative<std::monostate>(valueOf(*seen, "bsm-31325433", "brake")));
  }
}

TEST(J2735, RecordedBsmFiles) {
  NEED(kJpo / "data/bsmTx.json");
  int read = 0, braking = 0;
  for (const char* name : {"data/bsmTx.json", "data/I_80_test.json"}) {
    std::istringstream lines(readAll(kJpo / name));
    const core::CityFrame frame = frameAt(-105, 40.5);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      const auto seen = decodeOn("j2735/bsm", line, frame);
      if (line.find("J2735Bsm") == std::string::npos && line.find("\"coreData\"") == std::string::npos) {
        EXPECT_EQ(seen.error(), "unsupported");
        continue;
      }
      ASSERT_TRUE(seen.ok()) << name << ": " << seen.error() << line.substr(0, 200);
      ASSERT_EQ(seen->poses.size(), 1u) << line.substr(0, 200);
      for (const auto& p : seen->properties) braking += p.property == "brake" && p.value == Value(true);
      ++read;
    }
  }
  EXPECT_GE(read, 20);
  EXPECT_GT(braking, 0);  // I-80: rightRear
}

TEST(J2735, SpatAsJsonEqualsXer) {
  NEED(kAsn1);
  const auto json = decodeOn("j2735/spat", readAll(kAsn1 / "expected-spat.json"));
  const auto xer = decodeOn("j2735/spat", readAll(kAsn1 / "decoder-output-spat.xml"));
  ASSERT_TRUE(json.ok() && xer.ok());
  for (const auto* seen : {&*json, &*xer}) {
    const std::string entity = "intersection-12111";
    EXPECT_EQ(text(valueOf(*seen, entity, "group_2")), "protected-Movement-Allowed");
    EXPECT_EQ(text(valueOf(*seen, entity, "group_4")), "stop-And-Remain");
    EXPECT_EQ(text(valueOf(*seen, entity, "status")), "normal");
    // DSecond 35176 of 17:34 UTC; minEndTime 22120 = 36:52.0 past the hour
    EXPECT_EQ(seen->properties[0].eventTime, *core::parseIso8601("2024-12-10T17:34:35.176Z"));
    EXPECT_NEAR(number(valueOf(*seen, entity, "remain_2")), 2212.0 - 2075.176, 1e-6);
    EXPECT_NEAR(number(valueOf(*seen, entity, "latest_2")), 2212.1 - 2075.176, 1e-6);
    EXPECT_EQ(seen->properties[0].kind, "signal_controller");
  }
  EXPECT_EQ(json->properties.size(), xer->properties.size());
}

TEST(J2735, ARegisteredIntersectionDrivesThePacksController) {
  NEED(kAsn1);
  feeds::DatastreamRegistry none;
  feeds::IntersectionRegistry registry;
  registry.add(0, 12111, "sc-7");
  const feeds::DecodeContext context{alphaFrame(), none, model::Provenance::Measured, &registry};
  const auto seen = feeds::findDecoder("j2735/spat")
                        ->decode(rawMessage("j2735/spat", readAll(kAsn1 / "expected-spat.json")), context);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(text(valueOf(*seen, "sc-7", "group_6")), "protected-Movement-Allowed");
}

TEST(J2735, MapDrawsLanesAndNamesTheirSignalGroups) {
  NEED(kAsn1);
  const core::CityFrame frame = frameAt(-105.0914122, 39.5952649);
  const auto json = decodeOn("j2735/map", readAll(kAsn1 / "expected-map.json"), frame);
  const auto xer = decodeOn("j2735/map", readAll(kAsn1 / "decoder-output-map.xml"), frame);
  ASSERT_TRUE(json.ok() && xer.ok());
  ASSERT_EQ(json->descriptions.size(), xer->descriptions.size());
  EXPECT_GT(json->descriptions.size(), 20u);
  for (size_t i = 0; i < json->descriptions.size(); ++i) {
    const auto &a = json->descriptions[i], &b = xer->descriptions[i];
    EXPECT_EQ(a.entity, b.entity);
    EXPECT_EQ(a.attributes, b.attributes) << a.entity;
    ASSERT_EQ(a.geometry == nullptr, b.geometry == nullptr);
    if (!a.geometry) continue;
    ASSERT_EQ(a.geometry->parts.size(), b.geometry->parts.size());
    for (size_t k = 0; k < a.geometry->parts[0].size(); ++k)
      EXPECT_LT(glm::length(a.geometry->parts[0][k] - b.geometry->parts[0][k]), 1e-6);
  }
  const auto* lane = descriptionOf(*json, "intersection-12110/lane-2");
  ASSERT_TRUE(lane && lane->geometry);
  // node-XY6 (2225, 808), then (10517, -161): centimetres, each from the one before
  EXPECT_NEAR(lane->geometry->parts[0][0].x, 22.25, 1e-3);
  EXPECT_NEAR(lane->geometry->parts[0][0].y, 8.08, 1e-3);
  EXPECT_NEAR(lane->geometry->parts[0][1].x, 127.42, 1e-3);
  EXPECT_NEAR(lane->geometry->parts[0][1].y, 6.47, 1e-3);
  EXPECT_EQ(lane->geometry->parts[0].size(), 6u);
  EXPECT_EQ(text(attributeOf(*lane, "signal_groups")), "4");
  EXPECT_EQ(text(attributeOf(*lane, "connects_to")), "19");
  EXPECT_EQ(text(attributeOf(*lane, "direction")), "ingress");
  EXPECT_EQ(text(attributeOf(*lane, "lane_type")), "vehicle");
  EXPECT_EQ(text(attributeOf(*lane, "maneuvers")), "straight");
  EXPECT_NEAR(number(attributeOf(*lane, "width")), 3.66, 1e-9);
  const auto* intersection = descriptionOf(*json, "intersection-12110");
  ASSERT_TRUE(intersection && intersection->position);
  EXPECT_LT(glm::length(glm::dvec2(*intersection->position)), 0.01);
}

TEST(J2735, MapComputedLanes) {
  const std::string map = R"({"layerType":"intersectionData","timeStamp":100,"intersections":[{"id":{"id":9},
    "refPoint":{"lat":358365000,"long":1286900000},"laneSet":[
    {"laneID":1,"nodeList":{"nodes":[{"delta":{"node-XY3":{"x":0,"y":0}}},{"delta":{"node-XY3":{"x":0,"y":1000}}}]}},
    {"laneID":2,"nodeList":{"computed":{"referenceLaneId":1,"offsetXaxis":{"small":300},"offsetYaxis":{"small":0},
      "rotateXY":7200,"scaleYaxis":2000}}},
    {"laneID":3,"nodeList":{"computed":{"referenceLaneId":77,"offsetXaxis":{"small":1},"offsetYaxis":{"small":1}}}}]}]})";
  const auto seen = decodeOn("j2735/map", map, frameAt(128.69, 35.8365));
  ASSERT_TRUE(seen.ok());
  const auto* lane = descriptionOf(*seen, "intersection-9/lane-2");
  ASSERT_TRUE(lane && lane->geometry);
  // 3 m east, turned clockwise by 90 degrees, twice as long
  EXPECT_NEAR(lane->geometry->parts[0][0].x, 3, 1e-3);
  EXPECT_NEAR(lane->geometry->parts[0][1].x, 23, 1e-3);
  EXPECT_NEAR(lane->geometry->parts[0][1].y, 0, 1e-3);
  EXPECT_EQ(descriptionOf(*seen, "intersection-9/lane-3"), nullptr);
  EXPECT_EQ(seen.warnings, std::vector<std::string>{"position"});
}

TEST(J2735, TimBecomesALineWithItsTextAndValidity) {
  NEED(kAsn1);
  const core::CityFrame frame = frameAt(-104.72, 41.12);
  const auto json = decodeOn("j2735/tim", readAll(kAsn1 / "expected-tim.json"), frame);
  const auto xer = decodeOn("j2735/tim", readAll(kAsn1 / "decoder-output-tim.xml"), frame);
  ASSERT_TRUE(json.ok() && xer.ok()) << (json ? "" : json.error());
  for (const auto* seen : {&*json, &*xer}) {
    ASSERT_EQ(seen->descriptions.size(), 1u);
    const auto& about = seen->descriptions[0];
    EXPECT_EQ(about.entity, "tim-0000000000000BBC2B");
    EXPECT_EQ(about.kind, "traveller_message");
    EXPECT_EQ(about.name.en, "reduced to one lane, right");
    EXPECT_FALSE(about.name.ko.empty());
    ASSERT_TRUE(about.geometry);
    EXPECT_EQ(about.geometry->shape, model::Geometry::Shape::Lines);
    EXPECT_EQ(about.geometry->parts[0].size(), 12u);  // the anchor and 11 nodes
    // minute 448260 of 2018 is November 8, 07:00; 1440 minutes
    EXPECT_EQ(about.expires, *core::parseIso8601("2018-11-09T07:00:00Z"));
    ASSERT_EQ(seen->events.size(), 1u);
    EXPECT_EQ(seen->events[0].type, "j2735.tim");
    EXPECT_EQ(detailsOf(seen->events[0])["itis"], "777, 13579");
    EXPECT_EQ(seen->events[0].severity, 1);
  }
}

TEST(J2735, PsmIsAPedestrian) {
  NEED(kAsn1);
  const core::CityFrame frame = frameAt(-74.2761437, 40.2397377);
  for (const char* name : {"expected-psm.json", "decoder-output-psm.xml"}) {
    const auto seen = decodeOn("j2735/psm", readAll(kAsn1 / name), frame);
    ASSERT_TRUE(seen.ok()) << name << seen.error();
    ASSERT_EQ(seen->poses.size(), 1u);
    EXPECT_EQ(seen->poses[0].entity, "psm-24779D7E");
    EXPECT_EQ(seen->poses[0].kind, "person");
    EXPECT_NEAR(seen->poses[0].heading, 8898 * 0.0125 * M_PI / 180, 1e-4);
    EXPECT_LT(glm::length(seen->poses[0].position), 0.01);
  }
}

TEST(J2735, OtherMessagesAndUndecodedPayloadsAreRefusedByName) {
  NEED(kJpo);
  const std::filesystem::path other = kJpo / "us/dot/its/jpo/ode";
  for (const char* name : {"services/asn1/expected-srm.json", "services/asn1/decoder-output-ssm.xml",
                           "kafka/listeners/asn1/decoder-input-spat.json", "kafka/listeners/asn1/expected-map.json"}) {
    if (!std::filesystem::exists(other / name)) continue;
    const auto seen = decodeOn("j2735/any", readAll(other / name));
    ASSERT_FALSE(seen.ok()) << name;
    EXPECT_EQ(seen.error(), "unsupported") << name;
  }
}

TEST(J2735, EveryPayloadOfTheSuiteIsReadOrRefusedByName) {
  NEED(kJpo);
  std::map<std::string, int> outcome;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kJpo)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".txt") continue;
    const auto seen = decodeOn("j2735/any", readAll(entry.path()), frameAt(-105, 40));
    ++outcome[seen.ok() ? "read" : seen.error()];
  }
  EXPECT_GE(outcome["read"], 15);
  for (const auto& [why, count] : outcome)
    EXPECT_TRUE(why == "read" || why == "unsupported" || why == "json" || why == "xml" || why == "missing_field")
        << why << " " << count;
}

TEST(J2735, AFarPlaceIsAThingWithoutAPlace) {
  const std::string psm =
      R"({"basicType":"aPEDESTRIAN","secMark":1,"id":"0A0B","position":{"lat":402397377,"long":-742761437}})";
  const auto seen = decodeOn("j2735/psm", psm);  // New Jersey from Daegu
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(text(valueOf(*seen, "psm-0A0B", "user_type")), "apedestrian");
  for (const auto& pose : seen->poses) EXPECT_TRUE(std::isfinite(pose.position.x) && std::isfinite(pose.position.y));
}

TEST(V2xUnits, ReservedValuesAreAbsent) {
  EXPECT_FALSE(feeds::v2x::latitude(900'000'001));
  EXPECT_FALSE(feeds::v2x::longitude(1'800'000'001));
  EXPECT_FALSE(feeds::v2x::speed(8191));
  EXPECT_FALSE(feeds::v2x::heading(28800));
  EXPECT_FALSE(feeds::v2x::etsiSpeed(16383));
  EXPECT_FALSE(feeds::v2x::etsiHeading(3601));
  EXPECT_NEAR(*feeds::v2x::latitude(358'365'000), 35.8365, 1e-9);
  EXPECT_NEAR(*feeds::v2x::speed(8190), 163.8, 1e-9);
  EXPECT_FALSE(feeds::v2x::secondOfMinute(65535, kNow));
  EXPECT_FALSE(feeds::v2x::minuteOfYear(527'040, {}, kNow));
  EXPECT_FALSE(feeds::v2x::secondsUntil(36001, kNow));
  EXPECT_FALSE(feeds::v2x::secondsUntil(36000, kNow));
}

TEST(V2xUnits, TimesRollOver) {
  const auto at = [](const char* iso) { return *core::parseIso8601(iso); };
  // The last minute of the year, read just after midnight, and the first one, read just before.
  EXPECT_EQ(feeds::v2x::minuteOfYear(525'599, 59'900, at("2027-01-01T00:00:01Z")), at("2026-12-31T23:59:59.9Z"));
  EXPECT_EQ(feeds::v2x::minuteOfYear(0, 100, at("2026-12-31T23:59:59Z")), at("2027-01-01T00:00:00.1Z"));
  EXPECT_EQ(feeds::v2x::minuteOfYear(527'039, {}, at("2024-12-31T23:59:00Z")), at("2024-12-31T23:59:00Z"));
  EXPECT_EQ(feeds::v2x::secondOfMinute(59'900, at("2026-11-22T09:00:00Z")), at("2026-11-22T08:59:59.9Z"));
  EXPECT_EQ(feeds::v2x::secondOfMinute(200, at("2026-11-22T09:00:59.9Z")), at("2026-11-22T09:01:00.2Z"));
  // A time mark of the next hour; one that has just passed.
  EXPECT_NEAR(*feeds::v2x::secondsUntil(100, at("2026-11-22T09:59:50Z")), 20, 1e-9);
  EXPECT_NEAR(*feeds::v2x::secondsUntil(35'890, at("2026-11-22T09:59:50Z")), 0, 1e-9);
  EXPECT_EQ(feeds::v2x::timestampIts(0), std::nullopt);
  EXPECT_EQ(feeds::v2x::timestampIts(5000 + 86'400'000), at("2004-01-02T00:00:00Z"));
}

RC_GTEST_PROP(V2xUnits, APartialTimeIsCompletedToWhereItCameFrom, ()) {
  const int64_t sent = *rc::gen::inRange<int64_t>(1'600'000'000'000, 2'000'000'000'000);  // ms since 1970
  const int64_t lag = *rc::gen::inRange<int64_t>(-20'000, 20'000);
  const base::UtcNs time = sent * base::kNsPerMs, read = (sent + lag) * base::kNsPerMs;
  RC_ASSERT(feeds::v2x::secondOfMinute(sent % 60'000, read) == time);
  const int64_t its = (sent - 1'072'915'200'000 + 5000);
  RC_ASSERT(feeds::v2x::timestampIts(its) == time);
  RC_ASSERT(feeds::v2x::generationDelta(its % 65'536, read) == time);
}

RC_GTEST_PROP(V2xUnits, SpatMarksComeBack, ()) {
  const int64_t now = *rc::gen::inRange<int64_t>(1'600'000'000'000, 2'000'000'000'000) * base::kNsPerMs;
  const int64_t ahead = *rc::gen::inRange<int64_t>(0, 35'000);  // tenths, below 59 minutes
  const int64_t mark = (now / 100'000'000 + ahead) % 36'000;
  const auto seconds = feeds::v2x::secondsUntil(mark, now);
  RC_ASSERT(seconds.has_value());
  RC_ASSERT(std::abs(*seconds - static_cast<double>(ahead) / 10) <= 0.1 + 1e-6);
}

TEST(Itis, KnownNumbersAndNumerals) {
  EXPECT_EQ(feeds::itisText(4868).en, "snow");
  EXPECT_EQ(feeds::itisText(4868).ko, "눈");
  EXPECT_EQ(feeds::itisText(12544 + 60).en, "60");
  EXPECT_EQ(feeds::itisText(99).en, "ITIS 99");
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// ETSI CAM and DENM, CAP 1.2 and DATEX II: real payloads where there are some, else messages built by the
// clauses of the standard.
#include <set>

#include "tests/twin/feeds/payload.h"

namespace {

using namespace feeds_test;

const std::filesystem::path kDatex = kData / "datex2_digitraffic";

std::string text(const model::Value& value) {
  const auto* s = std::get_if<std::string>(&value);
  return s ? *s : "";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

TEST(Etsi, CamInUnitsOfTheStandardEqualsVanetzaJson) {
  // 2026-11-22T09:00:00Z as TimestampIts modulo 65536
  const int64_t its = kNow / base::kNsPerMs - 1'072'915'200'000 + 5000;
  const std::string raw = R"({"header":{"protocolVersion":2,"messageID":2,"stationID":4711},"cam":{"generationDeltaTime":)" +
                          std::to_string(its % 65536) +
                          R"(,"camParameters":{"basicContainer":{"stationType":6,"referencePosition":{"latitude":358365000,
     "longitude":1286900000,"altitude":{"altitudeValue":800001}}},"highFrequencyContainer":{
     "basicVehicleContainerHighFrequency":{"heading":{"headingValue":900},"speed":{"speedValue":1250}}}}}})";
  const std::string flat = R"({"stationID":4711,"generationDeltaTime":)" + std::to_string(its % 65536) +
                           R"(,"stationType":6,"latitude":35.8365,"longitude":128.69,"heading":90.0,"speed":12.5})";
  for (const std::string& bytes : {raw, replaced(flat, "90.0", "90.00001")}) {
    const auto seen = decodeOn("etsi/cam", bytes);
    ASSERT_TRUE(seen.ok()) << seen.error();
    ASSERT_EQ(seen->poses.size(), 1u);
    const auto& pose = seen->poses[0];
    EXPECT_EQ(pose.entity, "its-4711");
    EXPECT_EQ(pose.kind, "bus");
    EXPECT_EQ(pose.eventTime, kNow);
    EXPECT_NEAR(pose.speed, 12.5, 1e-9);
    EXPECT_NEAR(alphaFrame().trueFromGrid(pose.heading), M_PI / 2, 1e-5);
    EXPECT_LT(glm::length(pose.position - alphaFrame().toCity({128.69, 35.8365, 0})), 0.01);
  }
  const auto unavailable = decodeOn("etsi/cam", replaced(replaced(raw, "358365000", "900000001"), "1250", "16383"));
  ASSERT_TRUE(unavailable.ok());
  EXPECT_TRUE(unavailable->poses.empty());
  EXPECT_EQ(unavailable.warnings, std::vector<std::string>{"no_place"});
  const auto rsu = decodeOn("etsi/cam", replaced(raw, "\"stationType\":6", "\"stationType\":15"));
  ASSERT_EQ(rsu->descriptions.size(), 1u);
  EXPECT_EQ(rsu->descriptions[0].kind, "rsu");
}

TEST(Etsi, DenmIsAnEventAndAnAreaUntilItExpires) {
  const std::string detection = std::to_string(kNow / base::kNsPerMs - 1'072'915'200'000 + 5000);
  const std::string denm = R"({"header":{"stationID":9},"denm":{"management":{"actionID":{"originatingStationID":9,
    "sequenceNumber":3},"detectionTime":)" + detection + R"(,"referenceTime":)" + detection +
                           R"(,"eventPosition":{"latitude":358365000,"longitude":1286900000},
    "relevanceDistance":"lessThan200m","validityDuration":120,"stationType":15},
    "situation":{"informationQuality":3,"eventType":{"causeCode":14,"subCauseCode":1}}}})";
  const auto seen = decodeOn("etsi/denm", denm);
  ASSERT_TRUE(seen.ok()) << seen.error();
  ASSERT_EQ(seen->descriptions.size(), 1u);
  const auto& about = seen->descriptions[0];
  EXPECT_EQ(about.entity, "denm-9-3");
  EXPECT_EQ(about.kind, "hazard_warning");
  EXPECT_EQ(about.name.ko, "역주행");
  EXPECT_EQ(about.expires, kNow + 120 * base::kNsPerSecond);
  ASSERT_TRUE(about.geometry);
  EXPECT_NEAR(glm::length(about.geometry->parts[0][0] - *about.position), 200, 1e-6);
  ASSERT_EQ(seen->events.size(), 1u);
  EXPECT_EQ(seen->events[0].severity, 2);

  const auto over = decodeOn("etsi/denm", replaced(denm, "\"relevanceDistance\"", "\"termination\":0,\"relevanceDistance\""));
  ASSERT_EQ(over->departures.size(), 1u);
  EXPECT_EQ(over->departures[0].entity, "denm-9-3");
  EXPECT_TRUE(over->descriptions.empty());
  EXPECT_EQ(decodeOn("etsi/denm", R"({"management":{}})").error(), "missing_field");
  EXPECT_EQ(decodeOn("etsi/x", R"({"a":1})").error(), "unsupported");
}

const std::string kCap = R"(<?xml version="1.0" encoding="UTF-8"?>
<cap:alert xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2">
 <cap:identifier>KR-2026-77</cap:identifier><cap:sender>kma@korea.kr</cap:sender>
 <cap:sent>2026-11-22T17:50:00+09:00</cap:sent><cap:status>Actual</cap:status><cap:msgType>Alert</cap:msgType>
 <cap:scope>Public</cap:scope>
 <cap:info><cap:language>ko-KR</cap:language><cap:category>Met</cap:category><cap:event>호우</cap:event>
  <cap:urgency>Immediate</cap:urgency><cap:severity>Severe</cap:severity><cap:certainty>Observed</cap:certainty>
  <cap:onset>2026-11-22T18:00:00+09:00</cap:onset><cap:expires>2026-11-22T21:00:00+09:00</cap:expires>
  <cap:headline>수성구 호우경보</cap:headline><cap:instruction>하천에 가지 마세요</cap:instruction>
  <cap:area><cap:areaDesc>알파시티</cap:areaDesc>
   <cap:polygon>35.83,128.68 35.83,128.70 35.84,128.70 35.84,128.68 35.83,128.68</cap:polygon>
   <cap:circle>35.85,128.69 0.5</cap:circle></cap:area>
  <cap:area><cap:areaDesc>수성구</cap:areaDesc><cap:geocode><cap:valueName>LAWD</cap:valueName><cap:value>2726</cap:value></cap:geocode></cap:area>
 </cap:info>
 <cap:info><cap:language>en-US</cap:language><cap:category>Met</cap:category><cap:event>Heavy rain</cap:event>
  <cap:urgency>Immediate</cap:urgency><cap:severity>Severe</cap:severity><cap:certainty>Observed</cap:certainty>
  <cap:headline>Heavy rain warning</cap:headline></cap:info>
</cap:alert>)";

TEST(Cap, AreasTextsAndValidity) {
  const auto seen = decodeOn("cap/kma", kCap);
  ASSERT_TRUE(seen.ok()) << seen.error();
  ASSERT_EQ(seen->descriptions.size(), 2u);
  const auto* area = descriptionOf(*seen, "cap-KR-2026-77");
  ASSERT_TRUE(area && area->geometry);
  EXPECT_EQ(area->kind, "warning_area");
  EXPECT_EQ(area->name.ko, "수성구 호우경보");
  EXPECT_EQ(area->name.en, "Heavy rain warning");
  ASSERT_EQ(area->geometry->parts.size(), 2u);
  EXPECT_EQ(area->geometry->parts[0].size(), 4u);  // the closing point is dropped
  const glm::dvec3 centre = alphaFrame().toCity({128.69, 35.85, 0});
  EXPECT_NEAR(glm::length(glm::dvec2(area->geometry->parts[1][7] - centre)), 500, 1e-6);
  EXPECT_EQ(area->expires, *core::parseIso8601("2026-11-22T21:00:00+09:00"));
  EXPECT_EQ(text(attributeOf(*area, "severity")), "Severe");
  const auto* listed = descriptionOf(*seen, "cap-KR-2026-77-1");
  ASSERT_TRUE(listed);
  EXPECT_FALSE(listed->position || listed->geometry);
  EXPECT_EQ(text(attributeOf(*listed, "geocode")), "2726");
  EXPECT_EQ(seen.warnings, std::vector<std::string>{"no_place"});
  ASSERT_EQ(seen->events.size(), 1u);
  EXPECT_EQ(seen->events[0].severity, 2);
  EXPECT_EQ(detailsOf(seen->events[0])["instruction.ko"], "하천에 가지 마세요");
}

TEST(Cap, UpdateAndCancelEndWhatTheyReferTo) {
  std::string update = replaced(replaced(kCap, "<cap:msgType>Alert", "<cap:msgType>Update"), "KR-2026-77", "KR-2026-78");
  update = replaced(update, "<cap:scope>", "<cap:references>kma@korea.kr,KR-2026-77,2026-11-22T17:50:00+09:00</cap:references><cap:scope>");
  const auto seen = decodeOn("cap/kma", update);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->departures.at(0).entity, "cap-KR-2026-77");
  EXPECT_EQ(seen->departures.at(1).entity, "cap-KR-2026-77-1");
  EXPECT_TRUE(descriptionOf(*seen, "cap-KR-2026-78"));
  EXPECT_EQ(seen->events.at(0).type, "cap.update");
  const auto cancel = decodeOn("cap/kma", replaced(update, ">Update<", ">Cancel<"));
  EXPECT_TRUE(cancel->descriptions.empty());
  EXPECT_EQ(cancel->departures.at(0).entity, "cap-KR-2026-77");
  EXPECT_EQ(cancel->events.at(0).type, "cap.cancel");

  // In the store: described, then gone.
  Feed feed;
  feed.transport->publish("cap/kma", kCap);
  const size_t before = feed.ingest.stats().entities;
  feed.transport->publish("cap/kma", replaced(replaced(update, ">Update<", ">Cancel<"), "17:50", "17:55"));
  EXPECT_EQ(feed.ingest.stats().entities, before - 2);
}

TEST(Cap, ExercisesSayThatTheyAre) {
  const auto seen = decodeOn("cap/kma", replaced(kCap, ">Actual<", ">Exercise<"));
  EXPECT_EQ(seen->descriptions.at(0).name.ko, "[훈련] 수성구 호우경보");
  const auto draft = decodeOn("cap/kma", replaced(kCap, ">Actual<", ">Draft<"));
  EXPECT_TRUE(draft.ok() && draft->empty());
}

TEST(Cap, BombsAndBrokenAlertsAreRefusedByName) {
  const std::string bomb = R"(<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
    <alert><identifier>&lol2;</identifier></alert>)";
  EXPECT_EQ(decodeOn("cap/x", bomb).error(), "xml_dtd");
  EXPECT_EQ(decodeOn("cap/x", "<alert>").error(), "xml");
  EXPECT_EQ(decodeOn("cap/x", "<alert/>").error(), "missing_field");
  EXPECT_EQ(decodeOn("cap/x", "<other><a/></other>").error(), "unsupported");
  EXPECT_EQ(decodeOn("cap/x", replaced(kCap, "2026-11-22T17:50:00+09:00", "yesterday")).error(), "time");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(decodeOn("cap/x", deep).error(), "too_large");
  EXPECT_EQ(decodeOn("cap/x", "<alert>\xff</alert>").error(), "encoding");
  const auto bent = decodeOn("cap/kma", replaced(kCap, "35.83,128.68 35.83,128.70", "95.83,128.68 NaN,128.70"));
  ASSERT_TRUE(bent.ok());
  EXPECT_EQ(bent.warnings.at(0), "position");
}

/// The tests of the publisher fill these in; so do we.
std::string filled(std::string text) {
  for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
           {"SITUATION_VERSION_DATE_TIME", "2021-01-20T10:00:00.000Z"},
           {"SITUATION_RELEASE_DATE_TIME", "2021-01-20T09:00:00.000Z"},
           {"SITUATION_VERSION", "2"},
           {"START_DATE_TIME", "2021-01-25T06:00:00.000Z"},
           {"END_DATE_TIME", "2021-01-27T06:00:00.000Z"},
           {"\"START_TIME\"", "\"2021-01-25T06:00:00.000Z\""},
           {"\"END_TIME\"", "\"2021-01-27T06:00:00.000Z\""}})
    text = replaced(std::move(text), from, to);
  return text;
}

TEST(Datex, EveryXmlSituationOfTheSuiteIsRead) {
  if (!std::filesystem::exists(kDatex)) GTEST_SKIP() << kDatex << " is not there";
  int files = 0, records = 0, placeless = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kDatex)) {
    if (entry.path().extension() != ".xml" || entry.path().filename().string().starts_with("Ims")) continue;
    const std::string bytes = filled(readAll(entry.path()));
    size_t expected = 0;
    for (const char* tag : {"<situationRecord ", "<sit:situationRecord "})
      for (size_t at = bytes.find(tag); at != std::string::npos; at = bytes.find(tag, at + 1)) ++expected;
    const auto seen = decodeOn("datex2/fintraffic", bytes);
    ASSERT_TRUE(seen.ok()) << entry.path() << ": " << seen.error();
    EXPECT_EQ(seen->events.size(), expected) << entry.path();
    EXPECT_EQ(seen->descriptions.size() + seen->departures.size(), expected) << entry.path();
    for (const auto& about : seen->descriptions) {
      EXPECT_FALSE(about.name.en.empty());
      placeless += !about.position && !about.geometry;
    }
    records += static_cast<int>(expected);
    ++files;
  }
  EXPECT_GE(files, 45);
  EXPECT_GT(records, 80);
  EXPECT_GT(placeless, 50);  // Alert-C codes of a table that is not here: listed, flagged, not invented
}

TEST(Datex, ARecordSaysWhatTheFileSays) {
  const auto path = kDatex / "lotju/datex2/3.5/GUID50456943.xml";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const auto seen = decodeOn("datex2/fintraffic", readAll(path));
  ASSERT_TRUE(seen.ok());
  const auto* about = descriptionOf(*seen, "datex-GUID5046133001");
  ASSERT_TRUE(about);
  EXPECT_EQ(about->name.en, "Tie 15358, eli Pihlajaniementie, Savonlinna. Liikennetiedote.s");
  EXPECT_EQ(about->expires, *core::parseIso8601("2025-11-27T07:50:00Z"));
  EXPECT_EQ(text(attributeOf(*about, "type")), "TransitInformation");
  EXPECT_EQ(text(attributeOf(*about, "alert_c")), "36973");
  EXPECT_EQ(seen.warnings, std::vector<std::string>{"no_place"});
  EXPECT_EQ(seen->events[0].severity, 2);
}

TEST(Datex, AllJsonVersionsAreRead) {
  const auto folder = kDatex / "tloik/ims/versions";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const core::CityFrame finland = frameAt(24, 61);
  std::set<std::string> versions;
  int files = 0, placeless = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const std::string bytes = filled(readAll(entry.path()));
    const auto seen = decodeOn("datex2/ims", bytes, finland);
    if (entry.path().filename().string().starts_with("JSONMessage")) {
      EXPECT_FALSE(seen.ok()) << "a schema is no message";
      continue;
    }
    ASSERT_TRUE(seen.ok()) << entry.path() << ": " << seen.error();
    ASSERT_FALSE(seen->descriptions.empty()) << entry.path();
    const auto& about = seen->descriptions[0];
    // The file says whether there is a place ("geometry": null for transports through the whole country).
    const bool placed = bytes.find("\"coordinates\"") != std::string::npos ||
                        bytes.find("\"locationToDisplay\"") != std::string::npos;
    EXPECT_EQ(about.position || about.geometry, placed) << entry.path();
    placeless += !placed;
    if (about.position) {
      EXPECT_LT(glm::length(*about.position), 700'000) << entry.path();
    }
    EXPECT_FALSE(about.name.en.empty());
    versions.insert(entry.path().parent_path().filename());
    ++files;
  }
  EXPECT_EQ(versions.size(), 12u);
  EXPECT_GE(files, 50);
  EXPECT_LE(placeless, 6);
  const auto road = decodeOn("datex2/ims", readAll(kDatex / "wazefeed/Roadwork.json"), finland);
  ASSERT_TRUE(road.ok()) << road.error();
  ASSERT_TRUE(road->descriptions.at(0).geometry);
  EXPECT_GT(road->descriptions[0].geometry->parts[0].size(), 50u);
}

TEST(Datex, WrappedCoordinatesAndEnds) {
  const std::string record = R"(<soap:Envelope xmlns:soap="s"><soap:Body><d2LogicalModel><payloadPublication>
    <situation id="S1"><situationRecord xsi:type="ns2:Accident" id="R1" version="3">
    <situationRecordVersionTime>2026-11-22T08:00:00Z</situationRecordVersionTime><severity>highest</severity>
    <generalPublicComment><comment><values><value lang="en">Crash</value><value lang="ko">사고</value></values></comment></generalPublicComment>
    <groupOfLocations xsi:type="Point"><pointByCoordinates><pointCoordinates><latitude>35.8365</latitude>
    <longitude>128.69</longitude></pointCoordinates></pointByCoordinates></groupOfLocations>
    <management><lifeCycleManagement><cancel>false</cancel></lifeCycleManagement></management>
    </situationRecord></situation></payloadPublication></d2LogicalModel></soap:Body></soap:Envelope>)";
  const auto seen = decodeOn("datex2/x", record);
  ASSERT_TRUE(seen.ok()) << seen.error();
  const auto& about = seen->descriptions.at(0);
  EXPECT_EQ(about.name.ko, "사고");
  EXPECT_EQ(about.name.en, "Crash");
  EXPECT_LT(glm::length(glm::dvec2(*about.position - alphaFrame().toCity({128.69, 35.8365, 0}))), 1e-6);
  EXPECT_EQ(seen->events.at(0).type, "datex.Accident");
  EXPECT_EQ(seen->events[0].severity, 3);
  const auto over = decodeOn("datex2/x", replaced(record, "<cancel>false", "<cancel>true"));
  EXPECT_TRUE(over->descriptions.empty());
  EXPECT_EQ(over->departures.at(0).entity, "datex-R1");
  const std::string gml = replaced(replaced(record, "<pointByCoordinates>", "<gmlLineString><posList>35.83 128.68 35.84 128.69</posList></gmlLineString><pointByCoordinates>"), "x", "x");
  EXPECT_EQ(decodeOn("datex2/x", gml)->descriptions.at(0).geometry->parts.at(0).size(), 2u);
  const std::string ims = "<imsMessage><messageContent><message><content><![CDATA[" + record + "]]></content></message></messageContent></imsMessage>";
  EXPECT_EQ(decodeOn("datex2/x", ims)->descriptions.size(), 1u);
}

}  // namespace

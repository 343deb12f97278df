// SPDX-License-Identifier: Apache-2.0
// Korean public services, on samples in the documented shape (assets/feeds/samples) and on the answers
// that go wrong.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/core/time.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/decoder_table.h"

namespace {

using namespace feeds_test;
namespace fs = std::filesystem;
const base::UtcNs kTwo = *core::parseIso8601("2026-11-22T14:00:00+09:00");

std::string sample(const std::string& name) {
  std::ifstream file(fs::path(ALPHACITY_SOURCE_DIR "/assets/feeds/samples") / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

feeds::Decoded decode(const std::string& topic, std::string bytes, base::UtcNs received = kTwo) {
  feeds::DatastreamRegistry registry;
  const feeds::DecodeContext context{alphaFrame(), registry, model::Provenance::Measured};
  feeds::RawMessage message;
  message.topic = topic;
  message.received = received;
  message.bytes = std::move(bytes);
  const feeds::DecoderRow* row = feeds::findDecoder(topic);
  return row ? row->decode(message, context) : feeds::Decoded(base::Error{"no row"});
}

std::string reasonFor(const std::string& bytes, const std::string& topic = "kr/kma/getUltraSrtNcst") {
  const feeds::Decoded d = decode(topic, bytes);
  return d ? "" : d.error();
}

const model::PropertyObservation* find(const feeds::Decoded& d, std::string_view entity, std::string_view property) {
  for (const auto& p : d->properties)
    if (p.entity == entity && p.property == property) return &p;
  return nullptr;
}
double number(const feeds::Decoded& d, std::string_view entity, std::string_view property) {
  const auto* p = find(d, entity, property);
  const double* n = p ? std::get_if<double>(&p->value) : nullptr;
  return n ? *n : -12345;
}
std::string word(const feeds::Decoded& d, std::string_view entity, std::string_view property) {
  const auto* p = find(d, entity, property);
  const std::string* n = p ? std::get_if<std::string>(&p->value) : nullptr;
  return n ? *n : "(none)";
}

TEST(KrEnvelope, EveryKnownErrorHasItsReason) {
  const auto gateway = [](const std::string& code, const std::string& text) {
    return "<OpenAPI_ServiceResponse>\n<cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>" + text +
           "</returnAuthMsg><returnReasonCode>" + code + "</returnReasonCode></cmmMsgHeader>\n</OpenAPI_ServiceResponse>";
  };
  namespace r = feeds::reason;
  EXPECT_EQ(reasonFor(gateway("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")), r::kKeyUnregistered);
  EXPECT_EQ(reasonFor(gateway("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR")), r::kQuota);
  EXPECT_EQ(reasonFor(gateway("31", "DEADLINE_HAS_EXPIRED_ERROR")), r::kKeyExpired);
  EXPECT_EQ(reasonFor(gateway("32", "UNREGISTERED_IP_ERROR")), r::kAddressUnregistered);
  EXPECT_EQ(reasonFor(gateway("20", "SERVICE_ACCESS_DENIED_ERROR")), r::kAccessDenied);
  EXPECT_EQ(reasonFor(gateway("12", "NO_OPENAPI_SERVICE_ERROR")), r::kService);
  EXPECT_EQ(reasonFor(gateway("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "")), r::kKeyUnregistered);
  EXPECT_EQ(reasonFor(R"({"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"errMsg":"x","returnAuthMsg":"y","returnReasonCode":"30"}}})"), r::kKeyUnregistered);
  EXPECT_EQ(reasonFor(R"({"response":{"header":{"resultCode":"10","resultMsg":"INVALID"}}})"), r::kParameter);
  EXPECT_EQ(reasonFor(R"({"response":{"header":{"resultCode":"99","resultMsg":"UNKNOWN"}}})"), r::kService);
  EXPECT_EQ(reasonFor("API token quota exceeded"), r::kQuota);
  EXPECT_EQ(reasonFor("Unexpected errors"), r::kService);
  EXPECT_EQ(reasonFor("<html><body>busy</body></html>"), "");  // an empty body without a code says nothing
  EXPECT_EQ(reasonFor("{\"a\":1}"), r::kMissingField);
  EXPECT_EQ(reasonFor(""), r::kJson);
}

TEST(KrEnvelope, NoDataIsNoError) {
  const feeds::Decoded none = decode("kr/kma/getUltraSrtNcst", R"({"response":{"header":{"resultCode":"03","resultMsg":"NO_DATA"}}})");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->empty());
  const feeds::Decoded night = decode("kr/bis/getPos02", R"({"header":{"success":true,"resultCode":"0000","resultMsg":"ok"},"body":{"totalCount":0,"items":""}})");
  ASSERT_TRUE(night);
  EXPECT_TRUE(night->empty());
}

TEST(KrEnvelope, OneObjectForAListOfOne) {
  const std::string row = R"({"baseDate":"20261122","baseTime":"1400","category":"T1H","nx":90,"ny":90,"obsrValue":"11.8"})";
  for (const std::string& items : {"{\"item\":" + row + "}", "{\"item\":[" + row + "]}", "[" + row + "]", row}) {
    const auto d = decode("kr/kma/getUltraSrtNcst", R"({"response":{"header":{"resultCode":"00"},"body":{"items":)" + items + "}}}");
    ASSERT_TRUE(d) << items;
    EXPECT_EQ(number(d, "kma/90-90", "temperature"), 11.8) << items;
  }
}

TEST(KrWeather, Nowcast) {
  const auto d = decode("kr/kma/getUltraSrtNcst", sample("kma_nowcast.json"));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "kma/90-90", "temperature"), 11.8);
  EXPECT_EQ(number(d, "kma/90-90", "wind_direction"), 127);
  EXPECT_EQ(number(d, "kma/90-90", "rain"), 0);
  EXPECT_EQ(word(d, "kma/90-90", "precipitation"), "none");
  EXPECT_EQ(find(d, "kma/90-90", "temperature")->eventTime, kTwo);
  ASSERT_EQ(d->descriptions.size(), 1u);
  EXPECT_LT(glm::length(glm::dvec2(*d->descriptions[0].position)), 5000.0);  // within a cell of the city
}

TEST(KrWeather, MissingCodesAreBadAndWithoutAValue) {
  for (const char* code : {"-998.9", "-999", "-900", "900", "999"}) {
    const auto d = decode("kr/kma/getUltraSrtNcst", std::string(R"({"response":{"header":{"resultCode":"00"},"body":{"items":{"item":[{"baseDate":"20261122","baseTime":"1400","category":"T1H","nx":90,"ny":90,"obsrValue":")") + code + R"("}]}}}})");
    ASSERT_TRUE(d);
    ASSERT_EQ(d->properties.size(), 1u);
    EXPECT_TRUE(d->properties[0].bad) << code;
    EXPECT_EQ(d->properties[0].value.index(), 0u) << code;
    EXPECT_EQ(d.warnings, std::vector<std::string>{feeds::reason::kMissingValue});
  }
}

TEST(KrWeather, ForecastByHoursAhead) {
  const auto d = decode("kr/kma/getVilageFcst", sample("kma_forecast.json"));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "kma/90-90/+1h", "temperature"), 12);
  EXPECT_EQ(word(d, "kma/90-90/+2h", "sky"), "mostly_cloudy");
  EXPECT_EQ(number(d, "kma/90-90/+3h", "rain"), 0.5);
  EXPECT_EQ(number(d, "kma/90-90/+6h", "rain"), 2);
  EXPECT_EQ(number(d, "kma/90-90/+24h", "temperature"), 13);
  EXPECT_TRUE(find(d, "kma/90-90/+1h", "wave_height")->bad);  // -999: no sea here
  EXPECT_EQ(word(d, "kma/90-90/+1h", "valid_time"), "2026-11-22 15:00:00 KST");
  for (const auto& p : d->properties) {
    EXPECT_EQ(p.provenance, model::Provenance::Predicted);
    EXPECT_EQ(p.eventTime, kTwo);  // when it was issued, not when it will be
  }
  // Two hours later the same answer is other hours ahead.
  const auto later = decode("kr/kma/getVilageFcst", sample("kma_forecast.json"), kTwo + 2 * 3600 * base::kNsPerSecond);
  EXPECT_EQ(number(later, "kma/90-90/+1h", "temperature"), 11);
}

TEST(KrAir, GradesFlagsAndMissing) {
  const auto d = decode("kr/air/getCtprvnRltmMesureDnsty", sample("air_province.json"));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "air/시지동", "pm25"), 17);
  EXPECT_EQ(number(d, "air/시지동", "cai"), 57);
  EXPECT_EQ(word(d, "air/시지동", "cai_grade"), "moderate");
  EXPECT_FALSE(find(d, "air/시지동", "pm25")->bad);
  const auto* broken = find(d, "air/만촌동", "pm25");
  ASSERT_NE(broken, nullptr);
  EXPECT_TRUE(broken->bad);
  EXPECT_EQ(broken->value.index(), 0u);
  EXPECT_TRUE(find(d, "air/지산동", "co")->bad);
  EXPECT_EQ(find(d, "air/시지동", "pm10")->eventTime, kTwo);
}

TEST(KrAir, MidnightIsHourTwentyFourAndTheSubjectNamesTheStation) {
  const auto d = decode("kr/air/getMsrstnAcctoRltmMesureDnsty/시지동", R"({"response":{"header":{"resultCode":"00"},"body":{"items":[{"dataTime":"2026-11-22 24:00","pm10Value":"30","pm10Flag":null}]}}})");
  ASSERT_TRUE(d);
  ASSERT_NE(find(d, "air/시지동", "pm10"), nullptr);
  EXPECT_EQ(find(d, "air/시지동", "pm10")->eventTime, kTwo + 10 * 3600 * base::kNsPerSecond);
  EXPECT_EQ(find(d, "air/시지동", "co"), nullptr);  // not measured there: nothing is said
}

TEST(KrAir, StationsHaveTheirLatitudeInDmX) {
  const auto d = decode("kr/air/getMsrstnList", sample("air_stations.json"));
  ASSERT_TRUE(d);
  ASSERT_EQ(d->descriptions.size(), 2u);
  const core::GeoPoint at = alphaFrame().toGeographic(*d->descriptions[1].position);
  EXPECT_NEAR(at.latitude, 35.8440, 1e-6);
  EXPECT_NEAR(at.longitude, 128.6960, 1e-6);
}

TEST(KrIts, LinkSpeeds) {
  const auto d = decode("kr/its/trafficInfo", sample("its_traffic.json"));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "link/1500004300", "speed"), 43);
  EXPECT_EQ(number(d, "link/1500013300", "travel_time"), 88);
  EXPECT_EQ(find(d, "link/1500004300", "speed")->eventTime, kTwo - 5 * 60 * base::kNsPerSecond);
  EXPECT_EQ(d->descriptions[0].name.ko, "달구벌대로");
}

TEST(KrIts, IncidentsKeepTheirIdAndPlace) {
  const auto d = decode("kr/its/eventInfo", sample("its_events.json"));
  ASSERT_TRUE(d);
  ASSERT_EQ(d->events.size(), 2u);
  EXPECT_EQ(d->events[0].severity, 2);
  EXPECT_EQ(d->events[1].severity, 1);
  EXPECT_NE(d->events[0].id, d->events[1].id);
  EXPECT_EQ(d->events[0].id, decode("kr/its/eventInfo", sample("its_events.json"))->events[0].id);
  const core::GeoPoint at = alphaFrame().toGeographic(*d->events[0].position);
  EXPECT_NEAR(at.latitude, 35.84167, 1e-6);
  ASSERT_EQ(d->descriptions.size(), 2u);
  EXPECT_EQ(d->descriptions[1].expires, *core::parseIso8601("2026-11-23T06:00:00+09:00"));
  EXPECT_EQ(feeds::findDecoder("kr/its/eventInfo")->queueClass, feeds::QueueClass::Event);
}

TEST(KrIts, CamerasFromXml) {
  const auto d = decode("kr/its/cctvInfo", sample("its_cctv.xml"));
  ASSERT_TRUE(d) << d.error();
  ASSERT_EQ(d->descriptions.size(), 2u);
  EXPECT_EQ(d->descriptions[0].name.ko, "[시군도] 경기장네거리 (모의)");
  EXPECT_EQ(d->descriptions[0].kind, "traffic_cctv");
}

TEST(KrBis, PositionsAndArrivals) {
  const auto buses = decode("kr/bis/getPos02/3000204000", sample("bis_positions.json"));
  ASSERT_TRUE(buses);
  ASSERT_EQ(buses->poses.size(), 3u);
  EXPECT_EQ(buses->poses[0].entity, "bus/견본1001");
  EXPECT_EQ(word(buses, "bus/견본1001", "route"), "204");
  EXPECT_EQ(number(buses, "bus/견본1002", "stop_sequence"), 12);
  const auto stop = decode("kr/bis/getRealtime02/7041023400", sample("bis_arrivals.json"));
  ASSERT_TRUE(stop);
  EXPECT_EQ(number(stop, "stop/7041023400", "next_arrival"), 1);
  EXPECT_EQ(word(stop, "stop/7041023400", "arrivals"), "849 전, 204 5분, 849 16분");
  EXPECT_FALSE(decode("kr/bis/getRealtime02", sample("bis_arrivals.json")));  // of which stop?
}

TEST(KrBis, XmlWithOneItemsElementPerRow) {
  const auto d = decode("kr/bis/getPos02", "<Response><header><success>true</success><resultCode>0000</resultCode></header><body><items><xpos>128.68</xpos><ypos>35.84</ypos><vhcNo2>1234</vhcNo2></items><items><xPos>128.69</xPos><yPos>35.83</yPos><vhcNo2>5678</vhcNo2></items></body></Response>");
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(d->poses.size(), 2u);
}

TEST(KrSms, MessagesAreEventsThatAreSaidOnce) {
  const auto d = decode("kr/sms/DSSP-IF-00247", sample("sms.json"));
  ASSERT_TRUE(d) << d.error();
  ASSERT_EQ(d->events.size(), 2u);
  EXPECT_EQ(d->events[0].id, "sms/261122001");
  EXPECT_EQ(d->events[0].severity, 1);
  EXPECT_EQ(d->events[1].severity, 2);
  EXPECT_EQ(d->events[0].details[1].second, "대구광역시 수성구");
}

TEST(KrEv, StatusCodes) {
  const auto info = decode("kr/ev/getChargerInfo", sample("ev_info.json"));
  ASSERT_TRUE(info) << info.error();
  EXPECT_EQ(word(info, "ev/ZC000101-01", "status"), "idle");
  EXPECT_EQ(word(info, "ev/ZC000101-02", "status"), "charging");
  EXPECT_TRUE(find(info, "ev/ZC000102-01", "status")->bad);
  EXPECT_EQ(info->descriptions.size(), 3u);
  const auto status = decode("kr/ev/getChargerStatus", sample("ev_status.xml"));
  ASSERT_TRUE(status) << status.error();
  EXPECT_EQ(word(status, "ev/ZC000101-01", "status"), "charging");
  EXPECT_EQ(find(status, "ev/ZC000101-01", "status")->eventTime, *core::parseIso8601("2026-11-22T13:58:30+09:00"));
}

TEST(KrSignal, RemainingTimesAndStates) {
  const auto d = decode("kr/signal/v2xSignalPhaseTimingInformation", sample("signal_timing.json"));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "crossing/9001", "remain_1"), 18.5);  // nt Stsg
  EXPECT_EQ(number(d, "crossing/9001", "remain_9"), 4.2);   // nt Ltsg
  EXPECT_EQ(find(d, "crossing/9001", "remain_3")->value.index(), 0u);  // 36001: unknown
  EXPECT_EQ(find(d, "crossing/9001", "remain_7")->value.index(), 0u);  // -1: unknown
  EXPECT_EQ(find(d, "crossing/9001", "remain_1")->eventTime, kTwo);
  const auto phases = decode("kr/signal/v2xSignalPhaseInformation", sample("signal_phase.json"));
  EXPECT_EQ(word(phases, "crossing/9001", "group_1"), "protected-Movement-Allowed");
  // A bare array, as t-data sends it, with numbers as text.
  const auto bare = decode("kr/signal/v2xSignalPhaseTimingInformation", R"([{"trsmUtcTime":1782961445714,"itstId":"23665","seStsgRmdrCs":"55","nwStsgRmdrCs":null}])");
  ASSERT_TRUE(bare) << bare.error();
  EXPECT_EQ(number(bare, "crossing/23665", "remain_4"), 5.5);
}

TEST(KrSamples, EveryOneSaysThatItIsASample) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator(ALPHACITY_SOURCE_DIR "/assets/feeds/samples")) {
    EXPECT_NE(sample(entry.path().filename().string()).substr(0, 300).find("모의/견본"), std::string::npos) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 14);
}

TEST(KrBombs, DeepAndHugeAnswersAreRefusedAtOnce) {
  const auto start = std::chrono::steady_clock::now();
  const size_t limit = feeds::findDecoder("kr/its/trafficInfo")->maxBytes;
  EXPECT_EQ(reasonFor(std::string(limit, '[')), feeds::reason::kJson);
  EXPECT_EQ(reasonFor(std::string(limit + 1, '[')), feeds::reason::kTooLarge);
  std::string deep;
  for (int i = 0; i < 300000; ++i) deep += "<a>";
  EXPECT_EQ(reasonFor(deep), feeds::reason::kXml);
  std::string wide = "<r>";
  while (wide.size() < 6u << 20) wide += "<a/>";
  EXPECT_EQ(reasonFor(wide + "</r>"), feeds::reason::kTooLarge);
  EXPECT_EQ(reasonFor("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]><response><header><resultCode>&lol2;</resultCode></header></response>"), feeds::reason::kXmlDtd);
  EXPECT_EQ(reasonFor("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a>&x;</a>"), feeds::reason::kXmlDtd);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

// Any placement in Korea, any plate: what goes in comes out where it was.
RC_GTEST_PROP(KrBis, APositionSurvivesTheWayIn, ()) {
  const double lon = *rc::gen::inRange(128660, 128720) / 1000.0, lat = *rc::gen::inRange(35820, 35860) / 1000.0;
  const int plate = *rc::gen::inRange(1000, 9999);
  const auto d = decode("kr/bis/getPos02", R"({"header":{"resultCode":"0000"},"body":{"items":[{"xPos":)" + std::to_string(lon) + R"(,"yPos":)" + std::to_string(lat) + R"(,"vhcNo2":")" + std::to_string(plate) + R"("}]}})");
  RC_ASSERT(d.ok() && d->poses.size() == 1u);
  const core::GeoPoint at = alphaFrame().toGeographic(d->poses[0].position);
  RC_ASSERT(std::abs(at.longitude - lon) < 1e-7);
  RC_ASSERT(std::abs(at.latitude - lat) < 1e-7);
}

}  // namespace

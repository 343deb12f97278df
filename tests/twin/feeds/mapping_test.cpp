// SPDX-License-Identifier: Apache-2.0
// Foreign JSON, CSV and XML by mapping files, on real files where ../shared/data has them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/base/hash.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/core/time.h"
#include "twin/feeds/csv_reader.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/mapping_apply.h"
#include "twin/feeds/text_encoding.h"
#include "twin/feeds/time_format.h"
#include "twin/feeds/transport_table.h"

namespace {

using namespace feeds_test;
namespace fs = std::filesystem;
namespace r = feeds::reason;
const fs::path kData = fs::path(ALPHACITY_SOURCE_DIR) / ".." / "shared" / "data";

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

feeds::Mapping mapping(const std::string& text) {
  auto m = feeds::Mapping::parse(text, "map.toml");
  EXPECT_TRUE(m) << (m ? "" : m.error());
  return m ? *m : feeds::Mapping{};
}

feeds::Decoded mapped(const feeds::Mapping& m, std::string bytes, feeds::MappingTrace* trace = nullptr, const std::string& topic = "mapped/m/x") {
  static const feeds::DatastreamRegistry none;
  feeds::RawMessage message;
  message.topic = topic;
  message.received = kNow;
  message.bytes = std::move(bytes);
  return feeds::applyMapping(m, message, {.frame = alphaFrame(), .datastreams = none}, trace);
}

long count(const std::vector<std::string>& reasons, const char* which) {
  return std::count(reasons.begin(), reasons.end(), which);
}

double number(const feeds::Decoded& d, std::string_view entity, std::string_view property) {
  for (const auto& p : d->properties)
    if (p.entity == entity && p.property == property)
      if (const double* n = std::get_if<double>(&p.value)) return *n;
  return -12345;
}

const char* kLatLon = R"(format = "csv"
[entity]
id = "row-{lat}-{lon}"
kind = "place"
[position]
longitude = "lon"
latitude = "lat"
[[property]]
name = "value"
path = "value"
type = "number"
)";

TEST(Mapping, ErrorsNameFileLineAndKey) {
  const std::pair<const char*, const char*> cases[] = {
      {"format = \"yaml\"\n[entity]\nid = \"a\"\nkind = \"b\"", "map.toml:1: format: "},
      {"format = \"csv\"", "map.toml:1: entity: "},
      {"format = \"csv\"\n[entity]\nkind = \"b\"", "map.toml:2: id: is needed"},
      {"format = \"json\"\n[entity]\nid = \"{id}\"\nkind = \"b\"", "map.toml:3: id: 'id' is no JSON pointer"},
      {"format = \"csv\"\n[entity]\nid = \"{a\"\nkind = \"b\"", "map.toml:3: id: a { is never closed"},
      {"format = \"csv\"\n[entity]\nid = \"a\"\nkind = \"b\"\ncolour = 1", "map.toml:5: colour: is not known"},
      {"format = \"csv\"\n[entity]\nid = \"a\"\nkind = \"b\"\n[position]\nx = \"X\"\ny = \"Y\"\ncrs = \"EPSG:99999999\"", "map.toml:8: crs: "},
      {"format = \"csv\"\n[entity]\nid = \"a\"\nkind = \"b\"\n[time]\npath = \"t\"\nformat = \"%Q\"", "map.toml:7: format: "},
      {"format = \"csv\"\n[entity]\nid = \"a\"\nkind = \"b\"\n[time]\npath = \"t\"\nzone = \"Seoul\"", "map.toml:7: zone: "},
      {"format = \"csv\"\nencoding = \"KLINGON\"\n[entity]\nid = \"a\"\nkind = \"b\"", "map.toml:2: encoding: "},
      {"format = ", "map.toml:1: not TOML"},
  };
  for (const auto& [text, start] : cases) {
    const auto m = feeds::Mapping::parse(text, "map.toml");
    ASSERT_FALSE(m) << text;
    EXPECT_TRUE(m.error().starts_with(start)) << m.error() << "\nwanted " << start;
    EXPECT_EQ(m.error().find('\n'), std::string::npos);
  }
}

/// Where toml++ 3.3 asks whether such a sign is a blank it declares its own answer unreachable.
TEST(Mapping, SignsOutsideOfStringsAreRefusedAndAfterALineBreakKept) {
  const std::string head = "format = \"csv\"\n[entity]\nid = \"a\"\nkind = \"b\"\n";
  for (const char* sign : {"\u00b5", "\u00e9", "\u0416", "\u2c00"}) {
    const auto bare = feeds::Mapping::parse(head + "name = " + sign, "map.toml");
    ASSERT_FALSE(bare) << sign;
    EXPECT_TRUE(bare.error().starts_with("map.toml:5: not TOML")) << bare.error();
    const auto kept = feeds::Mapping::parse(head + "[[property]]\nname = \"dust\"\npath = \"v\"\nunit = \"\"\"\\\n   " + sign + "g/m\u00b3\"\"\"", "map.toml");
    ASSERT_TRUE(kept) << kept.error();
    EXPECT_EQ(kept->properties.at(0).unit, sign + std::string("g/m\u00b3"));
  }
}

TEST(Mapping, JsonScalesRenamesAndKeepsMissingApart) {
  const feeds::Mapping m = mapping(R"(format = "json"
items = "/data/*/sensors"
missing = ["-999"]
[entity]
id = "{topic:2}-{/id}"
kind = "air_station"
name = "{/meta/name}"
[position]
longitude = "/pos/0"
latitude = "/pos/1"
[time]
path = "^/sent"
format = "unix"
[[property]]
name = "temperature"
path = "/t"
scale = 0.1
offset = -40
[[property]]
name = "status"
path = "/s"
values = { "1" = "idle", "3" = "charging" }
[[property]]
name = "pm10"
path = "/pm"
)");
  feeds::MappingTrace trace;
  const auto d = mapped(m, R"({"sent":1795338000,"data":{"a":{"sensors":[{"id":1,"meta":{"name":"하나"},"pos":[128.69,35.8365],"t":520,"s":3,"pm":"-999","other":5}]},"b":{"sensors":[{"id":2,"pos":[500,35],"t":"x","s":9}]}}})", &trace, "mapped/m/site");
  ASSERT_TRUE(d) << d.error();
  EXPECT_DOUBLE_EQ(number(d, "site-1", "temperature"), 12);
  EXPECT_EQ(d->descriptions[0].name.ko, "하나");
  EXPECT_EQ(d->properties[0].eventTime, 1795338000LL * base::kNsPerSecond);
  ASSERT_EQ(d->properties[2].property, "pm10");
  EXPECT_TRUE(d->properties[2].bad);
  EXPECT_EQ(d->properties[2].value.index(), 0u);
  EXPECT_EQ(number(d, "site-2", "status"), 9);  // a code without a word stays a number
  EXPECT_EQ(count(d.warnings, r::kPosition), 1);
  EXPECT_EQ(trace.records, 2u);
  EXPECT_EQ(trace.unread, std::vector<std::string>{"/other"});
  const auto path = std::find_if(trace.paths.begin(), trace.paths.end(), [](const auto& p) { return p.path == "/t"; });
  ASSERT_NE(path, trace.paths.end());
  EXPECT_EQ(path->raw, "520");
  EXPECT_EQ(path->took, "12");
  EXPECT_EQ(path->use, "property temperature");
}

TEST(Mapping, MovingThingsAndEvents) {
  const std::string thing = "format = \"json\"\n[entity]\nid = \"{/id}\"\nkind = \"taxi\"\n[position]\nlongitude = \"/lon\"\nlatitude = \"/lat\"\n";
  const auto moving = mapped(mapping(thing + "[pose]\nheading = \"/dir\"\nspeed = \"/kmh\"\nspeed_scale = 0.27777777777777778\n"), R"({"id":"t","lon":128.69,"lat":35.8365,"dir":90,"kmh":36})");
  ASSERT_TRUE(moving);
  ASSERT_EQ(moving->poses.size(), 1u);
  EXPECT_NEAR(moving->poses[0].speed, 10, 1e-9);
  EXPECT_NEAR(moving->poses[0].heading, alphaFrame().gridFromTrue(1.5707963267948966), 1e-9);
  const auto event = mapped(mapping(thing + "[event]\ntype = \"incident\"\nid = \"{/id}\"\nseverity = 2\n[[property]]\nname = \"cause\"\npath = \"/why\"\n"), R"({"id":"e","lon":128.69,"lat":35.8365,"why":"fog"})");
  ASSERT_TRUE(event);
  ASSERT_EQ(event->events.size(), 1u);
  EXPECT_EQ(event->events[0].severity, 2);
  EXPECT_EQ(event->events[0].details[0].second, "fog");
  EXPECT_TRUE(event->properties.empty());
}

TEST(Mapping, XmlElementsAttributesAndNamespaces) {
  const feeds::Mapping m = mapping("format = \"xml\"\nitems = \"list/station\"\n[entity]\nid = \"s{@id}\"\nkind = \"weather_station\"\n[position]\nlongitude = \"pos/@lon\"\nlatitude = \"pos/@lat\"\n[[property]]\nname = \"temperature\"\npath = \"obs/temp\"\n[time]\npath = \"^list/@sent\"\n");
  const auto d = mapped(m, R"(<w:list xmlns:w="u" sent="2026-11-22T14:00:00+09:00"><w:station id="1"><w:pos lon="128.69" lat="35.8365"/><w:obs><w:temp> 11.5 </w:temp></w:obs></w:station><w:station id="2"><w:obs><w:temp>bad</w:temp></w:obs></w:station></w:list>)");
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(number(d, "s1", "temperature"), 11.5);
  EXPECT_EQ(d->properties.size(), 2u);
  EXPECT_EQ(d->properties[0].eventTime, *core::parseIso8601("2026-11-22T14:00:00+09:00"));
  EXPECT_EQ(mapped(m, "<other/>").error(), std::string(r::kNoItems));
}

TEST(Mapping, ProjectedCoordinates) {
  const feeds::Mapping m = mapping("format = \"csv\"\n[entity]\nid = \"{id}\"\nkind = \"place\"\n[position]\nx = \"E\"\ny = \"N\"\ncrs = \"EPSG:5186\"\n");
  const auto d = mapped(m, "id,E,N\ncentre,352697.6,361221.8\n");  // the domain's table: 35.8365, 128.6900
  ASSERT_TRUE(d);
  ASSERT_EQ(d->descriptions.size(), 1u);
  const core::GeoPoint at = alphaFrame().toGeographic(*d->descriptions[0].position);
  EXPECT_NEAR(at.latitude, 35.8365, 2e-6);
  EXPECT_NEAR(at.longitude, 128.6900, 2e-6);
}

TEST(MappingCsv, QuotesSemicolonsDecimalCommasAndBlanks) {
  const feeds::Mapping m = mapping("format = \"csv\"\ndecimal = \",\"\n[entity]\nid = \"{Id}\"\nkind = \"place\"\nname = \"{Name}\"\n[[property]]\nname = \"level\"\npath = \"Wert\"\ntype = \"number\"\n[[property]]\nname = \"second\"\npath = \"#4\"\n");
  const auto d = mapped(m, "\xef\xbb\xbfId;Name;Wert;x\r\na;\"two\r\nlines; \"\"quoted\"\"\";1.234,5;7\r\n;;;\r\n\r\nb;B;viel;8\r\nb;B;viel;8\r\nc;C;3\r\nd;\"open\" text;1;1\r\ne;E;-0,5;9\r\n");
  ASSERT_TRUE(d) << d.error();
  EXPECT_DOUBLE_EQ(number(d, "a", "level"), 1234.5);
  EXPECT_DOUBLE_EQ(number(d, "e", "level"), -0.5);
  EXPECT_EQ(d->descriptions[0].name.ko, "two\r\nlines; \"quoted\"");
  EXPECT_EQ(count(d.warnings, r::kBlankRow), 2);
  EXPECT_EQ(count(d.warnings, r::kNumber), 1);
  EXPECT_EQ(count(d.warnings, r::kDuplicateRow), 1);
  EXPECT_EQ(count(d.warnings, r::kColumns), 1);
  EXPECT_EQ(count(d.warnings, r::kCsv), 1);
  EXPECT_EQ(number(d, "a", "second"), 7);
}

TEST(MappingCsv, AColumnThatIsNotThereIsSaid) {
  feeds::MappingTrace trace;
  const auto d = mapped(mapping(kLatLon), "lat,lon\n35.8,128.7\n", &trace);
  ASSERT_TRUE(d);
  EXPECT_EQ(count(d.warnings, r::kMissingField), 1);
  EXPECT_EQ(trace.paths.back().refused.at(r::kMissingField), 1u);
}

TEST(MappingCsv, DirtyTablesOfTerria) {
  const fs::path folder = kData / "time_csv_small";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  const feeds::Mapping m = mapping(kLatLon);
  const auto bad = mapped(m, read(folder / "lat_lon_badvalue.csv"));
  ASSERT_TRUE(bad);
  EXPECT_EQ(count(bad.warnings, r::kNumber), 1);
  EXPECT_EQ(bad->properties.size(), 2u);
  const auto blank = mapped(m, read(folder / "lat_lon_blankvalue.csv"));
  EXPECT_EQ(blank->properties.size(), 3u);
  EXPECT_EQ(std::count_if(blank->properties.begin(), blank->properties.end(), [](const auto& p) { return p.bad; }), 1);
  EXPECT_EQ(count(mapped(m, read(folder / "lat_lon_val_with_duplicate_row.csv")).warnings, r::kDuplicateRow), 1);
  const auto series = mapped(mapping("format = \"csv\"\n[entity]\nid = \"{lat}/{lon}\"\nkind = \"place\"\n[time]\npath = \"Time\"\n[[property]]\nname = \"capacity\"\npath = \"Capacity\"\n"), read(folder / "lat_lon_timeseries.csv"));
  ASSERT_TRUE(series);
  EXPECT_EQ(series->properties[1].eventTime, *core::parseIso8601("2014-04-02T01:05:05+10:00"));
  const auto quakes = mapped(mapping("format = \"csv\"\n[entity]\nid = \"q{Date}\"\nkind = \"place\"\n[position]\nlongitude = \"Longitude\"\nlatitude = \"Latitude\"\n[time]\npath = \"Date\"\nformat = \"%d/%m/%Y %H:%M:%S\"\nzone = \"Z\"\n[event]\ntype = \"earthquake\"\nid = \"{Date}\"\n[[property]]\nname = \"magnitude\"\npath = \"Magnitude\"\n"), read(folder / "earthquakes.csv"));
  ASSERT_TRUE(quakes);
  EXPECT_GT(quakes->events.size(), 5000u);
  EXPECT_EQ(quakes->events[0].eventTime, *core::parseIso8601("1991-08-30T12:39:58Z"));
}

TEST(MappingCsv, DaegusParkingLotsInCp949AndUtf8) {
  const fs::path folder = kData / "kr_daegu_open_csv_cp949";
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not here";
  const auto example = feeds::Mapping::load(ALPHACITY_SOURCE_DIR "/assets/feeds/mapping_example.toml");
  ASSERT_TRUE(example) << example.error();
  const auto lots = mapped(*example, read(folder / "대구 주차장 정보.csv"));
  ASSERT_TRUE(lots) << lots.error();
  EXPECT_GT(lots->descriptions.size(), 700u);
  EXPECT_EQ(number(lots, "parking/153-2-000001", "capacity"), 62);
  EXPECT_EQ(lots->descriptions[0].name.ko, "봉덕공영주차장");
  EXPECT_EQ(lots->properties[0].eventTime, *core::parseIso8601("2020-01-01T00:00:00+09:00"));
  const auto cameras = mapped(mapping("format = \"csv\"\n[entity]\nid = \"enforcement/{무인교통단속카메라관리번호}\"\nkind = \"cctv\"\nname = \"{설치장소}\"\n[position]\nlongitude = \"경도\"\nlatitude = \"위도\"\n[[attribute]]\nname = \"speed_limit\"\npath = \"제한속도\"\n"), read(folder / "대구 CCTV 정보.csv"));
  ASSERT_TRUE(cameras);
  EXPECT_GT(cameras->descriptions.size(), 900u);
  const auto newer = mapped(mapping("format = \"csv\"\n[entity]\nid = \"parking/{MANAGE_NUM}\"\nkind = \"parking_lot\"\nname = \"{NAME}\"\n[position]\nlongitude = \"LOT\"\nlatitude = \"LAT\"\n[[property]]\nname = \"capacity\"\npath = \"AREA_NUM\"\n"), read(folder / "parking_2023_utf8bom" / "data.csv"));
  ASSERT_TRUE(newer);
  EXPECT_EQ(newer->descriptions[0].entity, "parking/156-1-000002");
  EXPECT_GT(newer->descriptions.size(), 700u);
}

TEST(MappingCsv, SeoulsBikesWithDateAndHourApart) {
  const fs::path file = kData / "kr_seoul_bike_hourly" / "SeoulBikeData.csv";
  if (!fs::exists(file)) GTEST_SKIP() << file << " is not here";
  const auto d = mapped(mapping("format = \"csv\"\n[entity]\nid = \"seoul-bikes\"\nkind = \"place\"\n[time]\npath = [\"Date\", \"Hour\"]\nformat = \"%d/%m/%Y %H\"\nzone = \"+09:00\"\n[[property]]\nname = \"rented\"\npath = \"Rented Bike Count\"\n[[property]]\nname = \"temperature\"\npath = \"Temperature\"\n"), read(file));
  ASSERT_TRUE(d) << d.error();
  EXPECT_EQ(d->properties.size(), 2u * 8760);
  EXPECT_EQ(d->properties[0].eventTime, *core::parseIso8601("2017-12-01T00:00:00+09:00"));
  EXPECT_EQ(d->properties.back().eventTime, *core::parseIso8601("2018-11-30T23:00:00+09:00"));
  EXPECT_TRUE(d.warnings.empty());
}

TEST(MappingCsv, DaegusBusStops) {
  const fs::path file = kData / "kr_daegu_bus_stops" / "bus_stops.csv";
  if (!fs::exists(file)) GTEST_SKIP() << file << " is not here";
  const auto d = mapped(mapping("format = \"csv\"\n[entity]\nid = \"stop/{station_id}\"\nkind = \"bus_stop\"\nname = \"{stop_name}\"\n[position]\nlongitude = \"longitude\"\nlatitude = \"latitude\"\n[[attribute]]\nname = \"routes\"\npath = \"route_list\"\n"), read(file));
  ASSERT_TRUE(d);
  EXPECT_EQ(d->descriptions.size(), 4250u);
}

TEST(MappingJson, GbfsAndWeatherStationsWithoutCode) {
  const fs::path bikes = kData / "gbfs_bikes" / "free_bike_status.json", weather = kData / "time_csv_small" / "weather-station-100.json";
  if (!fs::exists(bikes) || !fs::exists(weather)) GTEST_SKIP() << kData << " is not here";
  const auto d = mapped(mapping("format = \"json\"\nitems = \"/data/bikes\"\n[entity]\nid = \"bike/{/bike_id}\"\nkind = \"bicycle\"\n[position]\nlongitude = \"/lon\"\nlatitude = \"/lat\"\n[time]\npath = \"^/last_updated\"\nformat = \"unix\"\n[[property]]\nname = \"reserved\"\npath = \"/is_reserved\"\ntype = \"flag\"\n"), read(bikes));
  ASSERT_TRUE(d) << d.error();
  EXPECT_GT(d->descriptions.size(), 500u);
  const auto w = mapped(mapping("format = \"json\"\nitems = \"/records\"\n[entity]\nid = \"ws/{/record/id}\"\nkind = \"weather_station\"\n[position]\nlongitude = \"/record/fields/geolocation/lon\"\nlatitude = \"/record/fields/geolocation/lat\"\n[time]\npath = \"/record/fields/metadata_time\"\n"), read(weather));
  ASSERT_TRUE(w) << w.error();
  EXPECT_EQ(w->descriptions.size(), 100u);
}

TEST(TimeFormat, Patterns) {
  const auto t = [](const char* text, const char* pattern) { return feeds::parseTime(text, pattern, 540).value_or(-1); };
  const base::UtcNs two = *core::parseIso8601("2026-11-22T14:00:00+09:00");
  EXPECT_EQ(t("2026-11-22 14:00", "%Y-%m-%d %H:%M"), two);
  EXPECT_EQ(t("20261122140000", "%Y%m%d%H%M%S"), two);
  EXPECT_EQ(t("2026/11/22 14:00:00.5", "%Y/%m/%d %H:%M:%S"), two + 500 * base::kNsPerMs);
  EXPECT_EQ(t("2026-11-22T05:00:00Z", "iso"), two);
  EXPECT_EQ(t("2026-11-22T14:00:00", "iso"), two);
  EXPECT_EQ(t("1795323600", "unix"), two);
  EXPECT_EQ(t("1795323600000", "unix_ms"), two);
  EXPECT_EQ(t("2026-11-22 24:00", "%Y-%m-%d %H:%M"), two + 10 * 3600 * base::kNsPerSecond);
  for (const char* bad : {"", "2026-13-01 00:00", "2026-02-30 00:00", "2026-11-22 25:00", "2026-11-22 24:01", "2026-11-22 14:00 x", "1850-01-01 00:00"}) EXPECT_EQ(t(bad, "%Y-%m-%d %H:%M"), -1) << bad;
}

TEST(TextEncoding, MarksAndGuesses) {
  EXPECT_EQ(*feeds::toUtf8("\xef\xbb\xbf가", "auto"), "가");
  EXPECT_EQ(*feeds::toUtf8("\xb4\xeb\xb1\xb8", "auto"), "대구");
  EXPECT_EQ(*feeds::toUtf8(std::string_view("\xff\xfe\x00\xac", 4), "auto"), "가");
  EXPECT_FALSE(feeds::toUtf8("\xff\xfe\xff", "auto"));
  EXPECT_FALSE(feeds::isUtf8("\xc0\x80"));
  EXPECT_FALSE(feeds::isUtf8("\xed\xa0\x80"));
}

struct Kept final : feeds::MessageSink {
  void deliver(const feeds::Delivery& d) override {
    largest = std::max(largest, d.bytes.size());
    messages.emplace_back(d.bytes);
    shifts.push_back(d.shift);
  }
  void gap(std::string_view) override { ++gaps; }
  std::vector<std::string> messages;
  std::vector<int64_t> shifts;
  size_t largest = 0;
  int gaps = 0;
};

TEST(TableTransport, StreamsWithTheHeaderBeforeEveryPiece) {
  const fs::path file = fs::temp_directory_path() / "alphacity_table.csv";
  {
    std::ofstream out(file);
    out << "id,text\n";
    for (int i = 0; i < 50000; ++i) out << i << ",\"row\n" << i << "\"\n";
    out << "last," << std::string(3 << 20, 'x') << "\n50001,end\n";
  }
  const auto m = std::make_shared<const feeds::Mapping>(mapping("format = \"csv\"\n[entity]\nid = \"{id}\"\nkind = \"k\"\n[[property]]\nname = \"text\"\npath = \"text\"\n"));
  Kept kept;
  auto transport = feeds::makeTableTransport({.path = file, .topic = "mapped/m/x", .mapping = m, .periodSeconds = 0, .ownThread = false});
  transport->start(kept);
  fs::remove(file);
  size_t rows = 0;
  for (const std::string& message : kept.messages) {
    EXPECT_TRUE(message.starts_with("id,text\n"));
    const auto d = mapped(*m, message);
    ASSERT_TRUE(d);
    rows += d->properties.size();
  }
  EXPECT_EQ(rows, 50001u);
  EXPECT_EQ(kept.gaps, 1);  // the line of three megabytes
  EXPECT_GT(kept.messages.size(), 2u);
  EXPECT_LT(kept.largest, 512u << 10);
}

TEST(TableTransport, SamplesPlayAsOfNow) {
  Kept kept;
  const base::UtcNs then = *core::parseIso8601("2026-11-22T14:00:00+09:00");
  auto transport = feeds::makeTableTransport({.path = ALPHACITY_SOURCE_DIR "/assets/feeds/samples/sms.json", .topic = "kr/sms/DSSP-IF-00247", .sampleTime = then, .now = [] { return kNow; }, .ownThread = false});
  transport->start(kept);
  ASSERT_EQ(kept.shifts.size(), 1u);
  EXPECT_LE(std::abs(kNow - then - kept.shifts[0]), 60 * base::kNsPerSecond);
}

TEST(MappingBombs, AreRefusedAtOnce) {
  const auto start = std::chrono::steady_clock::now();
  const feeds::Mapping json = mapping("format = \"json\"\n[entity]\nid = \"{/a}\"\nkind = \"k\"\n");
  EXPECT_EQ(mapped(json, std::string(8u << 20, '[')).error(), std::string(r::kJson));
  EXPECT_EQ(mapped(json, std::string(100u << 20, '[')).error(), std::string(r::kTooLarge));
  const feeds::Mapping xml = mapping("format = \"xml\"\n[entity]\nid = \"{a}\"\nkind = \"k\"\n");
  EXPECT_EQ(mapped(xml, "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>").error(), std::string(r::kXmlDtd));
  const auto line = mapped(mapping(kLatLon), "lat,lon,value\n35.8,128.7," + std::string(4u << 20, '9') + "\n35.8,128.71,1\n");
  ASSERT_TRUE(line);
  EXPECT_EQ(count(line.warnings, r::kTooLarge), 1);
  EXPECT_EQ(line->properties.size(), 1u);
  const auto quote = mapped(mapping(kLatLon), "lat,lon,value\n\"" + std::string(4u << 20, 'q') + "\n35.8,128.71,1\n");
  ASSERT_TRUE(quote);
  EXPECT_EQ(count(quote.warnings, r::kCsv), 1);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(4));  // seven bombs, each far below one
}

// 20,000 mutations of a message of each shape, the same every run.
TEST(MappingMutation, NeverCrashesAndNeverAcceptsNonsense) {
  const std::string rules = "[position]\nlongitude = \"Px\"\nlatitude = \"Py\"\n[time]\npath = \"Pt\"\n[[property]]\nname = \"v\"\npath = \"Pv\"\n";
  for (const std::string format : {"json", "csv", "xml"}) {
    std::string text = "format = \"" + format + "\"\n[entity]\nid = \"{Pa}\"\nkind = \"k\"\n" + rules;
    for (size_t at = text.find('P'); at != std::string::npos; at = text.find('P')) text.replace(at, 1, format == "json" ? "/" : "");
    const feeds::Mapping m = mapping(text);
    const std::string seed = read(fs::path(ALPHACITY_SOURCE_DIR "/tests/fuzz/corpus/mapping") / format).substr(1);
    ASSERT_EQ(mapped(m, seed)->properties.size(), 1u) << format;
    base::Random random(7);
    int accepted = 0;
    for (int round = 0; round < 20000; ++round) {
      std::string bytes = seed;
      for (uint64_t edit = 0; edit <= random.next() % 4; ++edit) {
        const size_t at = random.next() % bytes.size();
        if (random.next() % 3 == 0) bytes.insert(at, 1, "<>/\",;{}[]0-e\n"[random.next() % 15]);
        else bytes[at] = static_cast<char>(random.next());
      }
      const auto d = mapped(m, bytes);
      if (!d) {
        ASSERT_LT(d.error().size(), 32u);
        continue;
      }
      ++accepted;
      for (const auto& p : d->properties) {
        const double* n = std::get_if<double>(&p.value);
        ASSERT_TRUE(!p.entity.empty() && p.eventTime > 0 && (!n || std::isfinite(*n)));
      }
      for (const auto& each : d->descriptions) ASSERT_TRUE(!each.position || (std::isfinite(each.position->x) && std::isfinite(each.position->y)));
    }
    EXPECT_GT(accepted, 1000) << format;
  }
}

// Any cells, written by the rules of RFC 4180, come back as they were.
RC_GTEST_PROP(CsvReader, ReadsWhatTheRulesWrite, ()) {
  const auto cell = rc::gen::container<std::string>(rc::gen::element('a', '"', ',', '\n', '\r', ' ', ';', '\x01'));
  auto row = *rc::gen::container<std::vector<std::string>>(3, cell);
  row[0] += "x";  // not a blank row
  std::string text;
  for (size_t i = 0; i < row.size(); ++i) {
    text += i ? "," : "";
    text += '"';
    for (const char c : row[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += '"';
  }
  text += "\r\n";
  feeds::CsvReader reader(text, ',');
  const feeds::CsvStep step = reader.next();
  RC_ASSERT(step == feeds::CsvStep::Row);
  RC_ASSERT(reader.cells() == row);
}

// Whatever the bytes: no crash, and only reasons come out.
RC_GTEST_PROP(Mapping, AnyBytesGiveReasonsOnly, (const std::string& bytes)) {
  for (const char* format : {"json", "csv", "xml"}) {
    const std::string id = std::string(format) == "json" ? "{/a}" : "{a}";
    const auto m = feeds::Mapping::parse("format = \"" + std::string(format) + "\"\n[entity]\nid = \"" + id + "\"\nkind = \"k\"\n", "m.toml");
    RC_ASSERT(m.ok());
    const auto d = mapped(*m, bytes);
    const bool named = d.ok() || d.error().size() < 32;
    RC_ASSERT(named);
  }
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
// Static GTFS: the good and bad feeds of transitfeed, transitland and the GTFS-Realtime validator, each bad one
// ending in a named error or notice; archives that attack; times, days and zones.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <set>

#include "tests/twin/feeds/payload.h"
#include "twin/feeds/decode_gtfs.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/transport_gtfs.h"
#include "twin/feeds/zip_files.h"

namespace {

using namespace feeds_test;

const std::filesystem::path kGtfs = kData / "gtfs_small_and_bad";

std::set<std::string> codesOf(const feeds::GtfsIndex& index) {
  std::set<std::string> codes;
  for (const feeds::GtfsNotice& notice : index.notices()) codes.insert(notice.code);
  return codes;
}

/// The error, or all notices, separated by blanks.
std::string judge(const std::filesystem::path& path) {
  const auto bytes = feeds::readGtfsFile(path);
  if (!bytes) return "unreadable";
  const auto index = feeds::GtfsIndex::read(*bytes);
  if (!index) return index.error();
  std::string all;
  for (const std::string& code : codesOf(**index)) all += (all.empty() ? "" : " ") + code;
  return all;
}

struct Verdict {
  const char* feed;
  const char* says;  ///< must be the error or among the notices; "" for a good feed
};

constexpr Verdict kVerdicts[] = {
    {"transitfeed/good_feed", ""},
    {"transitfeed/good_feed.zip", ""},
    {"transitfeed/utf8bom", ""},
    {"transitfeed/only_calendar_dates", ""},
    {"transitfeed/bad_eol.zip", "mixed_line_ends"},
    {"transitfeed/unknown_format.zip", "zip_broken"},
    {"transitfeed/bad_date_format", "invalid_date"},
    {"transitfeed/bad_utf8", "invalid_encoding"},
    {"transitfeed/utf16", "gtfs_invalid_encoding"},
    {"transitfeed/contains_null", "invalid_character"},
    {"transitfeed/duplicate_schedule_id", "duplicate_key"},
    {"transitfeed/duplicate_stop", "stops_too_close"},
    {"transitfeed/duplicate_stop_sequence", "duplicate_key"},
    {"transitfeed/empty_file", "gtfs_empty_file"},
    {"transitfeed/extra_row_cells", "invalid_row_length"},
    {"transitfeed/missing_row_cells", "invalid_row_length"},
    {"transitfeed/invalid_agency_ids", "missing_required_field"},
    {"transitfeed/invalid_route_agency", "foreign_key_violation"},
    {"transitfeed/missing_agency", "gtfs_missing_required_file"},
    {"transitfeed/missing_routes", "gtfs_missing_required_file"},
    {"transitfeed/missing_stops", "gtfs_missing_required_file"},
    {"transitfeed/missing_stop_times", "gtfs_missing_required_file"},
    {"transitfeed/missing_trips", "gtfs_missing_required_file"},
    {"transitfeed/missing_calendar", "gtfs_missing_calendar"},
    {"transitfeed/missing_column", "gtfs_missing_required_column"},
    {"transitfeed/missing_weekday_column", "gtfs_missing_required_column"},
    {"transitfeed/missing_departure_time", "stop_time_with_only_arrival_or_departure_time"},
    {"transitfeed/missing_endpoint_times", "missing_trip_edge"},
    {"transitfeed/negative_stop_sequence", "number_out_of_range"},
    {"transitfeed/repeated_route_name", "duplicate_route_name"},
    {"transitfeed/same_short_long_name", "route_names_equal"},
    {"transitfeed/undefined_stop", "foreign_key_violation"},
    {"transitfeed/unknown_file", "unknown_file"},
    {"transitfeed/unused_stop", "stop_without_stop_time"},
    {"transitland/gtfs-examples/example.zip", ""},
    {"transitland/gtfs-examples/example-nested-dir.zip", ""},
    {"transitland/gtfs-examples/example-nested-zip.zip", ""},
    {"transitland/gtfs-examples/example-nested-dir-ambiguous.zip", "gtfs_ambiguous"},
    {"transitland/gtfs-examples/example-nested-two-feeds.zip", "gtfs_ambiguous"},
    {"transitland/gtfs-examples/example-errors.zip", "foreign_key_violation"},
    {"transitland/gtfs-examples/invalid.zip", "zip_broken"},
    {"rtvalidator/badgtfs.zip", "gtfs_no_feed"},
    {"rtvalidator/bullrunner-gtfs.zip", ""},
    {"rtvalidator/bullrunner-gtfs-no-shapes.zip", ""},
    {"rtvalidator/testagency.zip", "foreign_key_violation"},
    {"spec/sample-feed-1.zip", ""},
};

class GtfsFeeds : public testing::TestWithParam<Verdict> {};

TEST_P(GtfsFeeds, EndAsTheyShould) {
  const auto path = kGtfs / GetParam().feed;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const std::string said = judge(path);
  if (std::string_view(GetParam().says).empty()) {
    EXPECT_EQ(said.find("gtfs_"), std::string::npos) << said;
    EXPECT_EQ(said.find("foreign_key"), std::string::npos) << said;
    EXPECT_NE(said, "unreadable");
  } else {
    EXPECT_NE((" " + said + " ").find(" " + std::string(GetParam().says) + " "), std::string::npos) << said;
  }
}

INSTANTIATE_TEST_SUITE_P(All, GtfsFeeds, testing::ValuesIn(kVerdicts), [](const auto& which) {
  std::string name = which.param.feed;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

TEST(Gtfs, BartIsReadWhole) {
  const auto path = kData / "gtfs_rt_bart/bart-rt.zip";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const auto bytes = feeds::readGtfsFile(path);
  ASSERT_TRUE(bytes.ok());
  const auto index = *feeds::GtfsIndex::read(*bytes);
  EXPECT_EQ(index->stopTimeCount(), 32'185u);
  ASSERT_TRUE(index->stop("12TH") && index->stop("12TH")->place);
  EXPECT_NEAR(index->stop("12TH")->place->latitude, 37.803768, 1e-9);
  const feeds::GtfsTrip* trip = index->trip("3610758SUN");
  ASSERT_TRUE(trip);
  EXPECT_EQ(trip->times.at(0).arrival, 7 * 3600 + 58 * 60);
  EXPECT_TRUE(index->shape(trip->shape));
  EXPECT_TRUE(index->runsOn("WKDY", 20190807));   // a Wednesday
  EXPECT_FALSE(index->runsOn("SUN", 20190807));
  EXPECT_FALSE(index->runsOn("WKDY", 20200301));  // past its end
  // 24:30 of August 7 is 00:30 of August 8, Pacific daylight time
  EXPECT_EQ(index->momentOf(20190807, 24 * 3600 + 1800), *core::parseIso8601("2019-08-08T07:30:00Z"));
  // On the day when clocks go forward 06:00 of the timetable is 06:00 on the clock; midnight is an hour off.
  EXPECT_EQ(index->momentOf(20190310, 6 * 3600), *core::parseIso8601("2019-03-10T13:00:00Z"));
  EXPECT_EQ(index->dayOf(*core::parseIso8601("2019-08-08T06:59:59Z")), 20190807);

  const core::CityFrame frame = frameAt(-122.27, 37.8);
  const auto seen = decodeOn("gtfs/bart", *bytes, frame);
  ASSERT_TRUE(seen.ok());
  EXPECT_EQ(seen->descriptions.size(), index->stops().size() + index->routes().size());
  const auto* stop = descriptionOf(*seen, "bart/stop/12TH");
  ASSERT_TRUE(stop && stop->position);
  EXPECT_EQ(stop->name.en, "12th St. Oakland City Center");
  const auto* route = descriptionOf(*seen, "bart/route/1");
  ASSERT_TRUE(route && route->geometry);
  EXPECT_GT(route->geometry->parts[0].size(), 100u);
}

TEST(Gtfs, WithoutShapesARouteRunsThroughItsStops) {
  const auto path = kGtfs / "rtvalidator/bullrunner-gtfs-no-shapes.zip";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not there";
  const auto seen = decodeOn("gtfs/bull", *feeds::readGtfsFile(path), frameAt(-82.4, 28.06));
  ASSERT_TRUE(seen.ok());
  int through = 0;
  for (const auto& about : seen->descriptions)
    through += about.geometry && attributeOf(about, "course") == model::Value(std::string("stops"));
  EXPECT_GT(through, 0);
}

TEST(Gtfs, AFolderAndAFileArriveThroughTheFeed) {
  const auto folder = kGtfs / "transitfeed/good_feed";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  feeds::Ingest ingest(inlineOptions());
  ingest.add({.name = "good", .standard = "GTFS", .endpoint = "gtfs:"}, feeds::makeGtfsTransport(folder));
  ingest.add({.name = "bad", .standard = "GTFS", .endpoint = "gtfs:"},
             feeds::makeGtfsTransport(kGtfs / "transitfeed/missing_stops"));
  ingest.start();
  ingest.stop();
  const auto stats = ingest.stats();
  EXPECT_EQ(stats.sources[0].applied, 1u);
  EXPECT_EQ(stats.sources[1].rejected.at("gtfs_missing_required_file"), 1u);
  EXPECT_NE(stats.sources[1].link.lastError.find("stops.txt"), std::string::npos);
  EXPECT_GT(stats.entities, 9u);
}

/// A stored zip made by hand, entry by entry, so that it can lie.
std::string zipOf(const std::map<std::string, std::string>& files) {
  return *feeds::packZip(files);
}

TEST(Zip, LimitsAndAttacks) {
  for (const char* broken : {"", "PK\x05\x06", "PK\x05\x06 and nothing that could be a directory"}) {
    const auto read = feeds::readZip(broken);
    ASSERT_FALSE(read.ok()) << broken;
    EXPECT_EQ(read.error(), "zip_broken");
  }
  const std::string two = zipOf({{"a.txt", "1"}, {"b.txt", "22"}});
  EXPECT_EQ(feeds::readZip(two)->at("b.txt"), "22");
  EXPECT_EQ(feeds::readZip(two, {.entries = 1}).error(), "zip_entries");
  EXPECT_TRUE(feeds::readZip(two, {.entries = 2}).ok());
  EXPECT_EQ(feeds::readZip(two, {.inflated = 2}).error(), "zip_size");
  EXPECT_TRUE(feeds::readZip(two, {.inflated = 3}).ok());
  EXPECT_EQ(feeds::readZip(zipOf({{"../a.txt", "1"}})).error(), "zip_path");
  EXPECT_EQ(feeds::readZip(zipOf({{"x/../../a.txt", "1"}})).error(), "zip_path");
  EXPECT_EQ(feeds::readZip(zipOf({{"/etc/a.txt", "1"}})).error(), "zip_path");
  EXPECT_TRUE(feeds::readZip(zipOf({{"x/..a.txt", "1"}})).ok());
  std::string torn = two;
  torn[32] ^= 1;  // the first byte of content: the checksum does not match
  EXPECT_FALSE(feeds::readZip(torn).ok());
  for (size_t cut = 0; cut < two.size(); ++cut) EXPECT_FALSE(feeds::readZip(two.substr(0, cut)).ok()) << cut;
}

TEST(Zip, ABombIsRefusedBeforeItIsInflated) {
  // One deflated entry of 100 MB zeros, about 1:1000, written by hand.
  const std::string zeros(100u << 20, '\0');
  std::string packed(compressBound(zeros.size()), '\0');
  z_stream z{};
  ASSERT_EQ(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zeros.data()));
  z.avail_in = static_cast<uInt>(zeros.size());
  z.next_out = reinterpret_cast<Bytef*>(packed.data());
  z.avail_out = static_cast<uInt>(packed.size());
  ASSERT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  packed.resize(z.total_out);
  deflateEnd(&z);
  const auto little = [](uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
    return text;
  };
  const uLong crc = crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), static_cast<uInt>(zeros.size()));
  const std::string common = little(20, 2) + little(0, 2) + little(8, 2) + little(0x21, 4) + little(crc, 4) +
                             little(packed.size(), 4) + little(zeros.size(), 4) + little(9, 2) + little(0, 2);
  const std::string local = "PK\x03\x04" + common + "stops.txt" + packed;
  const std::string central = std::string("PK\x01\x02") + little(20, 2) + common + little(0, 2) + little(0, 2) +
                              little(0, 2) + little(0, 4) + little(0, 4) + "stops.txt";
  const std::string zip = local + central + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
                          little(central.size(), 4) + little(local.size(), 4) + little(0, 2);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(feeds::readZip(zip).error(), "zip_ratio");
  EXPECT_EQ(decodeOn("gtfs/bomb", zip).error(), "zip_ratio");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

TEST(GtfsTable, LineEndsQuotesAndBom) {
  std::vector<feeds::GtfsNotice> notices;
  const feeds::GtfsTable t("x.txt", "\xef\xbb\xbf\"a\" , b\r\n\"1,\"\"2\"\"\",  y \r\n,\r\n", notices);
  ASSERT_EQ(t.rows(), 2u);
  EXPECT_EQ(t.cell(0, t.column("a")), "1,\"2\"");
  EXPECT_EQ(t.cell(0, t.column("b")), "y");
  EXPECT_EQ(t.cell(1, t.column("a")), "");
  EXPECT_TRUE(notices.empty());
  const feeds::GtfsTable lone("x.txt", "a,b\r1,2\r3", notices);
  EXPECT_EQ(lone.rows(), 2u);
  EXPECT_EQ(notices.at(0).code, "invalid_row_length");
  EXPECT_EQ(notices.at(0).row, 3u);
}

RC_GTEST_PROP(GtfsTable, WhatIsQuotedComesBack, ()) {
  const auto cells = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\"\r\n7;")))));
  RC_PRE(cells.size() > 1 || !cells[0].empty());  // one empty cell is an empty line
  std::string text = "h";
  for (size_t i = 1; i < cells.size(); ++i) text += ",h" + std::to_string(i);
  text += "\n";
  for (size_t i = 0; i < cells.size(); ++i) {
    text += i ? ",\"" : "\"";
    for (const char c : cells[i]) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    text += '"';
  }
  std::vector<feeds::GtfsNotice> notices;
  const feeds::GtfsTable t("x.txt", text + "\n", notices);
  RC_ASSERT(t.rows() == 1u);
  for (size_t i = 0; i < cells.size(); ++i) RC_ASSERT(t.cell(0, static_cast<int>(i)) == cells[i]);
}

RC_GTEST_PROP(GtfsTime, TimesBeyondMidnight, ()) {
  const int seconds = *rc::gen::inRange(0, 48 * 3600);
  char text[16];
  std::snprintf(text, sizeof text, *rc::gen::element("%d:%02d:%02d", "%02d:%02d:%02d"), seconds / 3600,
                seconds / 60 % 60, seconds % 60);
  RC_ASSERT(feeds::gtfsTime(text) == seconds);
}

TEST(GtfsTime, MalformedTimesAndDays) {
  for (const char* bad : {"", "6:00", "6:0:00", "06:60:00", "06:00:60", "aa:bb:cc", "-1:00:00", "1:00:00 "})
    EXPECT_FALSE(feeds::gtfsTime(bad)) << bad;
  for (const char* bad : {"", "20190230", "2019-02-3", "201902031", "AAAABBCC"}) EXPECT_FALSE(feeds::gtfsDay(bad)) << bad;
  EXPECT_EQ(feeds::gtfsDay("20240229"), 20240229);
}

TEST(ZoneRules, SeoulAndLosAngeles) {
  const auto seoul = core::ZoneRules::load("Asia/Seoul");
  ASSERT_TRUE(seoul.ok()) << seoul.error();
  EXPECT_EQ(seoul->offsetAt(kNow), 9 * 3600);
  EXPECT_EQ(seoul->offsetAt(*core::parseIso8601("1988-07-01T00:00:00Z")), 10 * 3600);  // summer time of the games
  EXPECT_FALSE(core::ZoneRules::load("../../etc/passwd").ok());
  EXPECT_FALSE(core::ZoneRules::load("Mars/Olympus").ok());
  EXPECT_FALSE(core::ZoneRules::load("Asia").ok());  // a folder of zones
  EXPECT_FALSE(core::ZoneRules::parse("TZif2 and nothing more").ok());
}

}  // namespace

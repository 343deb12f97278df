// SPDX-License-Identifier: Apache-2.0
// GTFS-Realtime against a static feed: the error cases of the validator by their names, BART's morning of
// 2019-08-07, alerts in two languages, differential data sets.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/twin/feeds/payload.h"
#include "twin/feeds/decode_gtfs.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/transport_gtfs.h"
#include "twin/feeds/zip_files.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include "gtfs-realtime.pb.h"
#pragma GCC diagnostic pop

namespace {

using namespace feeds_test;
using nlohmann::json;
namespace rt = transit_realtime;

double number(const model::Value& value) {
  const auto* n = std::get_if<double>(&value);
  return n ? *n : NAN;
}
std::string text(const model::Value& value) {
  const auto* s = std::get_if<std::string>(&value);
  return s ? *s : "";
}

// ---- the JSON form of the protobuf (proto3 JSON mapping), as far as the cases use it

uint64_t whole(const json& value) {
  return value.is_string() ? std::stoull(value.get<std::string>()) : value.get<uint64_t>();
}

void fill(const json& from, rt::TripDescriptor& to) {
  if (from.contains("tripId")) to.set_trip_id(from["tripId"]);
  if (from.contains("routeId")) to.set_route_id(from["routeId"]);
  if (from.contains("directionId")) to.set_direction_id(from["directionId"]);
  if (from.contains("startTime")) to.set_start_time(from["startTime"]);
  if (from.contains("startDate")) to.set_start_date(from["startDate"]);
  if (!from.contains("scheduleRelationship")) return;
  const std::string relation = from["scheduleRelationship"];
  to.set_schedule_relationship(relation == "UNSCHEDULED" ? rt::TripDescriptor::UNSCHEDULED
                               : relation == "ADDED"     ? rt::TripDescriptor::ADDED
                                                         : rt::TripDescriptor::SCHEDULED);
}

void fill(const json& from, rt::TripUpdate::StopTimeEvent& to) {
  if (from.contains("time")) to.set_time(static_cast<int64_t>(whole(from["time"])));
  if (from.contains("delay")) to.set_delay(from["delay"]);
}

void fill(const json& from, rt::TripUpdate& to) {
  fill(from.at("trip"), *to.mutable_trip());
  if (from.contains("vehicle")) to.mutable_vehicle()->set_id(from["vehicle"]["id"]);
  if (from.contains("timestamp")) to.set_timestamp(whole(from["timestamp"]));
  for (const json& stop : from.value("stopTimeUpdate", json::array())) {
    auto& update = *to.add_stop_time_update();
    if (stop.contains("stopSequence")) update.set_stop_sequence(stop["stopSequence"]);
    if (stop.contains("stopId")) update.set_stop_id(stop["stopId"]);
    if (stop.contains("arrival")) fill(stop["arrival"], *update.mutable_arrival());
    if (stop.contains("departure")) fill(stop["departure"], *update.mutable_departure());
    update.set_schedule_relationship(rt::TripUpdate::StopTimeUpdate::SCHEDULED);
  }
}

rt::FeedMessage fromJson(const json& from) {
  rt::FeedMessage message;
  auto& header = *message.mutable_header();
  header.set_gtfs_realtime_version(from["header"]["gtfsRealtimeVersion"]);
  header.set_incrementality(rt::FeedHeader::FULL_DATASET);
  header.set_timestamp(whole(from["header"]["timestamp"]));
  for (const json& entity : from["entity"]) {
    auto& to = *message.add_entity();
    to.set_id(entity["id"]);
    if (entity.contains("tripUpdate")) fill(entity["tripUpdate"], *to.mutable_trip_update());
    if (!entity.contains("vehicle")) continue;
    const json& v = entity["vehicle"];
    auto& vehicle = *to.mutable_vehicle();
    fill(v["trip"], *vehicle.mutable_trip());
    vehicle.mutable_vehicle()->set_id(v["vehicle"]["id"]);
    if (v.contains("stopId")) vehicle.set_stop_id(v["stopId"]);
    vehicle.set_timestamp(whole(v["timestamp"]));
    vehicle.mutable_position()->set_latitude(v["position"].value("latitude", 0.0f));
    vehicle.mutable_position()->set_longitude(v["position"].value("longitude", 0.0f));
  }
  return message;
}

/// The stretch of Caltrain that the cases are about: Sunnyvale to Tamien, trip 124 of 2023-11-07. The
/// suite's own static feed is not among the data; names, places and times are those that the cases use.
std::string caltrain() {
  return *feeds::packZip({
      {"agency.txt", "agency_id,agency_name,agency_url,agency_timezone\nCT,Caltrain,http://x,America/Los_Angeles\n"},
      {"stops.txt",
       "stop_id,stop_name,stop_lat,stop_lon\n70222,Sunnyvale,37.378789,-122.030713\n70232,Lawrence,37.37046,-121.99709\n"
       "70242,Santa Clara,37.353083,-121.936222\n70262,San Jose Diridon,37.330196,-121.901985\n70272,Tamien,37.311638,-121.883999\n"},
      {"routes.txt", "route_id,agency_id,route_short_name,route_long_name,route_type\nL1,CT,L1,Local,2\nB7,CT,B7,Bullet,2\n"},
      {"trips.txt", "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\nL1,WD,124,San Jose,1,s1\n"},
      {"calendar.txt",
       "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWD,1,1,1,1,1,0,0,20230101,20241231\n"},
      {"shapes.txt",
       "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns1,37.378789,-122.030713,1\ns1,37.37046,-121.99709,2\n"
       "s1,37.353083,-121.936222,3\ns1,37.330196,-121.901985,4\ns1,37.311638,-121.883999,5\n"},
      {"stop_times.txt",
       "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n124,15:37:00,15:37:00,70222,19\n124,17:04:00,17:04:00,70232,20\n"
       "124,17:10:00,17:10:00,70242,21\n124,17:16:00,17:16:00,70262,22\n124,17:21:00,17:21:00,70272,23\n"}});
}

struct World {
  explicit World(const std::string& name, const std::string& zip, core::CityFrame where) : frame(std::move(where)) {
    feeds::learnGtfs(rawMessage("gtfs/" + name, zip), registry);
  }
  feeds::Decoded decode(const std::string& topic, const std::string& bytes, base::UtcNs received) const {
    static const feeds::DatastreamRegistry none;
    const feeds::DecodeContext context{frame, none, model::Provenance::Measured, nullptr, &registry};
    return feeds::findDecoder(topic)->decode(rawMessage(topic, bytes, received), context);
  }
  feeds::Decoded decode(const rt::FeedMessage& message) const {
    return decode("gtfs-rt/feed", message.SerializeAsString(),
                  static_cast<int64_t>(message.header().timestamp()) * base::kNsPerSecond);
  }
  core::CityFrame frame;
  feeds::GtfsRegistry registry;
};

std::set<std::string> flagsOf(const feeds::Decoded& decoded) {
  return {decoded.warnings.begin(), decoded.warnings.end()};
}

TEST(GtfsRtRules, TheSuitesErrorCasesAreNamed) {
  const auto folder = kData / "gtfs_small_and_bad/transitland/rt/errors";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  int cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string file = entry.path().filename();
    rt::FeedMessage message = fromJson(json::parse(readAll(entry.path())));
    const std::string bytes = message.SerializeAsString();
    const auto seen = world.decode("gtfs-rt/feed", bytes, 1'699'405'801 * base::kNsPerSecond);
    std::string rule = "gtfs_e" + file.substr(1, 3);
    EXPECT_TRUE(flagsOf(seen).contains(rule)) << file;
    // A place that is none is refused too.
    if (file.starts_with("E026")) {
      EXPECT_TRUE(seen.ok() || seen.error() == "position") << file;
    }
    ++cases;
  }
  EXPECT_EQ(cases, 32);
}

rt::FeedMessage goodUpdate() {
  return fromJson(json::parse(R"({"header":{"gtfsRealtimeVersion":"2.0","timestamp":1699405534},"entity":[{"id":"124",
    "tripUpdate":{"trip":{"tripId":"124","routeId":"L1","directionId":1,"startTime":"15:37:00","startDate":"20231107",
    "scheduleRelationship":"SCHEDULED"},"vehicle":{"id":"v1"},"timestamp":1699405520,"stopTimeUpdate":[
    {"stopSequence":20,"stopId":"70232","departure":{"time":1699405504}},
    {"stopSequence":21,"stopId":"70242","arrival":{"time":1699405920}},
    {"stopSequence":22,"stopId":"70262","arrival":{"delay":180}}]}}]})"));
}

TEST(GtfsRtRules, AGoodMessageBreaksNone) {
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  const auto seen = world.decode(goodUpdate());
  ASSERT_TRUE(seen.ok());
  EXPECT_TRUE(seen.warnings.empty()) << seen.warnings[0];
}

TEST(GtfsRtRules, MoreRulesByMutation) {
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  const auto broken = [&](const char* rule, const auto& change) {
    rt::FeedMessage message = goodUpdate();
    change(message, *message.mutable_entity(0)->mutable_trip_update());
    EXPECT_TRUE(flagsOf(world.decode(message)).contains(rule)) << rule;
  };
  broken("gtfs_e012", [](auto& m, auto&) { m.mutable_header()->set_timestamp(1699405000); });
  broken("gtfs_e016", [](auto&, auto& u) { u.mutable_trip()->set_schedule_relationship(rt::TripDescriptor::ADDED); });
  broken("gtfs_e023", [](auto&, auto& u) { u.mutable_trip()->set_start_time("15:38:00"); });
  broken("gtfs_e024", [](auto&, auto& u) { u.mutable_trip()->set_direction_id(0); });
  broken("gtfs_e025", [](auto&, auto& u) { u.mutable_stop_time_update(1)->mutable_departure()->set_time(1699405800); });
  broken("gtfs_e035", [](auto&, auto& u) { u.mutable_trip()->set_route_id("B7"); });
  broken("gtfs_e036", [](auto&, auto& u) { u.mutable_stop_time_update(1)->set_stop_sequence(20); });
  broken("gtfs_e037", [](auto&, auto& u) { u.mutable_stop_time_update(1)->set_stop_id("70232"); });
  broken("gtfs_e038", [](auto& m, auto&) { m.mutable_header()->set_gtfs_realtime_version("3.7"); });
  broken("gtfs_e039", [](auto& m, auto&) { m.mutable_entity(0)->set_is_deleted(true); });
  broken("gtfs_e041", [](auto&, auto& u) { u.clear_stop_time_update(); });
  broken("gtfs_e042", [](auto&, auto& u) {
    u.mutable_stop_time_update(1)->set_schedule_relationship(rt::TripUpdate::StopTimeUpdate::NO_DATA);
  });
  broken("gtfs_e045", [](auto&, auto& u) { u.mutable_stop_time_update(1)->set_stop_id("70272"); });
  broken("gtfs_e051", [](auto&, auto& u) { u.mutable_stop_time_update(1)->set_stop_sequence(99); });
  broken("gtfs_w001", [](auto&, auto& u) { u.clear_timestamp(); });
  broken("gtfs_w002", [](auto&, auto& u) { u.clear_vehicle(); });
  broken("gtfs_w006", [](auto&, auto& u) { u.mutable_trip()->clear_trip_id(); });
  broken("gtfs_w009", [](auto&, auto& u) { u.mutable_trip()->clear_schedule_relationship(); });
  const auto alert = [](auto& m) -> rt::Alert& {
    m.mutable_entity(0)->clear_trip_update();
    return *m.mutable_entity(0)->mutable_alert();
  };
  broken("gtfs_e032", [&](auto& m, auto&) { alert(m); });
  broken("gtfs_e033", [&](auto& m, auto&) { alert(m).add_informed_entity(); });
  broken("gtfs_e034", [&](auto& m, auto&) { alert(m).add_informed_entity()->set_agency_id("XX"); });
  broken("gtfs_e030", [&](auto& m, auto&) {
    auto& selector = *alert(m).add_informed_entity();
    selector.set_route_id("B7");
    selector.mutable_trip()->set_trip_id("124");
  });
  broken("gtfs_e031", [&](auto& m, auto&) {
    auto& selector = *alert(m).add_informed_entity();
    selector.set_route_id("B7");
    selector.mutable_trip()->set_route_id("L1");
  });
}

TEST(GtfsRtTrips, DelayAndArrivalsFromTheTimetable) {
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  const auto seen = world.decode(goodUpdate());
  ASSERT_TRUE(seen.ok());
  // It left Lawrence half a minute ago: 17:05:04 against 17:04:00 on the clock of Los Angeles.
  EXPECT_EQ(number(valueOf(*seen, "v1", "delay")), 64);
  EXPECT_EQ(text(valueOf(*seen, "v1", "route")), "L1");
  EXPECT_EQ(text(valueOf(*seen, "v1", "last_stop")), "San Jose Diridon");
  EXPECT_EQ(text(valueOf(*seen, "caltrain/stop/70242", "next_arrival")), "17:12 L1 (+2)");
  const std::string diridon = "caltrain/stop/70262";
  // only a delay: 17:16 plus 3 minutes
  EXPECT_EQ(text(valueOf(*seen, diridon, "next_arrival")), "17:19 L1 (+3)");
  EXPECT_EQ(number(valueOf(*seen, diridon, "next_arrival_in")), 1699406340 - 1699405534);
  for (const auto& p : seen->properties) EXPECT_EQ(p.provenance, model::Provenance::Predicted);
}

TEST(GtfsRtTrips, CanceledSkippedAndDeleted) {
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  rt::FeedMessage message = goodUpdate();
  auto& update = *message.mutable_entity(0)->mutable_trip_update();
  update.mutable_stop_time_update(1)->set_schedule_relationship(rt::TripUpdate::StopTimeUpdate::SKIPPED);
  auto seen = world.decode(message);
  EXPECT_EQ(text(valueOf(*seen, "v1", "skipped_stops")), "Santa Clara");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(valueOf(*seen, "caltrain/stop/70242", "next_arrival_in")));

  update.mutable_trip()->set_schedule_relationship(rt::TripDescriptor::CANCELED);
  update.clear_vehicle();
  seen = world.decode(message);
  const std::string trip = "caltrain/trip/124";
  EXPECT_EQ(text(valueOf(*seen, trip, "schedule_relationship")), "canceled");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(valueOf(*seen, trip, "eta")));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(valueOf(*seen, "caltrain/stop/70262", "next_arrival_in")));
  EXPECT_EQ(seen->events.at(0).severity, 1);
  ASSERT_TRUE(descriptionOf(*seen, trip));
  EXPECT_EQ(descriptionOf(*seen, trip)->name.en, "L1 San Jose");

  message.mutable_header()->set_incrementality(rt::FeedHeader::DIFFERENTIAL);
  message.mutable_entity(0)->set_is_deleted(true);
  seen = world.decode(message);
  ASSERT_EQ(seen->departures.size(), 1u);
  EXPECT_EQ(seen->departures[0].entity, trip);
  EXPECT_FALSE(flagsOf(seen).contains("gtfs_e039"));
  message.mutable_entity(0)->clear_trip_update();  // only the id: whatever bore it goes
  seen = world.decode(message);
  EXPECT_EQ(seen->departures.size(), 3u);
}

TEST(GtfsRtAlerts, TextsPlacesAndPeriods) {
  const World world("caltrain", caltrain(), frameAt(-122, 37.37));
  rt::FeedMessage message = goodUpdate();
  auto& entity = *message.mutable_entity(0);
  entity.Clear();
  entity.set_id("a7");
  auto& alert = *entity.mutable_alert();
  alert.set_cause(rt::Alert::CONSTRUCTION);
  alert.set_effect(rt::Alert::DETOUR);
  alert.set_severity_level(rt::Alert::WARNING);
  alert.add_informed_entity()->set_stop_id("70242");
  alert.add_informed_entity()->set_route_id("L1");
  for (const auto& [language, words] : {std::pair("en-US", "Track work"), std::pair("ko", "선로 공사")}) {
    auto& translation = *alert.mutable_header_text()->add_translation();
    translation.set_language(language);
    translation.set_text(words);
  }
  auto& period = *alert.add_active_period();
  period.set_start(1699405000);
  period.set_end(1699409000);
  const auto seen = world.decode(message);
  ASSERT_TRUE(seen.ok());
  const auto* about = descriptionOf(*seen, "caltrain/alert/a7");
  ASSERT_TRUE(about);
  EXPECT_EQ(about->name.ko, "선로 공사");
  EXPECT_EQ(about->name.en, "Track work");
  EXPECT_EQ(about->expires, 1699409000 * base::kNsPerSecond);
  EXPECT_EQ(text(attributeOf(*about, "effect")), "detour");
  EXPECT_EQ(text(attributeOf(*about, "informed")), "stop=70242; route=L1");
  ASSERT_TRUE(about->position && about->geometry);
  EXPECT_EQ(about->geometry->parts[0].size(), 5u);
  EXPECT_EQ(seen->events.at(0).severity, 2);
}

TEST(GtfsRtBart, TripUpdatesMatchTheStaticFeedAndTheirJsonTwins) {
  const auto folder = kData / "gtfs_rt_bart";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not there";
  const World world("bart", *feeds::readGtfsFile(folder / "bart-rt.zip"), frameAt(-122.27, 37.8));
  const auto index = world.registry.find("bart").index;
  ASSERT_TRUE(index);
  const base::UtcNs time = 1'565'199'921 * base::kNsPerSecond;
  const auto seen = world.decode("gtfs-rt/bart/trip_updates", readAll(folder / "bart-trip-updates.pb"), time);
  ASSERT_TRUE(seen.ok());
  const json twin = json::parse(readAll(folder / "bart-trip-updates.pb.json"));
  std::map<std::string, int64_t> earliest;  // by stop: the first arrival that is still to come
  size_t matched = 0, unknown = 0;
  for (const json& entity : twin["entity"]) {
    const json& update = entity["tripUpdate"];
    const std::string id = update["trip"]["tripId"];
    matched += index->trip(id) != nullptr;
    unknown += !index->trip(id) && update["trip"].value("scheduleRelationship", "") == "SCHEDULED";
    EXPECT_EQ(text(valueOf(*seen, "bart/trip/" + id, "trip")), id);
    for (const json& stop : update.value("stopTimeUpdate", json::array())) {
      const json& event = stop.contains("arrival") ? stop["arrival"] : stop["departure"];
      if (!event.contains("time")) continue;
      const int64_t at = std::stoll(event["time"].get<std::string>());
      int64_t& first = earliest.try_emplace(stop["stopId"], INT64_MAX).first->second;
      if (at >= 1'565'199'921 - 60) first = std::min(first, at);
    }
  }
  EXPECT_EQ(twin["entity"].size(), 91u);
  // 65 trips are in the timetable; 8 of the others say that they are added, 18 are unknown and named so.
  EXPECT_EQ(matched, 65u);
  EXPECT_EQ(unknown, 18u);
  EXPECT_TRUE(flagsOf(seen).contains("gtfs_e003"));
  EXPECT_FALSE(flagsOf(seen).contains("gtfs_e011"));
  int boards = 0;
  for (const auto& [stop, at] : earliest) {
    if (at == INT64_MAX) continue;
    EXPECT_EQ(number(valueOf(*seen, "bart/stop/" + stop, "next_arrival_in")), static_cast<double>(at - 1'565'199'921))
        << stop;
    ++boards;
  }
  EXPECT_GT(boards, 20);

  const auto alerts = world.decode("gtfs-rt/bart/alerts", readAll(folder / "bart-alerts.pb"), time);
  ASSERT_TRUE(alerts.ok());
  ASSERT_EQ(alerts->descriptions.size(), 1u);
  const auto& about = alerts->descriptions[0];
  EXPECT_EQ(about.entity, "bart/alert/BSA_187874");
  EXPECT_EQ(text(attributeOf(about, "cause")), "medical_emergency");
  EXPECT_EQ(text(attributeOf(about, "effect")), "significant_delays");
  EXPECT_EQ(text(attributeOf(about, "informed")), "agency=BART");
  EXPECT_TRUE(about.name.en.starts_with("There is a major delay"));
}

TEST(GtfsRtIngest, WhatTheStaticFeedTeachesHoldsForWhatFollows) {
  feeds::IngestOptions options = inlineOptions();
  options.frame = frameAt(-122, 37.37);
  Feed feed(std::move(options));
  rt::FeedMessage message = goodUpdate();
  message.mutable_entity(0)->mutable_trip_update()->mutable_trip()->set_route_id("nowhere");
  feed.transport->publish("gtfs/caltrain", caltrain());
  feed.transport->publish("gtfs-rt/feed", message.SerializeAsString());
  const auto stats = feed.stats();
  EXPECT_EQ(stats.flagged.at("gtfs_e004"), 1u);
  EXPECT_TRUE(stats.balanced());
}

}  // namespace

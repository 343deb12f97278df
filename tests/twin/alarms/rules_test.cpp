// SPDX-License-Identifier: Apache-2.0
//
// Every kind of rule, from the observation to the desk.
#include "tests/twin/alarms/desk_fixture.h"
#include "twin/alarms/air_index.h"

namespace {

using namespace testing_alarms;

std::shared_ptr<const core::Catalogue> catalogue() {
  static const auto loaded = std::make_shared<const core::Catalogue>(*core::Catalogue::load(std::string(ALPHACITY_SOURCE_DIR) + "/assets/styles"));
  return loaded;
}

TEST(Rules, ThresholdHasHysteresis) {
  Desk desk(rules(rule("hot", "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nclear = 45")));
  desk.value(1, "b", "waste_bin", "temperature", 59.0);
  desk.at(2);
  EXPECT_EQ(desk.state("hot:b"), "Normal");
  desk.value(3, "b", "waste_bin", "temperature", 61.5);
  desk.at(4);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->find("hot:b")->alarm.number, 61.5);
  desk.value(5, "b", "waste_bin", "temperature", 50.0);
  desk.at(6);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive") << "between limit and clear";
  desk.value(7, "b", "waste_bin", "temperature", 44.0);
  desk.at(8);
  EXPECT_EQ(desk.state("hot:b"), "Normal");
  desk.value(9, "b", "waste_bin", "temperature", 50.0);
  desk.at(10);
  EXPECT_EQ(desk.state("hot:b"), "Normal");
  desk.value(11, "x", "street_light", "temperature", 99.0);
  desk.at(12);
  EXPECT_TRUE(desk.engine->view()->rows.empty()) << "another kind";
}

TEST(Rules, BelowWorksToo) {
  Desk desk(rules(rule("low", "kind = \"threshold\"\nwatch = [\"shuttle\"]\nproperty = \"battery\"\nbelow = 20\nclear = 30")));
  desk.value(1, "s", "shuttle", "battery", 19.0);
  desk.at(2);
  EXPECT_EQ(desk.state("low:s"), "UnackActive");
  desk.value(3, "s", "shuttle", "battery", 31.0);
  desk.at(4);
  EXPECT_EQ(desk.state("low:s"), "Normal");
}

TEST(Rules, ABadValueChangesNothingButTheQuality) {
  Desk desk(rules(rule("hot", "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60")));
  desk.value(1, "b", "waste_bin", "temperature", 70.0);
  desk.value(2, "b", "waste_bin", "temperature", -300.0, true);
  desk.at(3);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.condition.quality, alarms::SourceQuality::Error);
}

TEST(Rules, AnAlarmWhoseThingFallsSilentStaysAndSaysSo) {
  Desk desk(rules(rule("hot", "kind = \"threshold\"\nwatch = [\"street_light\"]\nproperty = \"power\"\nabove = 60")), {.catalogue = catalogue()});
  desk.value(1, "l", "street_light", "power", 90.0);  // reports every 60 s
  desk.at(299);
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.condition.quality, alarms::SourceQuality::Good);
  desk.at(302);
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.condition.quality, alarms::SourceQuality::NoData);
  EXPECT_EQ(desk.state("hot:l"), "UnackActive");
}

TEST(Rules, WordsRaiseAndClear) {
  Desk desk(rules(rule("bell", "kind = \"text\"\nwatch = [\"emergency_bell\"]\nproperty = \"status\"\nvalues = [\"pressed\"]\nlatched = true")));
  desk.value(1, "e", "emergency_bell", "status", std::string("pressed"));
  desk.value(2, "e", "emergency_bell", "status", std::string("normal"));
  desk.at(3);
  EXPECT_EQ(desk.state("bell:e"), "UnackCleared");
}

TEST(Rules, RateSeesAFastRise) {
  Desk desk(rules(rule("rise", "kind = \"rate\"\nwatch = [\"flood_sensor\"]\nproperty = \"water_level\"\nabove = 0.15\nwindow = 600")));
  for (int i = 0; i < 20; ++i) desk.value(i * 60, "f", "flood_sensor", "water_level", 0.01 * i);  // 0.1 m in ten minutes
  desk.at(1200);
  EXPECT_EQ(desk.state("rise:f"), "Normal");
  desk.value(1260, "f", "flood_sensor", "water_level", 0.40);
  desk.at(1261);
  EXPECT_EQ(desk.state("rise:f"), "UnackActive");
}

TEST(Rules, StuckNeedsDataThatDoNotMove) {
  Desk desk(rules(rule("stuck", "kind = \"stuck\"\nwatch = [\"noise_sensor\"]\nproperty = \"noise\"\nafter = 600\ntolerance = 0.05")));
  for (int i = 0; i <= 10; ++i) desk.value(i * 60, "n", "noise_sensor", "noise", 55.0 + (i % 2) * 0.04);
  desk.at(601);
  EXPECT_EQ(desk.state("stuck:n"), "UnackActive");
  desk.value(660, "n", "noise_sensor", "noise", 56.0);
  desk.at(661);
  EXPECT_EQ(desk.state("stuck:n"), "Normal");
}

TEST(Rules, NoDataLatchesAndStays) {
  Desk desk(rules(rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nperiods = 5")), {.catalogue = catalogue()});  // every 60 s
  desk.value(1, "c", "cctv", "status", std::string("normal"));
  desk.at(300);
  EXPECT_EQ(desk.state("silent:c"), "Normal");
  desk.at(302);
  EXPECT_EQ(desk.state("silent:c"), "UnackActive");
  desk.at(500);
  ASSERT_TRUE(desk.ask(alarms::DeskAction::Acknowledge, {"silent:c"}).done);
  for (int second = 1000; second < 200000; second += 500) desk.at(second);
  EXPECT_EQ(desk.state("silent:c"), "AckActive") << "never resolves itself";
  Desk other(rules(rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nperiods = 5")), {.catalogue = catalogue()});
  other.value(1, "c", "cctv", "status", std::string("normal"));
  other.at(400);
  other.value(410, "c", "cctv", "status", std::string("normal"));
  other.at(420);
  EXPECT_EQ(other.state("silent:c"), "UnackCleared") << "back, but nobody has seen that it was gone";
}

TEST(Rules, ARetainedValueIsAsOldAsItIs) {
  Desk desk(rules(rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nafter = 300\non_delay = 600")));
  const model::Observations none;
  model::Observations news;
  news.properties.push_back({.entity = "c", .kind = "cctv", .property = "status", .value = std::string("normal"), .eventTime = Desk::utc(-7200)});
  desk.engine->onApplied({news, none, 0, Desk::utc(1)}, {.name = "broker"});  // arrives now
  desk.at(2);
  EXPECT_EQ(desk.state("silent:c"), "UnackActive") << "silent for two hours, which is past the on-delay";
}

TEST(Rules, GeofenceAndItsInside) {
  const auto frame = core::CityFrame::local(128.69, 35.8365);
  ASSERT_TRUE(frame) << frame.error();
  const std::string area = "area = [[128.69, 35.836], [128.692, 35.836], [128.692, 35.838], [128.69, 35.838]]\n";
  Desk desk(rules(rule("in", "kind = \"geofence\"\nwatch = [\"truck\"]\n" + area) + rule("out", "kind = \"geofence\"\nwatch = [\"shuttle\"]\nwhen = \"outside\"\n" + area)),
            {.frame = &*frame});
  const glm::dvec3 inside = frame->toCity({128.691, 35.837, 0}), outside = frame->toCity({128.70, 35.837, 0});
  desk.pose(1, "t", "truck", outside);
  desk.pose(1, "s", "shuttle", inside);
  desk.at(2);
  EXPECT_EQ(desk.state("in:t") + desk.state("out:s"), "NormalNormal");
  desk.pose(3, "t", "truck", inside);
  desk.pose(3, "s", "shuttle", outside);
  desk.at(4);
  EXPECT_EQ(desk.state("in:t") + desk.state("out:s"), "UnackActiveUnackActive");
  model::Observations gone;
  gone.departures.push_back({"t", Desk::utc(5)});
  desk.apply(5, gone, "sim");
  desk.at(6);
  EXPECT_EQ(desk.state("in:t"), "Normal") << "has left the map";
}

TEST(Rules, OffRouteMeasuresToTheLine) {
  alarms::RuleContext context;
  context.routes["loop"] = {{{0, 0}, {1000, 0}, {1000, 500}}};
  Desk desk(rules(rule("off", "kind = \"off_route\"\nwatch = [\"shuttle\"]\nroute = \"loop\"\nlimit = 40\nclear = 20")), std::move(context));
  desk.pose(1, "s", "shuttle", {500, 39, 0});
  desk.at(2);
  EXPECT_EQ(desk.state("off:s"), "Normal");
  desk.pose(3, "s", "shuttle", {500, 41, 0});
  desk.at(4);
  EXPECT_EQ(desk.state("off:s"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.number, 41);
  desk.pose(5, "s", "shuttle", {1025, 300, 0});
  desk.at(6);
  EXPECT_EQ(desk.state("off:s"), "UnackActive");
  desk.pose(7, "s", "shuttle", {1015, 300, 0});
  desk.at(8);
  EXPECT_EQ(desk.state("off:s"), "Normal");
}

TEST(Rules, SignalConflictJudgesWholeMessages) {
  alarms::RuleContext context;
  context.conflicts["sc"] = {{1, 3}};
  Desk desk(rules(rule("sig", "kind = \"signal_conflict\"\nwatch = [\"signal_controller\"]", "critical")), std::move(context));
  const auto message = [&](double second, const char* one, const char* two) {
    model::Observations news;
    news.properties.push_back({.entity = "sc", .kind = "signal_controller", .property = "group_1", .value = std::string(one), .eventTime = Desk::utc(second)});
    news.properties.push_back({.entity = "sc", .kind = "signal_controller", .property = "group_3", .value = std::string(two), .eventTime = Desk::utc(second)});
    desk.apply(second, news, "sim");
  };
  message(1, "protected-Movement-Allowed", "stop-And-Remain");
  message(2, "stop-And-Remain", "protected-Movement-Allowed");  // in between both are green for one property
  desk.at(3);
  EXPECT_EQ(desk.state("sig:sc"), "Normal");
  message(4, "protected-Movement-Allowed", "permissive-Movement-Allowed");
  desk.at(5);
  EXPECT_EQ(desk.state("sig:sc"), "Normal") << "a permissive green yields";
  message(6, "protected-Movement-Allowed", "protected-Movement-Allowed");
  desk.at(7);
  EXPECT_EQ(desk.state("sig:sc"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.text, "1 + 3");
}

TEST(Rules, AirIndexHasTheLimitsOfTheGrades) {
  EXPECT_DOUBLE_EQ(*alarms::airSubIndex("pm10", 80), 100);
  EXPECT_DOUBLE_EQ(*alarms::airSubIndex("pm25", 75), 250);
  EXPECT_DOUBLE_EQ(*alarms::airSubIndex("o3", 0.030), 50);
  EXPECT_DOUBLE_EQ(*alarms::airSubIndex("no2", 0.130), 175);
  EXPECT_DOUBLE_EQ(*alarms::airSubIndex("co", 900), 500);
  EXPECT_FALSE(alarms::airSubIndex("humidity", 50));
  EXPECT_FALSE(alarms::airSubIndex("pm10", -1));
}

TEST(Rules, AirGradeTakesTheWorstPollutant) {
  Desk desk(rules(rule("air", "kind = \"air_grade\"\nwatch = [\"air_station\"]\nabove = 100\nclear = 90")));
  desk.value(1, "a", "air_station", "pm10", 60.0);
  desk.value(1, "a", "air_station", "pm25", 40.0);  // bad
  desk.value(1, "a", "air_station", "humidity", 99.0);
  desk.at(2);
  EXPECT_EQ(desk.state("air:a"), "UnackActive");
  desk.value(3, "a", "air_station", "pm10", 20.0);
  desk.at(4);
  EXPECT_EQ(desk.state("air:a"), "UnackActive") << "PM2.5 is still bad";
  desk.value(5, "a", "air_station", "pm25", 20.0);
  desk.at(6);
  EXPECT_EQ(desk.state("air:a"), "Normal");
}

TEST(Rules, CrowdOfEventsOnOneLink) {
  alarms::RuleContext context;
  context.linkAt = [](glm::dvec2 p) { return alarms::LinkPlace{p.x < 100 ? "west" : "east", {p.x < 100 ? 50 : 150, 0, 0}}; };
  Desk desk(rules(rule("crowd", "kind = \"event_crowd\"\nevents = [\"adas.\"]\nby = \"link\"\ncount = 3\nwindow = 60")), std::move(context));
  desk.event(1, "adas.FCW", "t1", {10, 0, 0});
  desk.event(2, "adas.PCW", "t2", {110, 0, 0});
  desk.event(3, "adas.FCW", "t3", {20, 0, 0});
  desk.event(3, "takeover", "t3", {20, 0, 0});
  desk.at(4);
  EXPECT_TRUE(desk.engine->view()->rows.empty());
  desk.event(5, "adas.HMW", "t4", {30, 0, 0});
  desk.at(6);
  EXPECT_EQ(desk.state("crowd:west"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.position->x, 50);
  desk.at(66);
  EXPECT_EQ(desk.state("crowd:west"), "Normal");
}

/// A gateway with 140 devices goes down: one alarm.
TEST(Rules, ADeadGatewayIsOneAlarm) {
  const std::string text = rule("gateway", "kind = \"group_silent\"\nwatch = [\"street_light\"]\ngroup_by = \"gateway\"\nafter = 180\non_delay = 10\noff_delay = 120", "medium") +
                           rule("silent", "kind = \"no_data\"\nwatch = [\"street_light\"]\nafter = 180\non_delay = 120\nsuppressed_by = [\"gateway\"]");
  Desk desk(rules(text));
  std::vector<model::EntityInfo> things;
  for (int i = 0; i < 150; ++i) {
    model::EntityInfo info;
    info.id = "lamp" + std::to_string(i);
    info.kind = "street_light";
    info.attributes.emplace_back("gateway", std::string(i < 140 ? "gw1" : "gw2"));
    things.push_back(info);
  }
  desk.engine->define(things);
  const auto report = [&](double from, double to, bool first) {
    for (double second = from; second < to; second += 60)
      for (int i = 0; i < 150; ++i)
        if (first || i >= 140) desk.value(second + i * 0.4, "lamp" + std::to_string(i), "street_light", "power", 90.0);
  };
  report(0, 300, true);
  report(300, 1500, false);
  desk.at(1500);
  auto view = desk.engine->view();
  EXPECT_EQ(desk.state("gateway:gw1"), "UnackActive");
  EXPECT_EQ(view->figures.unacknowledged, 1);
  EXPECT_EQ(view->figures.suppressed, 140);
  EXPECT_EQ(view->figures.lastDay, 1) << "one announcement, not 140";
  ASSERT_NE(view->find("gateway:gw1"), nullptr);
  EXPECT_EQ(view->find("gateway:gw1")->explains, 140);
  EXPECT_EQ(desk.state("gateway:gw2"), "Normal");
  report(1500, 2400, true);  // it is back
  desk.at(2400);
  view = desk.engine->view();
  EXPECT_EQ(view->figures.lastDay, 1) << "its return is no flood either";
  EXPECT_EQ(desk.state("gateway:gw1"), "UnackCleared");
  EXPECT_EQ(view->figures.suppressed, 0);
}

TEST(Rules, ADeadFeedIsOneAlarm) {
  const std::string text = rule("feed", "kind = \"feed_gone\"\nafter = 30\noff_delay = 10", "high") +
                           rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nafter = 60\non_delay = 5\nsuppressed_by = [\"feed\"]");
  Desk desk(rules(text));
  for (int second = 0; second < 600; ++second) {
    if (second < 100) for (int i = 0; i < 50; ++i) desk.value(second, "c" + std::to_string(i), "cctv", "status", std::string("normal"), false, "broker");
    desk.value(second, "other", "cctv", "status", std::string("normal"));
  }
  desk.at(600);
  EXPECT_EQ(desk.state("feed:broker"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->figures.lastDay, 1);
  EXPECT_EQ(desk.engine->view()->figures.suppressed, 50);
  EXPECT_EQ(desk.state("feed:sim"), "Normal");
}

TEST(Rules, AFeedThatGaveUpIsOneAtOnce) {
  Desk desk(rules(rule("feed", "kind = \"feed_gone\"\nperiods = 10", "high")));
  feeds::FeedStats stats;
  stats.sources.emplace_back();
  stats.sources[0].source = {.name = "broker", .expectedPeriod = 1000};
  stats.sources[0].link = {.state = feeds::LinkState::Failed, .lastError = "wrong password"};
  desk.engine->reportFeeds(stats);
  desk.at(2);
  EXPECT_EQ(desk.state("feed:broker"), "UnackActive");
  EXPECT_EQ(desk.engine->view()->rows[0].alarm.text, "wrong password");
}

TEST(Rules, AnAnswerWithoutNewsIsASignOfLife) {
  Desk desk(rules(rule("feed", "kind = \"feed_gone\"\nperiods = 10", "high")));
  feeds::FeedStats stats;
  stats.sources.resize(2);
  stats.sources[0].source = {.name = "no news", .expectedPeriod = 2};
  stats.sources[1].source = {.name = "nothing at all", .expectedPeriod = 2};
  for (feeds::SourceStats& s : stats.sources) {
    s.link.state = feeds::LinkState::Connected;
    s.lastReceived = Desk::utc(1);
  }
  stats.sources[0].link.lastContact = Desk::utc(190);
  desk.engine->reportFeeds(stats);
  desk.at(200);
  EXPECT_EQ(desk.state("feed:no news"), "Normal");
  EXPECT_EQ(desk.state("feed:nothing at all"), "UnackActive");
}

TEST(Rules, AServiceThatAsksToWaitIsNotGoneBeforeItsTime) {
  Desk desk(rules(rule("feed", "kind = \"feed_gone\"\nperiods = 10", "high")));
  feeds::FeedStats stats;
  stats.sources.emplace_back();
  stats.sources[0].source = {.name = "hourly", .expectedPeriod = 2};
  stats.sources[0].link = {.state = feeds::LinkState::Connected, .lastContact = Desk::utc(1), .nextContact = Desk::utc(300)};
  desk.engine->reportFeeds(stats);
  desk.at(310);
  EXPECT_EQ(desk.state("feed:hourly"), "Normal");
  desk.at(330);
  EXPECT_EQ(desk.state("feed:hourly"), "UnackActive");
}

TEST(Rules, AFullDiskIsAnAlarmUntilThereIsRoom) {
  Desk desk(rules(rule("disk", "kind = \"disk_full\"\noff_delay = 5", "high")));
  desk.engine->reportStore({.full = true, .text = "no space left"});
  desk.at(2);
  EXPECT_EQ(desk.state("disk:history"), "UnackActive");
  desk.engine->reportStore({});
  desk.at(20);
  EXPECT_EQ(desk.state("disk:history"), "Normal");
}

}  // namespace

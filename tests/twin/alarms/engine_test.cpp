// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "engine/base/hash.h"
#include "tests/twin/alarms/desk_fixture.h"
#include "twin/alarms/audit_log.h"

namespace {

using namespace testing_alarms;
using alarms::DeskAction;

const char* const kHot = "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nlatched = true";

TEST(Desk, RefusesWhatMakesNoSense) {
  Desk desk(rules(rule("hot", std::string(kHot) + "\nmax_shelve = 600") + rule("grave", std::string(kHot) + "\nmax_shelve = 0")));
  desk.value(1, "b", "waste_bin", "temperature", 70.0);
  desk.at(2);
  EXPECT_EQ(desk.ask(DeskAction::Acknowledge, {"hot:x"}).text, "alarm.refused_unknown");
  EXPECT_EQ(desk.ask(DeskAction::Acknowledge, {"nonsense"}).text, "alarm.refused_unknown");
  EXPECT_EQ(desk.ask(DeskAction::Shelve, {"hot:b"}, "", 601).text, "alarm.refused_shelve_time");
  EXPECT_EQ(desk.ask(DeskAction::Shelve, {"grave:b"}, "", 60).text, "alarm.refused_no_shelving");
  EXPECT_EQ(desk.ask(DeskAction::Unshelve, {"hot:b"}).text, "alarm.refused_not_shelved");
  EXPECT_EQ(desk.ask(DeskAction::Comment, {"hot:b"}).text, "alarm.refused_comment");
  EXPECT_EQ(desk.ask(DeskAction::PlaceInService, {"hot:b"}).text, "alarm.refused_in_service");
  EXPECT_TRUE(desk.ask(DeskAction::Acknowledge, {"hot:b"}).done);
  EXPECT_EQ(desk.ask(DeskAction::Acknowledge, {"hot:b"}).text, "alarm.refused_acked");
  EXPECT_TRUE(desk.ask(DeskAction::Shelve, {"hot:b"}, "", 600).done);
  EXPECT_EQ(desk.state("hot:b"), "Shelved");
  EXPECT_TRUE(desk.ask(DeskAction::Unshelve, {"hot:b"}).done);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive") << "what still stands speaks up";
}

TEST(Desk, SortsWhatWantsAnAnswerFirst) {
  Desk desk(rules(rule("minor", kHot) + rule("major", "kind = \"threshold\"\nwatch = [\"shuttle\"]\nproperty = \"battery\"\nbelow = 20", "high")));
  desk.value(1, "old", "waste_bin", "temperature", 70.0);
  desk.value(2, "new", "waste_bin", "temperature", 70.0);
  desk.value(3, "s1", "shuttle", "battery", 10.0);
  desk.value(4, "s2", "shuttle", "battery", 10.0);
  desk.at(5);
  ASSERT_TRUE(desk.ask(DeskAction::Acknowledge, {"major:s2"}).done);
  std::string order;
  for (const auto& row : desk.engine->view()->rows) order += row.alarm.key() + " ";
  EXPECT_EQ(order, "major:s1 minor:new minor:old major:s2 ");
}

TEST(Desk, WritesCsvThatSpreadsheetsRead) {
  Desk desk(rules(rule("hot", kHot)));
  desk.value(1, "b", "waste_bin", "temperature", 70.5);
  desk.at(2);
  ASSERT_TRUE(desk.ask(DeskAction::Comment, {"hot:b"}, "=1+1, \"quoted\"").done);
  const std::string csv = alarms::deskCsv(*desk.engine->view(), core::Language::English);
  EXPECT_TRUE(csv.starts_with("\xef\xbb\xbfpriority,state"));
  EXPECT_NE(csv.find("\"4L\",\"UnackActive\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\"70.5\",\"Meaning\",\"Action\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("kim: =1+1, \"\"quoted\"\"\""), std::string::npos) << csv;
}

/// A thousand alarms within ten seconds: one summary, every alarm kept, the desk still answers.
TEST(Flood, OfAThousandIsSummarised) {
  Folder folder;
  Desk desk(rules(rule("hot", kHot) + rule("other", "kind = \"threshold\"\nwatch = [\"shuttle\"]\nproperty = \"battery\"\nbelow = 20", "high")), {}, folder.path());
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) {
    desk.value(1 + i * 0.01, "b" + std::to_string(i), i % 10 == 0 ? "shuttle" : "waste_bin", i % 10 == 0 ? "battery" : "temperature", i % 10 == 0 ? 10.0 : 70.0);
    if (i % 50 == 0) desk.at(1 + i * 0.01);
  }
  desk.at(12);
  const double cpu = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  const auto view = desk.engine->view();
  EXPECT_TRUE(view->figures.flood);
  EXPECT_EQ(view->figures.unacknowledged, 1000);
  EXPECT_EQ(view->figures.lastTenMinutes, 1000);
  ASSERT_EQ(view->flood.size(), 2u);
  EXPECT_EQ(view->ruleOf({.rule = view->flood[0].rule}).id, "hot");
  EXPECT_EQ(view->flood[0].count, 900);
  EXPECT_EQ(view->flood[1].count, 100);
  const auto asked = std::chrono::steady_clock::now();
  ASSERT_TRUE(desk.ask(DeskAction::Acknowledge, {"hot:b1"}).done);
  const double answer = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
  std::printf("[  flood   ] 1000 alarms in %.0f ms, an acknowledgement on the disk in %.1f ms\n", cpu * 1e3, answer * 1e3);
  EXPECT_LT(answer, 0.1);
  // It ends when fewer than five come in ten minutes.
  for (int s = 60; s <= 660; s += 60) desk.at(s);
  EXPECT_FALSE(desk.engine->view()->figures.flood);
  EXPECT_TRUE(desk.engine->view()->flood.empty());
  EXPECT_GT(desk.engine->view()->figures.floodShare, 0.5);
}

TEST(Figures, CountWhatTheStandardsAskFor) {
  alarms::FigureKeeper keeper;
  keeper.begin(kStart);
  const auto minute = [](double m) { return kStart + static_cast<int64_t>(m * 60e9); };
  for (int s = 0; s <= 130 * 60; ++s) {
    if (s % 600 == 0 && s < 4800) keeper.announced(kStart + s * kS, "a", alarms::Priority::Low);
    if (s == 6000 || s == 6012 || s == 6024) keeper.announced(kStart + s * kS, "chatter", alarms::Priority::Medium);
    if (s == 7200) keeper.announced(kStart + s * kS, "c", alarms::Priority::High);
    keeper.tick(kStart + s * kS);
  }
  const alarms::AlarmFigures f = keeper.at(minute(130));
  EXPECT_EQ(f.lastDay, 12);
  EXPECT_EQ(f.byPriority, (std::array<int, 4>{0, 1, 3, 8}));
  EXPECT_EQ(f.topTen.at(0).key, "a");
  EXPECT_EQ(f.topTen.at(0).count, 8);
  EXPECT_EQ(f.chattering, 1);
  EXPECT_EQ(f.lastTenMinutes, 0);
  EXPECT_GE(f.peakTenMinutes, 3);
  EXPECT_NEAR(f.perDay, 12 * 24 * 60 / 130.0, 0.1);
  EXPECT_EQ(f.floodShare, 0);
}

TEST(Time, ABackwardStepKeepsDelaysAndAlarms) {
  Desk desk(rules(rule("hot", std::string(kHot) + "\non_delay = 30") + rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nafter = 60")));
  desk.value(1, "b", "waste_bin", "temperature", 70.0);
  desk.value(1, "c", "cctv", "status", std::string("normal"));
  desk.at(11);
  desk.at(11 - 3600);  // an hour back: ten of the thirty seconds have run
  EXPECT_EQ(desk.state("hot:b"), "Normal");
  desk.at(11 - 3600 + 15);
  EXPECT_EQ(desk.state("hot:b"), "Normal");
  desk.at(11 - 3600 + 25);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive");
  EXPECT_EQ(desk.state("silent:c"), "Normal");
  desk.at(11 - 3600 + 55);
  EXPECT_EQ(desk.state("silent:c"), "UnackActive") << "sixty seconds of silence, whatever the clock said";
}

TEST(Time, AForwardStepRaisesNothing) {
  Desk desk(rules(rule("silent", "kind = \"no_data\"\nwatch = [\"cctv\"]\nafter = 60")));
  for (int i = 0; i < 200; ++i) desk.value(1, "c" + std::to_string(i), "cctv", "status", std::string("normal"));
  desk.at(5);
  for (const double jump : {3600.0, 86400.0 * 365 * 10, 5.0}) {
    desk.at(jump);
    desk.at(jump + 10);
    EXPECT_TRUE(desk.engine->view()->rows.empty()) << jump;
  }
}

/// The same messages, delivered in other portions, give the same alarms.
TEST(Time, PortionsDoNotMatter) {
  const auto set = rules(rule("hot", "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nclear = 50\non_delay = 7\noff_delay = 3\nlatched = true") +
                         rule("silent", "kind = \"no_data\"\nwatch = [\"waste_bin\"]\nafter = 45\non_delay = 5\nsuppressed_by = [\"hot\"]"));
  std::vector<std::string> stories;
  for (const int portion : {1, 7, 60, 500}) {
    Folder folder;
    Desk desk(set, {}, folder.path());
    base::Random random(3);
    double due = portion;
    for (int i = 0; i < 3000; ++i) {
      const double second = 1 + i * 0.6 + random.uniform(0, 0.5);
      while (second > due) {
        desk.at(due);
        due += portion;
      }
      desk.value(second, "b" + std::to_string(random.next() % 9), "waste_bin", "temperature", random.uniform(35, 66));
    }
    desk.at(1900);
    std::string story;
    desk.engine.reset();
    EXPECT_TRUE(alarms::verifyAudit(folder.path() / alarms::kAuditFile, [&](std::string_view json) { story += json; story += '\n'; }));
    EXPECT_GT(story.size(), 10000u);
    stories.push_back(std::move(story));
  }
  for (const std::string& story : stories) EXPECT_EQ(story, stories.front());
}

/// With its own thread: never in the way of the feed, and an acknowledgement is answered at once.
TEST(Thread, AnswersWhileTheFeedRuns) {
  Folder folder;
  const auto now = [] { return alarms::EngineTime{base::SystemClock::utcNow(), 0}; };
  auto engine = alarms::Engine::create({.rules = rules(rule("hot", kHot)), .now = now, .stateFolder = folder.path()});
  engine->start();
  std::atomic<bool> stop{false};
  std::atomic<uint64_t> fed{0};
  std::thread feed([&] {
    const model::Observations none;
    for (uint64_t i = 0; !stop; ++i) {
      model::Observations news;
      news.properties.push_back({.entity = "b" + std::to_string(i % 1000), .kind = "waste_bin", .property = "temperature", .value = i % 1000 == 7 ? 70.0 : 20.0, .eventTime = base::SystemClock::utcNow()});
      engine->onApplied({news, none, 0, base::SystemClock::utcNow()}, {.name = "sim"});
      ++fed;
      if (i % 64 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  const auto waitFor = [&](auto&& condition) {
    for (int i = 0; i < 500 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return condition();
  };
  ASSERT_TRUE(waitFor([&] { return engine->view()->find("hot:b7") != nullptr; }));
  const auto asked = std::chrono::steady_clock::now();
  const uint64_t id = engine->request({.action = DeskAction::Acknowledge, .keys = {"hot:b7"}, .who = "kim"});
  const auto answered = [&] {
    const auto view = engine->view();
    return std::any_of(view->answers.begin(), view->answers.end(), [&](const auto& a) { return a.request == id && a.done; });
  };
  while (!answered() && std::chrono::steady_clock::now() - asked < std::chrono::seconds(5)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const double latency = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
  stop = true;
  feed.join();
  engine->stop();
  std::printf("[  thread  ] acknowledged and on the disk in %.1f ms, beside %llu messages\n", latency * 1e3, static_cast<unsigned long long>(fed));
  EXPECT_TRUE(answered());
  EXPECT_LT(latency, 1.0) << "0.1 s on a quiet machine";
  EXPECT_EQ(engine->view()->missedReadings, 0u);
}

/// What the feed pays per message that no rule looks at, and per message that one does.
TEST(Thread, CostsTheFeedLittle) {
  auto engine = alarms::Engine::create({.rules = rules(rule("hot", kHot)), .runInline = true});
  const model::Observations none;
  for (const bool wanted : {false, true}) {
    model::Observations news;
    news.properties.push_back({.entity = "thing", .kind = wanted ? "waste_bin" : "car", .property = "temperature", .value = 20.0, .eventTime = kStart});
    constexpr int kMessages = 100000;
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < kMessages; ++i) engine->onApplied({news, none, 0, kStart}, {.name = "sim"});
    const double each = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count() / kMessages;
    std::printf("[   cost   ] %.2f us per message %s\n", each * 1e6, wanted ? "with a value under a rule" : "without");
    EXPECT_LT(each, 20e-6);
  }
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <csignal>

#include "tests/twin/alarms/desk_fixture.h"
#include "twin/alarms/audit_log.h"
#include "twin/alarms/journal.h"

namespace {

using namespace testing_alarms;
using alarms::AuditLog;

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

std::unique_ptr<AuditLog> open(const std::filesystem::path& file, std::vector<std::string>* entries = nullptr) {
  auto log = AuditLog::open(file, [&](std::string_view json) { if (entries) entries->emplace_back(json); });
  EXPECT_TRUE(log) << log.error();
  return log ? *std::move(log) : nullptr;
}

TEST(AuditLog, ChainsWhatItAppends) {
  Folder folder;
  const auto file = folder.path() / "a";
  {
    auto log = open(file);
    ASSERT_TRUE(log->append({"{\"a\":1}", "{\"a\":2}"}));
    ASSERT_TRUE(log->append({"{\"a\":3}"}));
  }
  std::vector<std::string> entries;
  auto log = open(file, &entries);
  EXPECT_EQ(entries, (std::vector<std::string>{"{\"a\":1}", "{\"a\":2}", "{\"a\":3}"}));
  EXPECT_EQ(log->hash(), alarms::chainHash(alarms::chainHash(alarms::chainHash(std::string(64, '0'), entries[0]), entries[1]), entries[2]));
  // FIPS 180-2, appendix B.1: the hash is the field's own.
  EXPECT_EQ(alarms::chainHash("a", "bc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(AuditLog, ASecondProgramIsRefused) {
  Folder folder;
  auto first = open(folder.path() / "a");
  auto second = AuditLog::open(folder.path() / "a", {});
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().find("another alphacity"), std::string::npos);
}

/// Any single changed, removed or doubled byte before the end is found.
TEST(AuditLog, EveryChangeBreaksTheChain) {
  Folder folder;
  const auto file = folder.path() / "a";
  {
    auto log = open(file);
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(log->append({"{\"n\":" + std::to_string(i) + ",\"who\":\"kim\"}"}));
  }
  const std::string good = read(file);
  for (size_t i = 0; i + 1 < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    write(file, bad);
    EXPECT_FALSE(alarms::verifyAudit(file)) << "byte " << i;
  }
  const size_t line = good.find('\n') + 1;
  write(file, good.substr(line));
  const auto missing = alarms::verifyAudit(file);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().find(":1: does not follow"), std::string::npos) << missing.error();
  write(file, good.substr(0, line) + good);
  EXPECT_FALSE(alarms::verifyAudit(file)) << "a line doubled";
}

/// Power-loss model: cut anywhere, or zeros instead of the tail: what was complete is there, the rest is
/// cut off, and the log goes on.
TEST(AuditLog, ATornEndIsCutOff) {
  Folder folder;
  const auto file = folder.path() / "a";
  {
    auto log = open(file);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(log->append({"{\"n\":" + std::to_string(i) + "}"}));
  }
  const std::string good = read(file);
  for (size_t cut = 0; cut <= good.size(); ++cut) {
    for (const bool zeros : {false, true}) {
      write(file, good.substr(0, cut) + (zeros ? std::string(512, '\0') : std::string()));
      const auto complete = static_cast<size_t>(std::count(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(cut), '\n'));
      std::vector<std::string> entries;
      auto opened = AuditLog::open(file, [&](std::string_view json) { entries.emplace_back(json); });
      ASSERT_TRUE(opened) << opened.error() << " cut " << cut;
      ASSERT_EQ(entries.size(), complete) << "cut " << cut;
      ASSERT_TRUE((*opened)->append({"{\"more\":1}"}));
      opened->reset();
      const auto checked = alarms::verifyAudit(file);
      ASSERT_TRUE(checked) << checked.error() << " cut " << cut;
      ASSERT_EQ(checked->entries, complete + 1);
    }
  }
}

TEST(AuditLog, AFullDiskLeavesTheFileWhole) {
  Folder folder;
  const auto file = folder.path() / "a";
  auto log = open(file);
  ASSERT_TRUE(log->append({"{\"a\":1}"}));
  // A limit on the size of files is what a full disk looks like to write().
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100;
  setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = log->append({"{\"a\":2,\"long\":\"" + std::string(500, 'x') + "\"}"});
  setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("make room"), std::string::npos);
  EXPECT_EQ(alarms::verifyAudit(file)->entries, 1u);
  ASSERT_TRUE(log->append({"{\"a\":3}"})) << "there is room again";
  EXPECT_EQ(alarms::verifyAudit(file)->entries, 2u);
}

TEST(Journal, GivesBackWhatItWasGiven) {
  alarms::JournalEntry entry{.time = kStart, .what = "Acknowledge", .who = "김 \"kim\"", .note = "보러 갔음\n"};
  entry.alarm = {.rule = "hot", .subject = "b:1", .about = alarms::SubjectKind::Group, .number = 61.25, .text = "x", .position = glm::dvec3(1, 2, 3), .ackedBy = "kim"};
  entry.alarm.condition = {.bad = true, .active = true, .acked = true, .shelvedUntil = kStart + 5, .activeTime = kStart - 9, .ackTime = kStart, .announcements = 3};
  const auto again = alarms::parseJournal(alarms::toJson(entry));
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->alarm.condition, entry.alarm.condition);
  EXPECT_EQ(again->note, entry.note);
  EXPECT_EQ(again->who, entry.who);
  EXPECT_EQ(again->alarm.key(), "hot:b:1");
  EXPECT_EQ(again->alarm.about, alarms::SubjectKind::Group);
  EXPECT_EQ(*again->alarm.position, glm::dvec3(1, 2, 3));
  EXPECT_NE(alarms::toJson(entry).find("\"ActiveState\":true"), std::string::npos);
}

TEST(Journal, SurvivesWhatIsNotOne) {
  for (const char* text : {"", "{", "[]", "{}", "{\"Event\":3}", "{\"Event\":\"Raise\",\"Condition\":7,\"Position\":[1,\"x\",3]}", "{\"Event\":\"Raise\",\"Rule\":[],\"TimeNs\":1e99}"})
    (void)alarms::parseJournal(text);
  alarms::JournalReplay replay;
  replay.add("{");
  EXPECT_EQ(replay.unreadable, 1u);
}

const char* const kHot = "kind = \"threshold\"\nwatch = [\"waste_bin\"]\nproperty = \"temperature\"\nabove = 60\nlatched = true";

TEST(Restart, KeepsEveryState) {
  Folder folder;
  const auto set = rules(rule("hot", kHot));
  {
    Desk desk(set, {}, folder.path());
    for (const char* bin : {"active", "acked", "cleared", "shelved", "repair", "gone"}) desk.value(1, bin, "waste_bin", "temperature", 70.0);
    desk.at(2);
    ASSERT_TRUE(desk.ask(alarms::DeskAction::Acknowledge, {"hot:acked", "hot:gone"}, "seen").done);
    ASSERT_TRUE(desk.ask(alarms::DeskAction::Shelve, {"hot:shelved"}, "until noon", 3600).done);
    ASSERT_TRUE(desk.ask(alarms::DeskAction::RemoveFromService, {"hot:repair"}).done);
    ASSERT_TRUE(desk.ask(alarms::DeskAction::Comment, {"hot:active"}, "called 119").done);
    desk.value(3, "cleared", "waste_bin", "temperature", 20.0);
    desk.value(3, "gone", "waste_bin", "temperature", 20.0);
    desk.at(4);
  }
  Desk desk(set, {}, folder.path());
  desk.at(10);
  EXPECT_EQ(desk.state("hot:active"), "UnackActive");
  EXPECT_EQ(desk.state("hot:acked"), "AckActive");
  EXPECT_EQ(desk.state("hot:cleared"), "UnackCleared");
  EXPECT_EQ(desk.state("hot:shelved"), "Shelved");
  EXPECT_EQ(desk.state("hot:repair"), "OutOfService");
  EXPECT_EQ(desk.state("hot:gone"), "Normal");
  const auto view = desk.engine->view();
  EXPECT_TRUE(view->stored);
  EXPECT_EQ(view->find("hot:acked")->alarm.ackedBy, "kim");
  EXPECT_EQ(view->find("hot:active")->alarm.comments.at(0).text, "called 119");
  EXPECT_EQ(view->find("hot:active")->alarm.condition.quality, alarms::SourceQuality::NoData) << "nobody has looked since";
  EXPECT_EQ(view->figures.lastDay, 6);
  for (int s = 600; s <= 4200; s += 300) desk.at(s);
  EXPECT_EQ(desk.state("hot:shelved"), "UnackActive") << "the shelf ended at its time";
  desk.value(4201, "acked", "waste_bin", "temperature", 20.0);
  desk.at(4202);
  EXPECT_EQ(desk.state("hot:acked"), "Normal");
}

TEST(Restart, ARuleThatIsGoneTakesItsAlarmsAlong) {
  Folder folder;
  {
    Desk desk(rules(rule("hot", kHot)), {}, folder.path());
    desk.value(1, "b", "waste_bin", "temperature", 70.0);
    desk.at(2);
  }
  for (int i = 0; i < 2; ++i) {
    Desk desk(rules(rule("other", "kind = \"disk_full\"")), {}, folder.path());
    EXPECT_TRUE(desk.engine->view()->rows.empty());
  }
  Desk desk(rules(rule("hot", kHot)), {}, folder.path());
  EXPECT_TRUE(desk.engine->view()->rows.empty()) << "its story ended when its rule went";
}

TEST(Restart, AnUnusableFolderIsSaidAndAcknowledgementsAreRefused) {
  Folder folder;
  write(folder.path() / "file", "x");
  Desk desk(rules(rule("hot", kHot)), {}, folder.path() / "file" / "below");
  desk.value(1, "b", "waste_bin", "temperature", 70.0);
  desk.at(2);
  EXPECT_FALSE(desk.engine->view()->stored);
  EXPECT_NE(desk.engine->view()->storeProblem.find("--state-dir"), std::string::npos);
  EXPECT_FALSE(desk.ask(alarms::DeskAction::Acknowledge, {"hot:b"}).done);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive");
}

TEST(Restart, WhatCannotBeWrittenIsTakenBack) {
  Folder folder;
  Desk desk(rules(rule("hot", kHot)), {}, folder.path());
  desk.value(1, "b", "waste_bin", "temperature", 70.0);
  desk.at(2);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = std::filesystem::file_size(folder.path() / alarms::kAuditFile);
  setrlimit(RLIMIT_FSIZE, &small);
  const auto refused = desk.ask(alarms::DeskAction::Acknowledge, {"hot:b"});
  setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_FALSE(refused.done);
  EXPECT_EQ(desk.state("hot:b"), "UnackActive");
  EXPECT_TRUE(desk.ask(alarms::DeskAction::Acknowledge, {"hot:b"}).done) << "room again";
  EXPECT_TRUE(alarms::verifyAudit(folder.path() / alarms::kAuditFile));
}

}  // namespace

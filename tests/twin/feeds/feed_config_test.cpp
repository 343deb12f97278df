// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "twin/core/time.h"
#include "twin/feeds/feed_config.h"
#include "twin/feeds/keyed_request.h"

namespace {

namespace fs = std::filesystem;
const base::UtcNs kNoon = *core::parseIso8601("2026-11-24T12:00:00+09:00");

std::string errorOf(const std::string& text) {
  const auto feeds = feeds::parseFeedText(text, "f.toml");
  return feeds ? "" : feeds.error();
}

constexpr const char* kGood = R"([[feed]]
name = "nowcast"
url = "https://apis.data.go.kr/1360000/VilageFcstInfoService_2.0/getUltraSrtNcst?dataType=JSON&base_date={base_date}&base_time={base_time}&nx={nx}&ny={ny}"
format = "kr/kma/getUltraSrtNcst"
period = 600
key_env = "TEST_FEED_KEY"
key_parameter = "serviceKey"
quota = 1000
hours = "05:00-23:30"
headers = { Accept = "application/json", "X-Key" = "k {key}" }
provenance = "measured"
place = [128.69, 35.8365]
)";

TEST(FeedConfig, ReadsEveryKey) {
  const auto all = feeds::parseFeedText(kGood, "f.toml");
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->size(), 1u);
  const feeds::FeedDescription& f = (*all)[0];
  EXPECT_EQ(f.name, "nowcast");
  EXPECT_EQ(f.period, 600);
  EXPECT_EQ(f.expectedPeriod, 600);
  EXPECT_EQ(f.quotaPerDay, 1000u);
  EXPECT_EQ(f.quotaName, "nowcast");
  EXPECT_EQ(f.hours->from, 300);
  EXPECT_EQ(f.headers.size(), 2u);
  EXPECT_EQ(f.origin, "f.toml:2");
}

TEST(FeedConfig, EveryErrorIsOneLineWithFileLineAndKey) {
  const auto with = [](const std::string& line) { return "[[feed]]\nname = \"a\"\nurl = \"https://h/x\"\n" + line + "\n"; };
  const std::pair<std::string, std::string> cases[] = {
      {with("quota = 0"), "f.toml:4: quota: "},
      {with("quota = \"many\""), "f.toml:4: quota: "},
      {with("hours = \"5-6\""), "f.toml:4: hours: "},
      {with("period = 0"), "f.toml:4: period: "},
      {with("colour = 1"), "f.toml:4: colour: is not known"},
      {with("key = \"CANARY-abcdef\""), "f.toml:4: key: a key does not belong"},
      {with("provenance = \"true\""), "f.toml:4: provenance: "},
      {with("place = [35.8, 128.6]"), "f.toml:4: place: "},
      {with("headers = 3"), "f.toml:4: headers: "},
      {with("key_env = \"A\"\nkey_file = \"b\""), "f.toml:5: key_file: "},
      {"[[feed]]\nname = \"a\"\n", "f.toml:2: name: feed 'a' has no url"},
      {"[[feed]]\nurl = \"https://h\"\n", "f.toml:1: name: "},
      {"[[feed]]\nname = \"a\"\nurl = \"ftp://h\"\n", "f.toml:3: url: begins with none"},
      {"[[feed]]\nname = \"a\"\nurl = \"https://u:CANARY-abcdef@h/\"\n", "f.toml:3: url: user and password"},
      {"[[feed]]\nname = \"a\"\nurl = \"sample:x.json\"\n", "f.toml:3: url: a sample needs"},
      {"[feed]\nname = 1\n", "f.toml:1: feed: only [[feed]]"},
      {"[[feed]\n", "f.toml:1: not TOML"},
  };
  for (const auto& [text, start] : cases) {
    const std::string error = errorOf(text);
    EXPECT_TRUE(error.starts_with(start)) << error << "\nwanted " << start;
    EXPECT_EQ(error.find('\n'), std::string::npos);
    EXPECT_EQ(error.find("CANARY"), std::string::npos) << error;
  }
}

TEST(FeedConfig, LaterLayersReplaceKeyByKey) {
  const fs::path folder = fs::temp_directory_path() / "alphacity_feed_layers";
  fs::create_directories(folder);
  std::ofstream(folder / "pack.toml") << kGood;
  std::ofstream(folder / "user.toml") << "[[feed]]\nname = \"nowcast\"\nperiod = 60\nkey_file = \"k\"\nkey_env = \"\"\n"
                                         "[[feed]]\nname = \"mine\"\nurl = \"https://h/x\"\nenabled = false\n";
  const auto all = feeds::readFeedFiles({folder / "pack.toml", folder / "user.toml"});
  ASSERT_TRUE(all) << all.error();
  ASSERT_EQ(all->size(), 1u);  // the disabled one is left out
  EXPECT_EQ((*all)[0].period, 60);
  EXPECT_EQ((*all)[0].quotaPerDay, 1000u);
  EXPECT_EQ((*all)[0].keyFile, folder / "k");  // beside the file that says so
  const auto missing = feeds::readFeedFiles({folder / "none.toml"});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().find("no such file"), std::string::npos);
  fs::remove_all(folder);
}

TEST(FeedConfig, KeyFilesMustBeTheOwnersOnly) {
  const fs::path file = fs::temp_directory_path() / "alphacity_key_test";
  std::ofstream(file) << "CANARY-key-1\n";
  chmod(file.c_str(), 0644);
  feeds::FeedDescription feed;
  feed.keyFile = file;
  feed.origin = "f.toml:2";
  const auto open = feeds::keyOf(feed);
  ASSERT_FALSE(open);
  EXPECT_NE(open.error().find("chmod 600"), std::string::npos);
  EXPECT_EQ(open.error().find("CANARY"), std::string::npos);
  chmod(file.c_str(), 0600);
  const auto key = feeds::keyOf(feed);
  ASSERT_TRUE(key) << key.error();
  EXPECT_EQ(key->expose(), "CANARY-key-1");
  fs::remove(file);
  feed.keyFile.clear();
  feed.keyEnv = "ALPHACITY_TEST_NO_SUCH_VARIABLE";
  EXPECT_NE(feeds::keyOf(feed).error().find("is not set"), std::string::npos);
}

TEST(KeyedRequest, FillsPlaceholdersAndKeysAtRequestTimeOnly) {
  const feeds::FeedDescription feed = (*feeds::parseFeedText(kGood, "f.toml"))[0];
  EXPECT_EQ(feeds::unknownPlaceholder(feed), "");
  feeds::KeyedRequest request(feed, feeds::Secret("se+cret/1=="), {0, 0, 0}, core::TimeZone{}, std::make_shared<feeds::CallLedger>());
  const feeds::HttpRequest r = request.prepare(kNoon);
  EXPECT_TRUE(r.url.ends_with("base_date=20261124&base_time=1100&nx=90&ny=90&serviceKey=se%2Bcret%2F1%3D%3D")) << r.url;
  EXPECT_EQ(r.headers[1], "X-Key: k se+cret/1==");
  // A key that the portal handed out encoded stays as it is.
  feeds::KeyedRequest encoded(feed, feeds::Secret("se%2Bcret"), {0, 0, 0}, core::TimeZone{}, std::make_shared<feeds::CallLedger>());
  EXPECT_TRUE(encoded.prepare(kNoon).url.ends_with("serviceKey=se%2Bcret"));
}

TEST(KeyedRequest, TakesTheKeyOutOfAnswersAndBelievesCode22) {
  const feeds::FeedDescription feed = (*feeds::parseFeedText(kGood, "f.toml"))[0];
  feeds::KeyedRequest request(feed, feeds::Secret("CANARY+key"), {0, 0, 0}, core::TimeZone{}, std::make_shared<feeds::CallLedger>());
  std::string body = R"({"echo":"CANARY+key","url":"?k=CANARY%2Bkey"})";
  request.received(body, kNoon);
  EXPECT_EQ(body, R"({"echo":"**********","url":"?k=************"})");
  EXPECT_EQ(request.wait(kNoon), 0);
  std::string spent = "<OpenAPI_ServiceResponse><returnAuthMsg>LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR</returnAuthMsg></OpenAPI_ServiceResponse>";
  request.received(spent, kNoon);
  EXPECT_GT(request.wait(kNoon), 3600);
  EXPECT_TRUE(request.budget(kNoon).spent);
}

TEST(KeyedRequest, NamesAnUnknownPlaceholder) {
  feeds::FeedDescription feed;
  feed.url = "https://h/{key}?d={date}";
  EXPECT_EQ(feeds::unknownPlaceholder(feed), "{date}");
}

}  // namespace

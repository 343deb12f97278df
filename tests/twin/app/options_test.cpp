// SPDX-License-Identifier: Apache-2.0
#include "twin/app/options.h"

#include <gtest/gtest.h>

namespace {

app::ParsedOptions parse(std::vector<std::string> words) {
  words.insert(words.begin(), "alphacity");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  return app::parseOptions(static_cast<int>(argv.size()), argv.data());
}

TEST(Options, ReadsTheContract) {
  const auto parsed = parse({"--headless", "--size", "640x360", "--time", "2026-11-22T18:00:00+09:00", "--view", "overview", "--frames",
                             "3", "--out", "x.png", "--lang", "en", "--mode", "control", "--feed", "sim:", "--feed", "mqtt://127.0.0.1:1883/a/#"});
  ASSERT_FALSE(parsed.exitCode.has_value());
  EXPECT_EQ(parsed.options.width, 640u);
  EXPECT_EQ(parsed.options.height, 360u);
  EXPECT_EQ(*parsed.options.time, 1795338000LL * base::kNsPerSecond);
  EXPECT_EQ(parsed.options.language, core::Language::English);
  EXPECT_EQ(parsed.options.mode, panels::Mode::Control);
  EXPECT_EQ(parsed.options.feeds.size(), 2u);
}

TEST(Options, IngestIsASubcommand) {
  const auto parsed = parse({"ingest", "--feed", "sim:", "--publish", "mqtt://a:1883,b:1884/alphacity", "--rate", "10", "--seconds", "3"});
  ASSERT_FALSE(parsed.exitCode.has_value());
  EXPECT_TRUE(parsed.options.ingest);
  EXPECT_EQ(parsed.options.publish, "mqtt://a:1883,b:1884/alphacity");
  EXPECT_EQ(parsed.options.publishRate, 10);
  EXPECT_FALSE(parse({"--feed", "state:mqtt://a:1883/alphacity"}).options.ingest);
}

class WrongUsage : public testing::TestWithParam<std::vector<std::string>> {};

TEST_P(WrongUsage, EndsWithTwoAndOneLine) {
  testing::internal::CaptureStderr();
  const auto parsed = parse(GetParam());
  const std::string text = testing::internal::GetCapturedStderr();
  ASSERT_TRUE(parsed.exitCode.has_value());
  EXPECT_EQ(*parsed.exitCode, app::kExitUsage);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
  EXPECT_NE(text.find("--help"), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(All, WrongUsage, testing::Values(
    std::vector<std::string>{"ingest", "--publish", "mqtt://a:1883/with.dot"}, std::vector<std::string>{"--publish", "mqtt://a/b"},
    std::vector<std::string>{"--size", "huge"}, std::vector<std::string>{"--size", "1x1"},
    std::vector<std::string>{"--size", "640x360x2"}, std::vector<std::string>{"--time", "yesterday"},
    std::vector<std::string>{"--feed", "gopher://x"}, std::vector<std::string>{"--mode", "party"},
    std::vector<std::string>{"--out", "x.png"}, std::vector<std::string>{"--frames", "-1"},
    std::vector<std::string>{"--no-such-thing"}, std::vector<std::string>{"--speed", "0"},
    std::vector<std::string>{"--replay", "a.log", "--feed", "sim:"}));

TEST(Options, HelpAndVersionEndWell) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(parse({"--help"}).exitCode, app::kExitOk);
  EXPECT_EQ(parse({"--version"}).exitCode, app::kExitOk);
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_NE(text.find("--headless"), std::string::npos);
  EXPECT_NE(text.find("alphacity 0."), std::string::npos);
}

}  // namespace

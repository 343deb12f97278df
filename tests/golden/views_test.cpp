// SPDX-License-Identifier: Apache-2.0
// Pictures of the whole program: fixed clock, small, one idea each. A commit that changes one says why.
#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/twin_picture.h"

namespace {

struct GoldenView {
  const char* name;
  std::vector<std::string> arguments;
};

std::ostream& operator<<(std::ostream& out, const GoldenView& view) { return out << view.name; }

class Golden : public testing::TestWithParam<GoldenView> {};

TEST_P(Golden, LooksAsItDid) {
  std::vector<std::string> arguments = GetParam().arguments;
  arguments.insert(arguments.end(), {"--size", "640x360", "--quality", "low"});
  const support::TwinRun run = support::runTwin(GetParam().name, arguments);
  ASSERT_EQ(run.exitCode, 0) << run.output;
  EXPECT_EQ(run.validationMessages, 0u) << run.output;
  EXPECT_TRUE(support::matchesGolden(GetParam().name, run.picture));
}

const GoldenView kViews[] = {
    {"overview_day", {"--time", "2026-11-22T14:00:00+09:00", "--view", "overview", "--no-ui", "--no-labels"}},
    {"overview_dusk", {"--time", "2026-11-22T17:32:00+09:00", "--view", "overview", "--no-ui", "--no-labels"}},
    {"overview_night", {"--time", "2026-11-22T20:30:00+09:00", "--view", "overview", "--no-ui", "--no-labels"}},
    {"street_day", {"--time", "2026-11-22T10:30:00+09:00", "--view", "street", "--no-ui", "--no-labels"}},
    {"street_rain", {"--time", "2026-11-22T16:00:00+09:00", "--view", "street", "--weather", "rain", "--no-ui", "--no-labels"}},
    {"stadium_morning", {"--time", "2026-06-21T09:00:00+09:00", "--view", "stadium", "--no-ui", "--no-labels"}},
    {"follow_shuttle", {"--time", "2026-11-22T12:30:00+09:00", "--follow", "shuttle-1", "--frames", "40", "--no-ui", "--no-labels"}},
    {"labels_ko", {"--time", "2026-11-22T13:00:00+09:00", "--view", "overview", "--lang", "ko", "--no-ui"}},
    {"labels_en", {"--time", "2026-11-22T13:00:00+09:00", "--view", "overview", "--lang", "en", "--no-ui"}},
    {"panels_planner_ko", {"--time", "2026-11-22T13:00:00+09:00", "--view", "overview", "--lang", "ko", "--mode", "planner"}},
    {"panels_control_en", {"--time", "2026-11-22T20:30:00+09:00", "--view", "loop", "--lang", "en", "--mode", "control"}},
    {"alarm_desk_en", {"--time", "2026-11-24T10:40:00+09:00", "--view", "loop", "--lang", "en", "--mode", "control",
                       "--alarms", ALPHACITY_SOURCE_DIR "/tests/golden/desk_alarms.toml"}},
    {"panels_exhibition_ko", {"--time", "2026-11-22T17:32:00+09:00", "--view", "overview", "--lang", "ko", "--mode", "exhibition"}},
};

INSTANTIATE_TEST_SUITE_P(Views, Golden, testing::ValuesIn(kViews), [](const auto& tested) { return std::string(tested.param.name); });

TEST(Headless, SameArgumentsGiveTheSamePictureBitForBit) {
  const std::vector<std::string> arguments{"--time", "2026-11-22T08:30:00+09:00", "--view", "loop", "--frames", "30",
                                           "--size", "640x360", "--quality", "low"};
  const support::TwinRun first = support::runTwin("twice_a", arguments);
  const support::TwinRun second = support::runTwin("twice_b", arguments);
  ASSERT_EQ(first.exitCode, 0) << first.output;
  ASSERT_EQ(second.exitCode, 0) << second.output;
  ASSERT_FALSE(first.picture.rgba.empty());
  EXPECT_TRUE(first.picture.rgba == second.picture.rgba);
}

}  // namespace

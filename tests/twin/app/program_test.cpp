// SPDX-License-Identifier: Apache-2.0
// The program as a script sees it: exit codes and one line for every failure.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/twin_picture.h"

namespace {

namespace fs = std::filesystem;

fs::path scratch(const char* name) {
  const fs::path folder = fs::path(testing::TempDir()) / "alphacity_program_test";
  fs::create_directories(folder);
  return folder / name;
}

size_t lines(const std::string& text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')); }

TEST(Program, SaysWhatIsWrongWithACityInOneLine) {
  std::ofstream(scratch("broken.osm")) << "<osm><node id=\"1\" lat=\"";
  fs::create_directories(scratch("empty_folder"));
  std::ofstream(scratch("notes.txt")) << "no city";
  for (const fs::path& city : {fs::path("/no/such/city"), scratch("broken.osm"), scratch("empty_folder"), scratch("notes.txt")}) {
    const support::TwinRun run = support::runTwin("wrong_city", {"--city", city.string(), "--size", "64x64", "--no-ui", "--no-labels"});
    EXPECT_EQ(run.exitCode, 3) << city << "\n" << run.output;
    EXPECT_EQ(lines(run.output), 1u) << run.output;
    EXPECT_NE(run.output.find(city.filename().string()), std::string::npos) << run.output;
  }
}

TEST(Program, ListsWhatThereIs) {
  const support::TwinRun views = support::runTwin("list_views", {"--list", "views"}, false);
  EXPECT_EQ(views.exitCode, 0);
  for (const char* id : {"overview", "loop", "station", "stadium", "street", "night"}) EXPECT_NE(views.output.find(id), std::string::npos) << id;
  const support::TwinRun layers = support::runTwin("list_layers", {"--list", "layers", "--json"}, false);
  EXPECT_EQ(layers.exitCode, 0);
  EXPECT_EQ(layers.output.front(), '[');
}

TEST(Program, RefusesABrokenRecordingAndAnUnwritablePicture) {
  std::ofstream(scratch("bad.log")) << "this is no recording";
  const support::TwinRun replay = support::runTwin("bad_replay", {"--replay", scratch("bad.log").string(), "--size", "64x64"});
  EXPECT_EQ(replay.exitCode, 3) << replay.output;
  EXPECT_EQ(lines(replay.output), 1u) << replay.output;
  const support::TwinRun picture = support::runTwin(
      "unwritable", {"--headless", "--size", "64x64", "--time", "2026-11-22T12:00:00+09:00", "--no-ui", "--no-labels", "--out", "/no/such/folder/x.png"}, false);
  EXPECT_EQ(picture.exitCode, 3) << picture.output;
  EXPECT_NE(picture.output.find("/no/such/folder/x.png"), std::string::npos);
}

TEST(Program, SurvivesAbsurdSizes) {
  for (const char* size : {"16x16", "64x64", "500x280", "300x900", "1600x280"}) {
    for (const char* mode : {"planner", "control", "exhibition"}) {
      const support::TwinRun run = support::runTwin("absurd_size", {"--size", size, "--mode", mode, "--time", "2026-11-22T12:30:00+09:00", "--select", "b_0007"});
      EXPECT_EQ(run.exitCode, 0) << size << " " << mode << "\n" << run.output;
      EXPECT_EQ(run.validationMessages, 0u) << run.output;
    }
  }
}

TEST(Program, HidesTheSecretsOfTheEnvironment) {
  setenv("ALPHACITY_MQTT_PASSWORD", "canary-7391", 1);
  const support::TwinRun run = support::runTwin("secrets", {"--feed", "mqtt://127.0.0.1:9", "--seconds", "1.5", "--size", "64x64", "--verbose"});
  unsetenv("ALPHACITY_MQTT_PASSWORD");
  EXPECT_EQ(run.exitCode, 0) << run.output;
  EXPECT_EQ(run.output.find("canary-7391"), std::string::npos);
}

TEST(Program, ShowsAnotherCityFromItsOpenData) {
  const fs::path monaco = fs::path(ALPHACITY_SOURCE_DIR) / "../shared/data/osm_cities_small/monaco.osm.gz";
  if (!fs::exists(monaco)) GTEST_SKIP() << monaco << " is not here";
  const support::TwinRun run = support::runTwin("monaco", {"--city", monaco.string(), "--time", "2026-06-21T16:00:00+02:00", "--size", "640x360", "--lang", "en"});
  EXPECT_EQ(run.exitCode, 0) << run.output;
  EXPECT_EQ(run.validationMessages, 0u);
  EXPECT_EQ(run.picture.width, 640u);
}

}  // namespace

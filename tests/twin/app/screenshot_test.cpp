// SPDX-License-Identifier: Apache-2.0
#include "twin/app/screenshot.h"

#include <gtest/gtest.h>

#include "tests/support/png.h"
#include "twin/app/app.h"
#include "twin/app/commands.h"
#include "twin/app/frame_loop.h"
#include "twin/core/time.h"

namespace {

namespace fs = std::filesystem;

app::Options small() {
  app::Options options;
  options.headless = true;
  options.width = 320;
  options.height = 180;
  options.time = *core::parseIso8601("2026-11-22T14:00:00+09:00");
  options.view = "overview";
  options.noUi = options.noLabels = true;
  options.validation = true;
  return options;
}

TEST(Screenshot, WritesThePictureUnderTheShownTimeAndSaysWhereItCannot) {
  app::StartFailure failure;
  const auto app = app::startApp(small(), failure);
  ASSERT_NE(app, nullptr) << failure.text;
  const platform::Input nothing{.framebuffer = {320, 180}, .window = {320, 180}};
  app::runFrame(*app, nothing, *app->graphics->acquire({320, 180}), true);

  app::carryOut(*app, panels::TakeScreenshot{});
  EXPECT_TRUE(app->screenshot);  // the loop takes it after presenting
  const fs::path folder = fs::path(testing::TempDir()) / "alphacity_screenshot_test";
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto taken = app::takeScreenshot(*app, folder);
  ASSERT_TRUE(taken) << taken.error();
  EXPECT_EQ(taken->filename().string(), "alphacity-2026-11-22_14-00-00_KST.png");
  const std::optional<support::Picture> read = support::readPng(taken->string());
  ASSERT_TRUE(read.has_value());
  const support::Picture& picture = *read;
  EXPECT_EQ(picture.width, 320u);
  EXPECT_EQ(picture.height, 180u);
  uint8_t darkest = 255, brightest = 0;
  for (size_t i = 1; i < picture.rgba.size(); i += 4) {
    darkest = std::min(darkest, picture.rgba[i]);
    brightest = std::max(brightest, picture.rgba[i]);
  }
  EXPECT_GT(brightest - darkest, 60);  // a city, not a blank

  const auto refused = app::takeScreenshot(*app, "/no/such/folder");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().find("/no/such/folder"), std::string::npos);
  EXPECT_EQ(app->graphics->validation()->count(), 0u);
  app->feeding->stop();
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "engine/platform/window.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/xvfb.h"

namespace {

TEST(Window, SaysWhatToDoWithoutADisplay) {
  const char* old = std::getenv("DISPLAY");
  const std::string kept = old != nullptr ? old : "";
  unsetenv("DISPLAY");
  EXPECT_FALSE(platform::hasDisplay());
  const auto window = platform::Window::create({.title = "none"});
  if (!kept.empty()) setenv("DISPLAY", kept.c_str(), 1);
  ASSERT_FALSE(window.ok());
  EXPECT_NE(window.error().find("--headless"), std::string::npos) << window.error();
}

TEST(Window, OpensPollsAndTogglesFullScreen) {
  const support::Xvfb display(800, 600);
  if (!display.running()) GTEST_SKIP() << "Xvfb is not installed";
  ASSERT_TRUE(platform::hasDisplay());
  auto window = platform::Window::create({.title = "test", .width = 400, .height = 300});
  ASSERT_TRUE(window.ok()) << window.error();
  platform::Input in = (*window)->poll();
  EXPECT_EQ(in.framebuffer, (platform::Size{400, 300}));
  EXPECT_FALSE(in.closeRequested);
  EXPECT_TRUE(in.keys.empty());
  EXPECT_FALSE((*window)->fullScreen());
  (*window)->setFullScreen(true);
  EXPECT_TRUE((*window)->fullScreen());
  for (int i = 0; i < 50 && in.framebuffer.width != 800; ++i) {
    (*window)->waitEvents(0.05);
    in = (*window)->poll();
  }
  EXPECT_EQ(in.framebuffer, (platform::Size{800, 600}));
  (*window)->setFullScreen(false);
  EXPECT_FALSE((*window)->fullScreen());
  (*window)->setTitle("renamed");
  (*window)->requestClose();
  EXPECT_TRUE((*window)->poll().closeRequested);
}

TEST(Window, ReopensAfterTheLastOneClosed) {
  const support::Xvfb display(320, 240);
  if (!display.running()) GTEST_SKIP() << "Xvfb is not installed";
  for (int i = 0; i < 3; ++i) {
    auto window = platform::Window::create({.title = "again", .width = 64, .height = 64});
    ASSERT_TRUE(window.ok()) << window.error();
    EXPECT_FALSE(platform::Window::requiredInstanceExtensions().empty());
  }
}

}  // namespace

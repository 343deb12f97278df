// SPDX-License-Identifier: Apache-2.0
#include "engine/platform/input.h"

#include <gtest/gtest.h>

namespace {

using platform::Input;
using platform::Key;

TEST(Input, EncodesTypedTextAsUtf8) {
  std::string text;
  for (const uint32_t c : {0x41u, 0xe9u, 0xac00u, 0x1f68cu}) platform::appendUtf8(text, c);
  EXPECT_EQ(text, "A\xc3\xa9\xea\xb0\x80\xf0\x9f\x9a\x8c");
  platform::appendUtf8(text, 0xd800);    // half of a surrogate pair
  platform::appendUtf8(text, 0x110000);  // beyond Unicode
  EXPECT_EQ(text.size(), 10u);
}

TEST(Input, KeepsWhatLastsAndForgetsWhatHappened) {
  Input in;
  in.framebuffer = {1280, 720};
  in.cursor = {3, 4};
  in.text = "x";
  in.scroll = {0, 2};
  in.keys.push_back({Key::F1, true, false, {}});
  in.keyDown[static_cast<int>(Key::F1)] = true;
  in.droppedFiles = {"a"};
  in.buttons[0] = {true, true, false};
  const Input next = platform::nextInput(in);
  EXPECT_EQ(next.framebuffer, in.framebuffer);
  EXPECT_EQ(next.cursor.x, 3);
  EXPECT_TRUE(next.down(Key::F1));
  EXPECT_TRUE(next.button(platform::Button::Left).down);
  EXPECT_FALSE(next.button(platform::Button::Left).pressed);
  EXPECT_TRUE(next.text.empty());
  EXPECT_TRUE(next.keys.empty());
  EXPECT_TRUE(next.droppedFiles.empty());
  EXPECT_EQ(next.scroll.y, 0);
}

TEST(Input, TellsAPressFromARepeatAndARelease) {
  Input in;
  in.keys = {{Key::A, false, false, {}}, {Key::B, true, true, {}}, {Key::C, true, false, {}}};
  EXPECT_FALSE(in.pressed(Key::A));
  EXPECT_FALSE(in.pressed(Key::B));
  EXPECT_TRUE(in.pressed(Key::C));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>

#include "engine/platform/glfw_keys.h"

namespace {

using platform::Key;
using platform::keyFromGlfw;

// GLFW's codes are US ASCII for printable keys (glfw3.h, "Keyboard key tokens").
TEST(Keys, MapsLettersAndDigits) {
  EXPECT_EQ(keyFromGlfw('A'), Key::A);
  EXPECT_EQ(keyFromGlfw('Z'), Key::Z);
  EXPECT_EQ(keyFromGlfw('0'), Key::Digit0);
  EXPECT_EQ(keyFromGlfw('9'), Key::Digit9);
  EXPECT_EQ(keyFromGlfw(320), Key::Digit0) << "keypad";
  EXPECT_EQ(keyFromGlfw(256), Key::Escape);
  EXPECT_EQ(keyFromGlfw(290), Key::F1);
  EXPECT_EQ(keyFromGlfw(301), Key::F12);
  EXPECT_EQ(keyFromGlfw(302), Key::Unknown) << "F13";
  EXPECT_EQ(keyFromGlfw(-1), Key::Unknown);
}

TEST(Keys, ReachesEveryNamedKey) {
  std::set<Key> reached;
  for (int code = -1; code < 400; ++code) reached.insert(keyFromGlfw(code));
  EXPECT_EQ(reached.size(), static_cast<size_t>(Key::Count));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/capsule.h"

#include <gtest/gtest.h>

namespace {

TEST(CapsuleNote, ReadsBackWhatItWrote) {
  const app::CapsuleNote note{.pressedAt = 1'795'338'000 * base::kNsPerSecond,
                              .city = "alpha",
                              .camera = {.position = {12.5, -300.25, 80}, .heading = 1.5, .pitch = -0.4, .verticalFov = 0.6},
                              .selected = "bin-1",
                              .following = "shuttle-2",
                              .hiddenLayers = {"trees", "labels"}};
  const auto read = app::parseCapsule(app::capsuleJson(note));
  ASSERT_TRUE(read.ok()) << read.error();
  EXPECT_EQ(read->pressedAt, note.pressedAt);
  EXPECT_EQ(read->city, note.city);
  EXPECT_EQ(read->camera.position, note.camera.position);
  EXPECT_EQ(read->camera.heading, note.camera.heading);
  EXPECT_EQ(read->camera.pitch, note.camera.pitch);
  EXPECT_EQ(read->camera.verticalFov, note.camera.verticalFov);
  EXPECT_EQ(read->selected, note.selected);
  EXPECT_EQ(read->following, note.following);
  EXPECT_EQ(read->hiddenLayers, note.hiddenLayers);
}

TEST(CapsuleNote, RefusesWhatItCannotShow) {
  const std::string good = app::capsuleJson({.pressedAt = base::kNsPerSecond, .city = "alpha", .camera = {}, .selected = {}, .following = {}, .hiddenLayers = {}});
  ASSERT_TRUE(app::parseCapsule(good).ok());
  for (size_t i = 0; i < good.size(); ++i) EXPECT_FALSE(app::parseCapsule(good.substr(0, i)).ok()) << i;
  for (const char* bad : {"", "[]", "{\"version\":\"1\"}", "{\"version\":2}", "{\"version\":1,\"pressed_at\":7}"})
    EXPECT_FALSE(app::parseCapsule(bad).ok()) << bad;
}

}  // namespace

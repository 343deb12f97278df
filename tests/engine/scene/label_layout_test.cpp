// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/label_layout.h"

#include <gtest/gtest.h>

#include "engine/base/hash.h"

namespace {

scene::View viewOf(double heading) {
  return {.camera = scene::lookAt({0, 0, 0}, 1200, heading, -0.6, 0.6), .width = 1280, .height = 720};
}

glm::vec2 measure(const scene::Label& label) { return {8.f * static_cast<float>(label.text.size()), 20.f}; }

TEST(LabelLayout, LabelsNeverOverlapEachOtherNorPanels) {
  scene::LabelStore labels;
  base::Random random(7);
  for (int i = 0; i < 400; ++i) {
    labels.add({.position = {random.uniform(-500, 500), random.uniform(-500, 500), 0}, .text = "label " + std::to_string(i),
                .priority = static_cast<float>(i % 7)});
  }
  scene::LabelLayout layout;
  const std::vector<glm::vec4> panels{{0, 0, 300, 720}};
  for (int turn = 0; turn < 12; ++turn) {
    const auto& placed = layout.place(labels, viewOf(turn * 0.5), measure, panels);
    ASSERT_GT(placed.size(), 20u);
    for (size_t i = 0; i < placed.size(); ++i) {
      EXPECT_GE(placed[i].low.x, 300.f);
      for (size_t j = 0; j < i; ++j) {
        const bool apart = placed[i].low.x >= placed[j].high.x || placed[j].low.x >= placed[i].high.x ||
                           placed[i].low.y >= placed[j].high.y || placed[j].low.y >= placed[i].high.y;
        EXPECT_TRUE(apart) << i << " and " << j;
      }
    }
  }
}

TEST(LabelLayout, ImportantLabelsWinAndDistanceHides) {
  scene::LabelStore labels;
  labels.add({.position = {0, 0, 0}, .text = "small", .priority = 1});
  const scene::LabelId big = labels.add({.position = {1, 0, 0}, .text = "big", .priority = 9});
  labels.add({.position = {300, 0, 0}, .text = "near only", .maxDistance = 100});
  labels.add({.position = {0, -5000, 0}, .text = "behind", .maxDistance = 1e6f});
  scene::LabelLayout layout;
  const auto& placed = layout.place(labels, viewOf(0), measure, {});
  ASSERT_EQ(placed.size(), 1u);
  EXPECT_EQ(placed[0].id, big);
  EXPECT_EQ(layout.at(placed[0].low + 1.f), &layout.placed()[0]);
}

TEST(LabelLayout, AShownLabelKeepsItsPlaceAgainstAnEqual) {
  scene::LabelStore labels;
  labels.add({.position = {0, 0, 0}, .text = "first", .priority = 1});
  scene::LabelLayout layout;
  const scene::LabelId shown = layout.place(labels, viewOf(0), measure, {})[0].id;
  labels.add({.position = {0, -40, 0}, .text = "nearer", .priority = 1});
  EXPECT_EQ(layout.place(labels, viewOf(0), measure, {})[0].id, shown);
}

}  // namespace

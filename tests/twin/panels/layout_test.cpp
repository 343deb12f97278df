// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "twin/panels/layout.h"

namespace {

using panels::Mode;
using panels::PanelId;
using panels::Rect;

std::vector<Rect> all(const panels::Arrangement& a) {
  std::vector<Rect> rects;
  for (const auto& r : {a.topBar, a.rail, a.timeline}) if (r) rects.push_back(*r);
  for (const auto& r : a.panels) if (r) rects.push_back(*r);
  return rects;
}

const glm::vec2 kSizes[] = {{1280, 720}, {1366, 768}, {1920, 1080}, {2560, 1080}, {3840, 2160}, {7680, 4320}, {1024, 768}};

TEST(Layout, NothingOverlapsAndNothingLeavesTheScreen) {
  for (const Mode mode : {Mode::Planner, Mode::Control, Mode::Exhibition}) {
    for (const glm::vec2 size : kSizes) {
      for (size_t side = 0; side <= panels::kPanels - 1; ++side) {
        for (const bool selected : {false, true}) {
          panels::Shown shown;
          shown.desk = selected;
          if (side == panels::kPanels - 1) shown.side.reset();
          else shown.side = static_cast<PanelId>(side);
          shown.past = side % 2 == 1;
          const auto rects = all(panels::arrange(mode, size, panels::designScale(size), shown, selected));
          for (size_t i = 0; i < rects.size(); ++i) {
            EXPECT_GE(rects[i].low.x, 0);
            EXPECT_GE(rects[i].low.y, 0);
            EXPECT_LE(rects[i].high.x, size.x);
            EXPECT_LE(rects[i].high.y, size.y);
            EXPECT_GT(rects[i].height(), 40);
            for (size_t k = i + 1; k < rects.size(); ++k) EXPECT_FALSE(rects[i].overlaps(rects[k])) << size.x << "x" << size.y << " " << i << " " << k;
          }
        }
      }
    }
  }
}

TEST(Layout, PlannerColumnsLeaveThePictureDominant) {
  for (const glm::vec2 size : kSizes) {
    for (const PanelId side : {PanelId::Layers, PanelId::Feeds, PanelId::Search}) {
      panels::Shown shown;
      shown.side = side;
      const auto a = panels::arrange(Mode::Planner, size, panels::designScale(size), shown, true);
      const float columns = a.rail->width() + a.panel(side)->width() + a.panel(PanelId::Inspector)->width();
      EXPECT_LE(columns, 0.4f * size.x + 1) << size.x;
      EXPECT_GT(a.panel(PanelId::Inspector)->width(), 120);
    }
  }
}

TEST(Layout, InspectorOpensOnlyWithASelection) {
  const panels::Shown shown;
  EXPECT_FALSE(panels::arrange(Mode::Planner, {1920, 1080}, 1, shown, false).panel(PanelId::Inspector));
  EXPECT_TRUE(panels::arrange(Mode::Planner, {1920, 1080}, 1, shown, true).panel(PanelId::Inspector));
}

TEST(Layout, AnExhibitionHasAtMostOnePanel) {
  for (const glm::vec2 size : kSizes) {
    const auto a = panels::arrange(Mode::Exhibition, size, panels::designScale(size), panels::Shown{}, true);
    EXPECT_EQ(all(a).size(), 1u);
  }
}

TEST(Layout, TextNeverGetsTooSmallToRead) {
  for (const glm::vec2 size : kSizes) EXPECT_GE(panels::designScale(size) * 15, 12.5);
  EXPECT_DOUBLE_EQ(panels::designScale({3840, 2160}), 2);
}

TEST(Shown, KeysOpenAndClose) {
  panels::Shown shown;
  panels::toggle(shown, Mode::Planner, PanelId::Layers);
  EXPECT_FALSE(shown.side);
  panels::toggle(shown, Mode::Planner, PanelId::Search);
  EXPECT_TRUE(shown.searchFocus);
  panels::toggle(shown, Mode::Planner, PanelId::Feeds);
  EXPECT_EQ(shown.side, PanelId::Feeds);
  panels::toggle(shown, Mode::Control, PanelId::Events);
  EXPECT_FALSE(panels::isOpen(shown, Mode::Control, PanelId::Events));
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/attract.h"

#include <gtest/gtest.h>

namespace {

using app::Attract;

/// Runs without touch for a while in frames of 50 ms; counts what happened.
struct Quiet {
  int resets = 0, views = 0;
  Attract::Step last;
  Quiet(Attract& attract, double seconds) {
    for (double t = 0; t < seconds - 1e-9; t += 0.05) {
      last = attract.update(false, 0.05);
      resets += last.reset;
      views += last.showView;
    }
  }
};

TEST(Attract, ToursUntilTouched) {
  Attract attract(4);
  const Attract::Step first = attract.update(false, 0.05);
  EXPECT_TRUE(first.showView);
  EXPECT_EQ(first.view, 0u);
  const Quiet tour(attract, 101);
  EXPECT_EQ(tour.views, 4);
  EXPECT_EQ(tour.resets, 0);
  EXPECT_EQ(tour.last.view, 0u);  // round
  EXPECT_EQ(attract.update(true, 0.05).phase, Attract::Phase::Visited);
  EXPECT_EQ(Quiet(attract, 50).views, 0);
}

TEST(Attract, AsksThenResets) {
  Attract attract(4);
  attract.update(true, 0.05);
  EXPECT_EQ(Quiet(attract, 59).last.phase, Attract::Phase::Visited);
  const Quiet asking(attract, 6);
  EXPECT_EQ(asking.last.phase, Attract::Phase::Asking);
  EXPECT_LT(asking.last.secondsLeft, 15);
  EXPECT_GT(asking.last.secondsLeft, 8);
  const Quiet gone(attract, 12);
  EXPECT_EQ(gone.resets, 1);
  EXPECT_EQ(gone.last.phase, Attract::Phase::Touring);
}

TEST(Attract, AnAnswerKeepsTheVisit) {
  Attract attract(4);
  attract.update(true, 0.05);
  Quiet(attract, 70);
  EXPECT_EQ(attract.update(true, 0.05).phase, Attract::Phase::Visited);
  const Quiet more(attract, 59);
  EXPECT_EQ(more.resets, 0);
  EXPECT_EQ(more.last.phase, Attract::Phase::Visited);
}

TEST(Attract, ACityWithoutViewsOnlyResets) {
  Attract attract(0);
  EXPECT_EQ(Quiet(attract, 60).views, 0);
}

}  // namespace

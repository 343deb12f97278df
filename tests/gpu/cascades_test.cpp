// SPDX-License-Identifier: Apache-2.0
#include "engine/render/cascades.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

render::CascadeInput noon() {
  render::CascadeInput in;
  in.sunDirection = glm::normalize(glm::vec3(0.3f, -0.5f, 0.8f));
  in.city = {{-1000, -1000, 0}, {1000, 1000, 150}};
  in.focusDistance = 700;
  in.staticsRevision = 1;
  return in;
}

const render::QualitySettings kLow = render::settingsOf(render::Quality::Low);

TEST(Cascades, DrawsAllOnceAndThenNothing) {
  render::Cascades c;
  EXPECT_EQ(c.update(noon(), kLow).size(), 2u);
  EXPECT_TRUE(c.update(noon(), kLow).empty());
}

TEST(Cascades, FollowsTheSunInStepsOfAQuarterOfADegree) {
  render::Cascades c;
  render::CascadeInput in = noon();
  int redrawn = 0;
  // Two degrees in 400 steps: about 8 of them move the quantised sun.
  for (int i = 0; i <= 400; ++i) {
    const float a = 0.8f + static_cast<float>(i) * 0.005f * 3.14159265f / 180.f;
    in.sunDirection = {std::cos(a) * 0.8f, std::cos(a) * 0.6f, std::sin(a)};
    redrawn += c.update(in, kLow).empty() ? 0 : 1;
  }
  EXPECT_GE(redrawn, 8);
  EXPECT_LE(redrawn, 10);
}

TEST(Cascades, RedrawsTheNearMapWhenTheFocusStraysAndAllWhenTheCityChanges) {
  render::Cascades c;
  render::CascadeInput in = noon();
  c.update(in, kLow);
  in.focus = {20, 0, 0};
  EXPECT_TRUE(c.update(in, kLow).empty()) << "within the margin";
  in.focus = {500, 0, 0};
  EXPECT_EQ(c.update(in, kLow), std::vector<uint32_t>{0});
  in.staticsRevision = 2;
  EXPECT_EQ(c.update(in, kLow).size(), 2u);
}

TEST(Cascades, KnowsWhenNothingButTheSunHasMoved) {
  render::Cascades c;
  render::CascadeInput in = noon();
  EXPECT_FALSE(c.onlySunMoved(in)) << "nothing is drawn yet";
  c.update(in, kLow);
  EXPECT_FALSE(c.onlySunMoved(in));
  in.sunDirection = glm::normalize(in.sunDirection + glm::vec3(0.02f, 0, 0));
  EXPECT_TRUE(c.onlySunMoved(in));
  EXPECT_EQ(c.update(in, kLow).size(), 2u) << "then all maps are due";
  const auto afterAStep = [&](const auto& change) {
    render::CascadeInput other = in;
    other.sunDirection = glm::normalize(in.sunDirection + glm::vec3(0.02f, 0, 0));
    change(other);
    return c.onlySunMoved(other);
  };
  EXPECT_TRUE(afterAStep([](render::CascadeInput&) {}));
  EXPECT_FALSE(afterAStep([](render::CascadeInput& i) { i.focus = {500, 0, 0}; }));
  EXPECT_FALSE(afterAStep([](render::CascadeInput& i) { i.focusDistance = 100; }));
  EXPECT_FALSE(afterAStep([](render::CascadeInput& i) { i.staticsRevision = 2; }));
  EXPECT_FALSE(afterAStep([](render::CascadeInput& i) { i.sunShines = false; }));
}

TEST(Cascades, HoldsTheWholeCityInTheLastMap) {
  render::Cascades c;
  const render::CascadeInput in = noon();
  c.update(in, kLow);
  for (int i = 0; i < 8; ++i) {
    const glm::vec4 corner(i & 1 ? in.city.high.x : in.city.low.x, i & 2 ? in.city.high.y : in.city.low.y,
                           i & 4 ? in.city.high.z : in.city.low.z, 1);
    const glm::vec4 at = c[c.count() - 1].worldToTexture * corner;
    for (int k = 0; k < 3; ++k) {
      EXPECT_GE(at[k], 0.f);
      EXPECT_LE(at[k], 1.f);
    }
  }
}

TEST(Cascades, MovesInWholeTexels) {
  render::Cascades a;
  render::Cascades b;
  render::CascadeInput in = noon();
  a.update(in, kLow);
  in.focus = {333.3f, -77.7f, 0};
  b.update(in, kLow);
  const glm::vec4 shift = (b[0].worldToTexture - a[0].worldToTexture)[3] * static_cast<float>(kLow.shadowSize);
  EXPECT_NEAR(shift.x, std::round(shift.x), 0.02);
  EXPECT_NEAR(shift.y, std::round(shift.y), 0.02);
}

TEST(Cascades, AreAbsentWithoutLight) {
  render::Cascades c;
  render::CascadeInput in = noon();
  in.sunShines = false;
  EXPECT_TRUE(c.update(in, kLow).empty());
  EXPECT_EQ(c.count(), 0u);
}

}  // namespace

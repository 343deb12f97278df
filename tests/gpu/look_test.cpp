// SPDX-License-Identifier: Apache-2.0
// What the picture must say whatever its details: day is bright, dusk is blue with warm windows, night is
// dark but never black, the selected thing is outlined, quality changes shading and never content.
#include "tests/gpu/look_scene.h"

#include <array>

#include "tests/gpu/picture_test.h"

namespace {

constexpr double kRadians = 3.14159265358979 / 180.0;

class Look : public PictureTest {
 protected:
  /// The corner under a sun at `elevation` degrees in the south-west.
  void stage(double elevation, double hour, scene::Weather weather = {}) {
    l_ = look::makeLookScene(ALPHACITY_SOURCE_DIR "/assets/models", elevation < 0);
    l_.scene.environment = scene::environmentFor(elevation * kRadians, 235 * kRadians, hour, 326, weather);
    remakeRenderer();
  }

  support::Picture draw(const char* name, const scene::View& view, Quality quality = Quality::Low) {
    const std::vector<scene::View> views{view};
    render::FrameInput in{l_.scene, views, {}, 5000, offscreen_.target(), quality};
    in.wait = true;
    const render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    return picture(std::string("look-") + name);
  }

  static std::array<double, 3> mean(const support::Picture& p) {
    std::array<double, 3> sum{};
    for (size_t i = 0; i < p.rgba.size(); ++i)
      if (i % 4 < 3) sum[i % 4] += p.rgba[i];
    for (double& s : sum) s /= static_cast<double>(p.width) * p.height;
    return sum;
  }

  /// Pixels for which `what(r, g, b)` holds.
  template <class F>
  static int count(const support::Picture& p, F what) {
    int n = 0;
    for (size_t i = 0; i < p.rgba.size(); i += 4) n += what(int{p.rgba[i]}, int{p.rgba[i + 1]}, int{p.rgba[i + 2]}) ? 1 : 0;
    return n;
  }

  look::LookScene l_;
};

TEST_F(Look, DayIsBrightAndWithoutPureBlackOrWhite) {
  stage(35, 13);
  const support::Picture p = draw("day", look::overview(kWidth, kHeight));
  const auto m = mean(p);
  EXPECT_GT(m[1], 120);
  EXPECT_LT(m[1], 200);
  EXPECT_EQ(count(p, [](int r, int g, int b) { return r + g + b < 12; }), 0);
  EXPECT_LT(count(p, [](int r, int g, int b) { return r > 252 && g > 252 && b > 252; }), 40);
}

TEST_F(Look, DuskIsBlueWithWarmWindows) {
  stage(-4, 17.5);
  const support::Picture p = draw("dusk", look::overview(kWidth, kHeight));
  const auto m = mean(p);
  EXPECT_GT(m[2], m[0] + 5);
  EXPECT_GT(count(p, [](int r, int, int b) { return r > 150 && r > b + 25; }), 300) << "lit windows and lamps";
}

TEST_F(Look, NightIsDarkAndNeverBlack) {
  stage(-30, 21);
  const support::Picture p = draw("night", look::overview(kWidth, kHeight));
  const auto m = mean(p);
  EXPECT_LT(m[1], 70);
  EXPECT_GT(m[2], 18);
  EXPECT_LT(count(p, [](int r, int g, int b) { return r + g + b < 12; }), 20);
  EXPECT_GT(count(p, [](int r, int, int b) { return r > 130 && r > b + 25; }), 100) << "lit windows and lamps";
}

TEST_F(Look, OfficesGoDarkAndHomesLightUpWithTheHour) {
  stage(-30, 19);
  const int evening = count(draw("evening", look::overview(kWidth, kHeight)), [](int r, int, int b) { return r > 130 && r > b + 25; });
  stage(-30, 3.5);
  const int small = count(draw("small-hours", look::overview(kWidth, kHeight)), [](int r, int, int b) { return r > 130 && r > b + 25; });
  EXPECT_LT(small, evening * 3 / 4);
}

TEST_F(Look, SelectionIsOutlinedInItsColour) {
  stage(35, 13);
  l_.scene.selectedPick = l_.firstHouse + 2;  // the object after the first house
  const auto yellow = [](int r, int g, int b) { return r > 215 && g > 170 && g < 235 && b < 90; };
  const int with = count(draw("selected", look::overview(kWidth, kHeight)), yellow);
  l_.scene.selectedPick = 0;
  const int without = count(draw("unselected", look::overview(kWidth, kHeight)), yellow);
  EXPECT_GT(with, without + 40);
}

TEST_F(Look, RainDarkensTheRoadAndDullsTheSky) {
  stage(25, 14);
  const auto dry = mean(draw("dry", look::street(kWidth, kHeight)));
  stage(25, 14, {1.f, 0.7f, 0.3f, 1.f});
  const auto wet = mean(draw("rain", look::street(kWidth, kHeight), Quality::Medium));
  EXPECT_LT(wet[1], dry[1]);
  EXPECT_LT(std::abs(wet[2] - wet[0]), 30) << "grey light";
}

TEST_F(Look, QualityChangesShadingAndNeverContent) {
  stage(30, 15);
  const scene::View view = look::overview(kWidth, kHeight);
  draw("low", view, Quality::Low);
  const base::Result<std::vector<uint32_t>> low = renderer_->readIds();
  draw("high", view, Quality::High);
  const base::Result<std::vector<uint32_t>> high = renderer_->readIds();
  ASSERT_TRUE(low.ok() && high.ok());
  EXPECT_EQ(*low, *high);
}

}  // namespace

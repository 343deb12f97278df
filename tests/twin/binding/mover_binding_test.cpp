// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/mover_binding.h"

#include <gtest/gtest.h>

namespace {

constexpr int64_t kSecond = base::kNsPerSecond;
constexpr base::UtcNs kStart = 1'795'338'000LL * kSecond;

/// A flat city without anything and one car model.
class MoverBindingTest : public testing::Test {
 protected:
  MoverBindingTest() {
    scene_.instances.addModel({.name = "car_sedan", .moves = true});
    handle_ = {0, 1};
    auto info = std::make_shared<model::EntityInfo>();
    info->id = "car-1";
    info->kind = "car";
    entity_.info = info;
    entity_.moving = true;
  }

  static city::City flatCity() {
    city::CityData data(*core::CityFrame::local(128.69, 35.83));
    return city::City(std::move(data));
  }

  void observe(double x, base::UtcNs at, double speed = 10) {
    entity_.previous = entity_.latest.eventTime ? entity_.latest : model::Pose{.position = {x, 0, 0}, .hasElevation = true, .heading = 1.5708, .speed = speed, .eventTime = at};
    entity_.latest = {.position = {x, 0, 0}, .hasElevation = true, .heading = 1.5708, .speed = speed, .eventTime = at, .received = at};
  }

  binding::BindTime time(double seconds) const {
    return binding::BindTime::at(kStart + static_cast<int64_t>(seconds * 1e9), {}, false);
  }
  float shownX(double seconds) const {
    return scene::positionAt(*scene_.instances.find(movers_.instanceOf(handle_)), time(seconds).sceneMs).x;
  }

  scene::Scene scene_;
  city::City city_ = flatCity();
  core::Catalogue catalogue_ = *core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  binding::Palette palette_ = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  binding::MoverBinding movers_{binding::BindContext{city_, scene_, catalogue_, palette_}};
  model::EntityHandle handle_;
  model::Entity entity_;
};

TEST_F(MoverBindingTest, MovesSmoothlyThroughOneHertzPoses) {
  float before = 0;
  float largestStep = 0;
  for (int second = 0; second < 10; ++second) {
    observe(second * 10.0, kStart + second * kSecond);
    movers_.update(handle_, entity_, time(second));
    for (int frame = 0; frame < 60; ++frame) {
      const float x = shownX(second + frame / 60.0);
      if (second > 2) {
        EXPECT_GE(x, before - 1e-3f);
        largestStep = std::max(largestStep, x - before);
      }
      before = x;
    }
  }
  // 10 m/s at 60 pictures a second is 0.17 m; twice that would be seen as a jerk.
  EXPECT_LT(largestStep, 0.4f);
  EXPECT_GT(before, 70.f);
}

TEST_F(MoverBindingTest, ALateMessageMakesAPauseAndNoJump) {
  for (int second = 0; second < 4; ++second) {
    observe(second * 10.0, kStart + second * kSecond);
    movers_.update(handle_, entity_, time(second));
  }
  const float waiting = shownX(6.5);
  EXPECT_NEAR(waiting, 30, 0.01);  // it never went beyond what was known
  observe(60, kStart + 6 * kSecond);
  movers_.update(handle_, entity_, time(6.6));
  EXPECT_NEAR(shownX(6.6), waiting, 0.01);
  EXPECT_NEAR(shownX(9), 60, 0.01);
}

TEST_F(MoverBindingTest, ASilentVehicleAgesAndLeavesTheMap) {
  observe(0, kStart);
  movers_.update(handle_, entity_, time(0));
  const double period = catalogue_.kind("car").period;
  ASSERT_GT(period, 0);
  const auto quality = [&] { return scene_.instances.find(movers_.instanceOf(handle_))->state >> gpu_types::kStateQualityShift & 3u; };
  EXPECT_EQ(quality(), 0u);
  movers_.update(handle_, entity_, time(3 * period));
  EXPECT_EQ(quality(), 1u);
  movers_.update(handle_, entity_, time(6 * period));
  EXPECT_EQ(quality(), 2u);
  movers_.update(handle_, entity_, time(11 * period));
  EXPECT_TRUE(scene_.instances.find(movers_.instanceOf(handle_))->state & gpu_types::kStateHidden);
}

TEST_F(MoverBindingTest, DepartureTakesTheInstanceAway) {
  observe(0, kStart);
  movers_.update(handle_, entity_, time(0));
  EXPECT_EQ(scene_.instances.size(), 1u);
  movers_.remove(handle_);
  EXPECT_EQ(scene_.instances.size(), 0u);
  EXPECT_FALSE(movers_.instanceOf(handle_));
}

}  // namespace

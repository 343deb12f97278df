// SPDX-License-Identifier: Apache-2.0
#include "twin/app/camera_control.h"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/base/hash.h"

namespace {

double hill(double x, double y) { return 60 + 20 * std::sin(x / 200) * std::cos(y / 150); }

app::CameraControl control() { return {scene::lookAt({0, 0, 60}, 600, 0.3, -0.6, 0.55), hill}; }

TEST(CameraControl, NeverGoesUnderTheGroundWhateverTheHandsDo) {
  app::CameraControl camera = control();
  base::Random random(3);
  for (int i = 0; i < 3000; ++i) {
    app::CameraInput input;
    input.cursorNdc = {random.uniform(-1, 1), random.uniform(-1, 1)};
    input.cursorMove = {random.uniform(-80, 80), random.uniform(-80, 80)};
    const double what = random.uniform();
    input.pan = what < 0.2;
    input.orbit = what >= 0.2 && what < 0.4;
    input.tilt = what >= 0.4 && what < 0.5;
    input.zoom = what >= 0.5 && what < 0.7 ? random.uniform(-6, 6) : 0;
    if (what >= 0.7) input.fly = {random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)};
    input.flySpeed = 10;
    camera.update(input, 0.05);
    const scene::Camera& c = camera.camera();
    ASSERT_TRUE(std::isfinite(c.position.x) && std::isfinite(c.position.y) && std::isfinite(c.position.z)) << i;
    ASSERT_GE(c.position.z, hill(c.position.x, c.position.y) + 1.7) << i;
    ASSERT_LE(c.pitch, 0.36);
    ASSERT_GE(c.pitch, -1.56);
  }
}

TEST(CameraControl, PanKeepsTheGrabbedGroundUnderTheCursor) {
  app::CameraControl camera(scene::lookAt({0, 0, 0}, 600, 0.3, -0.6, 0.55), [](double, double) { return 0.0; });
  app::CameraInput input;
  input.pan = true;
  input.cursorNdc = {0.2, 0.3};
  const auto before = camera.groundUnder(input.cursorNdc, input.aspect);
  ASSERT_TRUE(before.has_value());
  camera.update(input, 0.016);
  input.cursorNdc = {-0.1, 0.1};
  camera.update(input, 0.016);
  const auto after = camera.groundUnder(input.cursorNdc, input.aspect);
  ASSERT_TRUE(after.has_value());
  EXPECT_NEAR(after->x, before->x, 0.5);
  EXPECT_NEAR(after->y, before->y, 0.5);
}

TEST(CameraControl, ZoomGoesTowardsTheCursor) {
  app::CameraControl camera(scene::lookAt({0, 0, 0}, 600, 0, -0.6, 0.55), [](double, double) { return 0.0; });
  app::CameraInput input;
  input.cursorNdc = {0.5, 0.2};
  const auto target = camera.groundUnder(input.cursorNdc, input.aspect);
  ASSERT_TRUE(target.has_value());
  const double far = glm::distance(camera.camera().position, *target);
  input.zoom = 3;
  camera.update(input, 0.016);
  EXPECT_NEAR(glm::distance(camera.camera().position, *target), far * std::pow(0.85, 3), 1);
  const auto still = camera.groundUnder(input.cursorNdc, input.aspect);
  ASSERT_TRUE(still.has_value());
  EXPECT_NEAR(glm::distance(*still, *target), 0, 1.0);
}

TEST(CameraControl, FlightsArriveAndAreEndedByHand) {
  app::CameraControl camera = control();
  const scene::Camera goal = scene::lookAt({300, -200, 70}, 250, 2.0, -0.5, 0.5);
  camera.flyTo(goal);
  for (int i = 0; i < 70; ++i) camera.update({}, 1.0 / 60);
  EXPECT_FALSE(camera.moving());
  EXPECT_NEAR(glm::distance(camera.camera().position, goal.position), 0, 1e-6);

  camera.flyTo(scene::lookAt({-900, 0, 70}, 250, 0, -0.5, 0.5));
  app::CameraInput zoom;
  zoom.zoom = 1;
  camera.update(zoom, 1.0 / 60);
  EXPECT_FALSE(camera.moving());
}

TEST(CameraControl, FollowingKeepsTheDistanceToAMovingThing) {
  app::CameraControl camera(scene::lookAt({0, 0, 62}, 80, 0, -0.4, 0.55), [](double, double) { return 60.0; });
  camera.follow({0, 0, 62}, 0.016);
  const double before = glm::distance(camera.camera().position, glm::dvec3(0, 0, 62));
  glm::dvec3 thing(0, 0, 62);
  for (int i = 0; i < 200; ++i) {
    thing += glm::dvec3(0.1, 0.2, 0);
    camera.follow(thing, 0.016);
  }
  EXPECT_TRUE(camera.following());
  EXPECT_NEAR(glm::distance(camera.camera().position, thing), before, 0.5);
  EXPECT_GT(glm::dot(camera.camera().forward(), glm::normalize(thing - camera.camera().position)), 0.999);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/ghost_binding.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

constexpr uint32_t kNow = 40'000;

TEST(GhostBinding, DrivesThroughItsSecondAndLeavesWithTheForecast) {
  scene::Scene scene;
  for (const char* name : {"car_sedan", "car_suv", "car_hatch"}) scene.instances.addModel({.name = name, .moves = true});
  const city::City city{city::CityData(*core::CityFrame::local(128.69, 35.83))};
  const core::Catalogue catalogue = *core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  const binding::Palette palette = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  binding::GhostBinding ghosts{binding::BindContext{city, scene, catalogue, palette}};

  std::vector<binding::Ghost> expected{
      {.id = "car-1", .kind = "car", .from = {10, 0, 3}, .to = {20, 0, 3}, .hasElevation = true},
      {.id = "car-2~", .kind = "car", .from = {0, 5, 0}, .to = {0, 9, 0}},
      {.id = "tram-9", .kind = "no_such_kind", .from = {}, .to = {}},
  };
  ghosts.show(expected, kNow);
  EXPECT_EQ(scene.instances.size(), 2u) << "of an unknown kind nothing can be drawn";
  scene.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) {
    EXPECT_TRUE(row.gpu.state & gpu_types::kStateGhost);
    const glm::vec3 half = scene::positionAt(row.gpu, kNow + 500);
    EXPECT_TRUE(glm::distance(half, glm::vec3(15, 0, 3)) < 0.01f || glm::distance(half, glm::vec3(0, 7, 0)) < 0.01f);
  });

  expected.erase(expected.begin());
  ghosts.show(expected, kNow + 1000);
  EXPECT_EQ(scene.instances.size(), 1u) << "car-1 has left";
  ghosts.show({}, kNow + 2000);
  EXPECT_EQ(scene.instances.size(), 0u);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/picking.h"

#include <filesystem>

#include "tests/twin/city/city_test_support.h"

namespace {

const std::filesystem::path kTiny = ALPHACITY_SOURCE_DIR "/tests/twin/city/data/tiny";

struct Town {
  scene::Scene scene;
  std::unique_ptr<city::City> city;
  std::unique_ptr<city::RayCaster> caster;
  Town() {
    city_test::addModels(scene);
    city = std::make_unique<city::City>(city::buildCity(city::readCity(kTiny).value(), scene).value());
    caster = std::make_unique<city::RayCaster>(scene);
  }
  std::string ownerOf(const std::optional<city::RayHit>& hit) const {
    if (!hit) return "nothing";
    if (hit->pick == 0) return "ground";
    if (hit->pick & gpu_types::kPickInstance)
      return city->instanceOwner.at(hit->pick & ~gpu_types::kPickInstance);
    return city->objectOwner.at(hit->pick - 1);
  }
};

TEST(RayCaster, FindsWhatStandsUnderTheCursor) {
  const Town town;
  const auto down = [&](double x, double y) { return town.caster->cast({x, y, 300}, {0, 0, -1}, 0); };
  EXPECT_EQ(town.ownerOf(down(60, 55)), "bd1");
  EXPECT_NE(town.ownerOf(down(-90, 60)), "bd3") << "the courtyard is open";
  EXPECT_EQ(town.ownerOf(down(-110, 60)), "bd3");
  EXPECT_EQ(town.ownerOf(down(150, 2)), "r2");
  EXPECT_EQ(town.ownerOf(down(100, 103)), "r5") << "the bridge hides the ground below";
  EXPECT_EQ(town.ownerOf(down(-350, 240)), "ground");
}

TEST(RayCaster, WallsStopARay) {
  const Town town;
  const double ground = town.city->data.terrain.at(60, 0);
  const auto hit = town.caster->cast({60, -5, ground + 10}, {0, 1, 0}, 0);
  ASSERT_TRUE(hit);
  EXPECT_EQ(town.ownerOf(hit), "bd1");
  EXPECT_NEAR(hit->point.y, 40, 0.5);
  EXPECT_NEAR(hit->distance, 45, 0.6);
}

TEST(RayCaster, InstancesAreHitAndHiddenThingsAreNot) {
  Town town;
  const scene::InstanceId tree = town.city->parts.at("tree7").instances[0];
  const glm::dvec3 foot(town.scene.instances.find(tree)->position0);
  const auto look = [&] { return town.caster->cast(foot + glm::dvec3(0, 0, 50), {0, 0, -1}, 0); };
  EXPECT_EQ(town.ownerOf(look()), "tree7");
  town.scene.instances.setState(tree, gpu_types::kStateHidden, 0);
  EXPECT_NE(town.ownerOf(look()), "tree7");
  const uint32_t object = town.city->parts.at("bd1").object;
  town.scene.statics.setObject(object, {gpu_types::kStateHidden, 0});
  EXPECT_NE(town.ownerOf(town.caster->cast({60, 55, 300}, {0, 0, -1}, 0)), "bd1");
}

TEST(RayCaster, MissesAreNothing) {
  const Town town;
  EXPECT_FALSE(town.caster->cast({0, 0, 300}, {0, 0, 1}, 0));
  EXPECT_FALSE(town.caster->cast({0, 0, 300}, {0, 0, 0}, 0));
}

TEST(HitGround, AgreesWithTheHeightField) {
  const Town town;
  const city::HeightField& terrain = town.city->data.terrain;
  for (int i = 0; i < 50; ++i) {
    const glm::dvec3 target(-250 + 10 * i, -150 + 6 * i, 0);
    const glm::dvec3 point(target.x, target.y, terrain.at(target.x, target.y));
    const glm::dvec3 eye(100, -400, 400);
    const auto hit = city::hitGround(terrain, eye, point - eye);
    ASSERT_TRUE(hit);
    EXPECT_LT(glm::distance(*hit, point), 0.05);
  }
  EXPECT_FALSE(city::hitGround(terrain, {0, 0, 500}, {0.1, 0, 1}));
  EXPECT_NEAR(city::hitGround(city::HeightField(), {0, 0, 10}, {1, 0, -1})->x, 10, 1e-6);
}

}  // namespace

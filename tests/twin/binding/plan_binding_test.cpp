// SPDX-License-Identifier: Apache-2.0
#include "twin/binding/plan_binding.h"

#include <gtest/gtest.h>

#include "twin/binding/binding.h"

namespace {

/// A flat city with one building, drawn as object 0.
class PlanBindingTest : public testing::Test {
 protected:
  PlanBindingTest() {
    const uint32_t object = scene_.statics.addObject();
    city_.objectOwner.push_back("b-1");
    city_.parts["b-1"] = {.object = object, .anchor = {0, 0, 20}};
  }

  void apply(const plan::LayerStack& stack) { plan_.apply(resolver_.resolve(mirror_, {}, stack)); }
  bool hidden() const { return scene_.statics.object(0).state & gpu_types::kStateHidden; }

  scene::Scene scene_;
  city::City city_{city::CityData(*core::CityFrame::local(128.69, 35.83))};
  core::Catalogue catalogue_ = *core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles");
  binding::Palette palette_ = *binding::Palette::load(ALPHACITY_SOURCE_DIR "/assets/styles/palette.toml");
  model::Mirror mirror_;
  plan::Resolver resolver_;
  binding::PlanBinding plan_{binding::BindContext{city_, scene_, catalogue_, palette_}};
};

TEST_F(PlanBindingTest, EmptyPlanTouchesNothing) {
  const uint64_t before = scene_.statics.revision();
  apply({});
  EXPECT_FALSE(hidden());
  EXPECT_EQ(scene_.statics.revision(), before);
}

TEST_F(PlanBindingTest, HidesABuildingAndBringsItBack) {
  plan::LayerStack stack;
  const size_t layer = stack.addLayer("A");
  stack.addEdit(layer, plan::HideEntity{"b-1"});
  apply(stack);
  EXPECT_TRUE(hidden());
  stack.setEnabled(layer, false);
  apply(stack);
  EXPECT_FALSE(hidden());
  stack.undo();
  apply(stack);
  EXPECT_TRUE(hidden());
}

TEST_F(PlanBindingTest, AProposalStandsAsAClosedBoxOfItsOwn) {
  plan::LayerStack stack;
  const size_t layer = stack.addLayer("A");
  stack.addEdit(layer, plan::AddBox{.id = "plan-1", .centre = {100, 50}, .size = {30, 20}, .height = 42, .heading = 0.4});
  apply(stack);
  ASSERT_EQ(scene_.statics.batches().size(), 1u);
  EXPECT_EQ(plan_.ownerOf(1), "plan-1");
  scene_.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& batch) {
    EXPECT_EQ(batch.layer, scene::StaticLayer::Transparent);
    const scene::Mesh& mesh = *scene_.meshes.find(batch.mesh);
    EXPECT_NEAR(mesh.bounds.high.z, 42, 1e-3);
    EXPECT_LT(mesh.bounds.low.z, 0);
    // Outward faces make a positive volume; the floor, one metre below the ground, is open.
    double volume = 0;
    for (size_t i = 0; i < mesh.indices.size(); i += 3) {
      const glm::dvec3 a(mesh.vertices[mesh.indices[i]].position), b(mesh.vertices[mesh.indices[i + 1]].position),
          c(mesh.vertices[mesh.indices[i + 2]].position);
      volume += glm::dot(a - glm::dvec3(100, 50, 0), glm::cross(b - glm::dvec3(100, 50, 0), c - glm::dvec3(100, 50, 0))) / 6;
    }
    // Seen from z = 0 the four walls (43 m high) carry two thirds of their prism, the roof a third of its own.
    EXPECT_NEAR(volume, 30 * 20 * (2 * 43 + 42) / 3.0, 1);
  });
  stack.undo();
  apply(stack);
  EXPECT_EQ(scene_.statics.batches().size(), 0u);
  EXPECT_EQ(plan_.ownerOf(1), "");
}

TEST_F(PlanBindingTest, AChangedProposalIsBuiltAnewInTheSameRow) {
  plan::LayerStack stack;
  const size_t layer = stack.addLayer("A");
  plan::AddBox box{.id = "plan-1", .height = 20};
  stack.addEdit(layer, box);
  apply(stack);
  box.height = 35;
  stack.addEdit(layer, box);
  apply(stack);
  EXPECT_EQ(scene_.statics.batches().size(), 1u);
  EXPECT_EQ(scene_.statics.objectCount(), 2u);
}

}  // namespace

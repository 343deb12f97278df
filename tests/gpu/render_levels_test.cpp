// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "tests/gpu/picture_test.h"

namespace {

TEST_F(Render, LeavesOutSmallThingsAndTakesCoarseLevelsFarAway) {
  scene::Mesh coarse;
  small::addBox(coarse, {-2, -1, 0}, {2, 1, 1.5f}, math::packHex(0xFFFFFF), 0, gpu_types::kNoObject);
  const scene::MeshId far = s_.scene.meshes.add(std::move(coarse));
  const scene::ModelId model = s_.scene.instances.addModel({"levels", {{s_.box, 40.f}, {far, 4.f}}, 2.8f, 1.5f, false, false});
  const scene::InstanceId id = s_.scene.instances.add(model, scene::standing({0, -40, 0}, 0, 1.f, 1.f, 0, 0));
  const uint32_t pick = s_.scene.instances.find(id)->pick;
  const auto drawnFrom = [&](double distance) {
    views_[0].camera = scene::lookAt({0, -40, 1}, distance, 0.2, -0.6, 0.6);
    draw();
    return countOf(ids(), pick);
  };
  EXPECT_GT(drawnFrom(30), 0u);
  EXPECT_GT(drawnFrom(400), 0u);
  EXPECT_EQ(drawnFrom(900), 0u) << "below four pixels of height at 1080 lines";
}

TEST_F(Render, KeepsMarksAtALeastSize) {
  scene::Model mark{"mark", {{s_.box, 14.f}}, 2.8f, 1.5f, false, false};
  mark.alwaysVisible = true;
  const scene::ModelId model = s_.scene.instances.addModel(mark);
  const scene::InstanceId id = s_.scene.instances.add(model, scene::standing({0, -40, 0}, 0, 1.f, 1.f, 0, 0));
  const uint32_t pick = s_.scene.instances.find(id)->pick;
  const auto drawnFrom = [&](double distance) {
    views_[0].camera = scene::lookAt({0, -40, 1}, distance, 0.2, -0.6, 0.6);
    draw();
    return countOf(ids(), pick);
  };
  const size_t near = drawnFrom(40);
  const size_t far = drawnFrom(800);
  EXPECT_GT(near, far * 4);
  EXPECT_GT(far, 4u);
  EXPECT_NEAR(static_cast<double>(drawnFrom(3000)), static_cast<double>(far), 6) << "the same at any distance";
}

/// A crown of a few facets on a trunk, as the coarsest level of a tree is.
scene::Mesh crown() {
  using namespace gpu_types;
  scene::Mesh mesh;
  small::addBox(mesh, {-0.5f, -0.5f, 0.3f}, {0.5f, 0.5f, 1.f}, math::packHex(0x7F8E69, 200), packSurface(kSurfaceFoliage, 1), kNoObject);
  small::addBox(mesh, {-0.1f, -0.1f, 0.f}, {0.1f, 0.1f, 0.3f}, math::packHex(0x6B5B4A), packSurface(kSurfacePlain), kNoObject);
  return mesh;
}

TEST_F(Render, MergesDistantTreesWithoutAChange) {
  for (const Quality quality : {Quality::Low, Quality::Medium}) {
    std::array<support::Picture, 2> pictures;
    std::array<std::vector<uint32_t>, 2> picks;
    std::array<uint32_t, 2> draws{};
    for (size_t merged = 0; merged < 2; ++merged) {
      remakeRenderer();
      s_ = small::makeSmallScene();
      s_.scene.environment.autumn = 1;
      const scene::MeshId mesh = s_.scene.meshes.add(crown());
      // What is always visible is a mark, and marks are never merged.
      const scene::ModelId tree = s_.scene.instances.addModel({.name = "tree", .levels = {{mesh, 0.f}}, .alwaysVisible = merged == 0});
      scene::InstanceId last;
      for (int i = 0; i < 60; ++i) {
        const glm::vec3 at(-150.f + 30.f * static_cast<float>(i % 10), -120.f + 25.f * static_cast<float>(i / 10), 0.f);
        last = s_.scene.instances.add(tree, scene::standing(at, 0.4f * static_cast<float>(i), 7.f, 11.f, 0x00ffffff, static_cast<uint32_t>(977 * i)));
      }
      s_.scene.selectedPick = s_.scene.instances.find(last)->pick;
      s_.scene.instances.setState(last, gpu_types::kStateSelected, 0x00ffffff);
      draws[merged] = draw(quality).draws;
      pictures[merged] = picture("merged-" + std::to_string(merged));
      picks[merged] = ids();
    }
    EXPECT_NE(draws[0], 0u);
    // Rounding of a normal or a position may move a pixel at an edge.
    int idsApart = 0;
    for (size_t i = 0; i < picks[0].size(); ++i) idsApart += picks[0][i] != picks[1][i];
    EXPECT_LT(idsApart, 30) << "at quality " << static_cast<int>(quality);
    int apart = 0;
    for (size_t i = 0; i < pictures[0].rgba.size(); ++i) apart += std::abs(pictures[0].rgba[i] - pictures[1].rgba[i]) > 6;
    EXPECT_LT(apart, 300) << "at quality " << static_cast<int>(quality);
    EXPECT_GT(countOf(picks[1], s_.scene.selectedPick), 5u);
  }
}

TEST_F(Render, WarmsUpOtherHoursWithoutAChange) {
  draw();
  const support::Picture before = picture();
  wait_ = false;
  for (int i = 0; i < 40; ++i) draw();
  wait_ = true;
  draw();
  EXPECT_EQ(before.rgba, picture().rgba);
}

}  // namespace

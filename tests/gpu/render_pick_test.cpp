// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "engine/base/hash.h"
#include "engine/math/projection.h"
#include "engine/render/frame_data.h"
#include "engine/render/outline_rect.h"
#include "tests/gpu/picture_test.h"

namespace {

/// The nearest triangle along a ray, by Moller and Trumbore (1997); the pick id of its owner.
struct Hit {
  double distance = std::numeric_limits<double>::max();
  uint32_t id = 0;
};

void intersect(const scene::Mesh& mesh, const glm::dmat4& toWorld, uint32_t instanceId, const glm::dvec3& from,
               const glm::dvec3& along, Hit& best) {
  for (size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    glm::dvec3 p[3];
    for (size_t k = 0; k < 3; ++k)
      p[k] = glm::dvec3(toWorld * glm::dvec4(glm::dvec3(mesh.vertices[mesh.indices[i + k]].position), 1.0));
    const glm::dvec3 e1 = p[1] - p[0], e2 = p[2] - p[0], h = glm::cross(along, e2);
    const double det = glm::dot(e1, h);
    if (det < 1e-12) continue;  // back faces are culled
    const glm::dvec3 s = from - p[0], q = glm::cross(s, e1);
    const double u = glm::dot(s, h) / det, v = glm::dot(along, q) / det, t = glm::dot(e2, q) / det;
    if (u < 0 || v < 0 || u + v > 1 || t <= 0 || t >= best.distance) continue;
    best = {t, instanceId != 0 ? instanceId : mesh.vertices[mesh.indices[i]].object + 1};
  }
}

Hit castRay(const scene::Scene& scene, const scene::Camera& camera, glm::dvec2 ndc, double aspect, uint32_t timeMs) {
  const glm::dvec3 along = camera.rayThrough(ndc, aspect);
  Hit best;
  scene.statics.batches().forEach([&](scene::StaticId, const scene::StaticBatch& b) {
    intersect(*scene.meshes.find(b.mesh), glm::dmat4(1), 0, camera.position, along, best);
  });
  scene.instances.rows().forEach([&](scene::InstanceId, const scene::InstanceRow& row) {
    const glm::dvec2 scale(glm::unpackHalf2x16(row.gpu.scale));
    glm::dmat4 m = glm::translate(glm::dmat4(1), glm::dvec3(scene::positionAt(row.gpu, timeMs)));
    m = glm::rotate(m, static_cast<double>(scene::yawAt(row.gpu, timeMs)), glm::dvec3(0, 0, 1));
    m = glm::scale(m, glm::dvec3(scale.x, scale.x, scale.y));
    const scene::Model& model = *scene.instances.model(row.model);
    intersect(*scene.meshes.find(model.levels[0].mesh), m, row.gpu.pick, camera.position, along, best);
  });
  return best;
}

TEST_F(Render, PicksWhatARayHits) {
  base::Random random(11);
  const double aspect = static_cast<double>(kWidth) / kHeight;
  int compared = 0, instances = 0, towers = 0;
  while (compared < 200) {
    const auto x = static_cast<int32_t>(random.uniform() * kWidth);
    // Every other one in the band where the boxes stand.
    const auto y = static_cast<int32_t>(compared % 2 ? random.uniform() * kHeight : random.uniform(140, 210));
    const auto hitAt = [&](double dx, double dy) {
      const glm::dvec2 ndc((x + 0.5 + dx) / kWidth * 2 - 1, (y + 0.5 + dy) / kHeight * 2 - 1);
      return castRay(s_.scene, views_[0].camera, ndc, aspect, timeMs_);
    };
    const Hit hit = hitAt(0, 0);
    // On an edge the rasteriser and the ray may take different sides.
    const double e = 0.02;
    if (hitAt(e, e).id != hit.id || hitAt(-e, -e).id != hit.id || hitAt(e, -e).id != hit.id || hitAt(-e, e).id != hit.id) continue;
    pick_ = {x, y};
    const render::FrameReport report = draw();
    ASSERT_TRUE(report.pick.has_value());
    EXPECT_EQ(report.pick->id, hit.id) << x << ", " << y;
    EXPECT_EQ(report.pick->hit, hit.id != 0);
    if (hit.id != 0) {
      EXPECT_NEAR(glm::length(report.pick->position - views_[0].camera.position), hit.distance, hit.distance * 0.002);
    }
    ++compared;
    instances += (hit.id & gpu_types::kPickInstance) != 0;
    towers += hit.id > 1 && (hit.id & gpu_types::kPickInstance) == 0;
  }
  EXPECT_GT(instances, 2);
  EXPECT_GT(towers, 4);
}

TEST_F(Render, OutlinesAreSearchedForOnlyAroundTheirThing) {
  draw();
  const std::vector<uint32_t> shown = ids();
  const VkRect2D all{{0, 0}, {kWidth, kHeight}};
  const glm::mat4 viewProjection = render::matricesOf(views_[0]).viewProjection;
  std::vector<uint32_t> picks;
  for (const uint32_t object : s_.towerObjects) picks.push_back(object + 1);
  for (const scene::InstanceId id : s_.posts) picks.push_back(s_.scene.instances.find(id)->pick);
  picks.push_back(s_.scene.instances.find(s_.mover)->pick);
  for (const uint32_t pick : picks) {
    const VkRect2D rect = render::outlineRect(pick, s_.scene, viewProjection, all, timeMs_);
    EXPECT_LT(rect.extent.width * rect.extent.height, kWidth * kHeight / 3) << pick;
    int outside = 0;
    for (uint32_t i = 0; i < shown.size(); ++i) {
      if (shown[i] != pick) continue;
      const auto x = static_cast<int32_t>(i % kWidth) - rect.offset.x, y = static_cast<int32_t>(i / kWidth) - rect.offset.y;
      outside += x < 0 || y < 0 || x >= static_cast<int32_t>(rect.extent.width) || y >= static_cast<int32_t>(rect.extent.height);
    }
    EXPECT_EQ(outside, 0) << pick;
  }
  // Nothing is known of an id that nobody has, and the camera stands within the ground's box: all is searched.
  EXPECT_EQ(render::outlineRect(4711, s_.scene, viewProjection, all, timeMs_).extent.width, kWidth);
  EXPECT_EQ(render::outlineRect(1, s_.scene, viewProjection, all, timeMs_).extent.width, kWidth);
}

TEST_F(Render, PicksOutsideEveryViewAsNothing) {
  pick_ = {-5, 3};
  EXPECT_FALSE(draw().pick.has_value());
  pick_ = {static_cast<int32_t>(kWidth), 3};
  EXPECT_FALSE(draw().pick.has_value());
}

TEST_F(Render, HidesWhatIsHidden) {
  draw();
  const std::vector<uint32_t> before = ids();
  const uint32_t tower = s_.towerObjects[2] + 1;
  const uint32_t post = s_.scene.instances.find(s_.posts[4])->pick;
  ASSERT_GT(countOf(before, tower), 100u);
  ASSERT_GT(countOf(before, post), 20u);
  s_.scene.statics.setObject(s_.towerObjects[2], {gpu_types::kStateHidden, 0});
  s_.scene.instances.setState(s_.posts[4], gpu_types::kStateHidden, 0);
  const render::FrameReport report = draw();
  const std::vector<uint32_t> after = ids();
  EXPECT_EQ(countOf(after, tower), 0u);
  EXPECT_EQ(countOf(after, post), 0u);
  EXPECT_EQ(report.shadowMapsDrawn, 2u) << "their shadows go too";
  s_.scene.statics.setObject(s_.towerObjects[2], {});
  s_.scene.instances.setState(s_.posts[4], 0, math::packHex(0x2D6BD2, 0));
  draw();
  EXPECT_EQ(ids(), before);
}

TEST_F(Render, FollowsWhatIsAddedAndRemoved) {
  draw();
  const std::vector<uint32_t> before = ids();
  s_.scene.instances.remove(s_.posts[0]);
  s_.scene.instances.remove(s_.mover);
  scene::Mesh more;
  const uint32_t object = s_.scene.statics.addObject();
  small::addBox(more, {-20, -60, 0}, {20, -50, 12}, math::packHex(0xCFC8BC), 0, object);
  const scene::MeshId mesh = s_.scene.meshes.add(std::move(more));
  const scene::StaticId batch = s_.scene.statics.add({mesh, scene::StaticLayer::Solid, true, 0});
  draw();
  std::vector<uint32_t> now = ids();
  EXPECT_EQ(countOf(now, gpu_types::kPickInstance), 0u) << "the first post";
  EXPECT_EQ(countOf(now, 8u | gpu_types::kPickInstance), 0u) << "the mover";
  EXPECT_GT(countOf(now, object + 1), 500u);
  s_.scene.statics.remove(batch);
  s_.scene.meshes.remove(mesh);
  // Into the freed slots: the ids are those of the slots.
  s_.scene.instances.add(s_.post, scene::standing({-70, -30, 0}, 0, 2.f, 3.f, math::packHex(0x2D6BD2, 0), 7));
  draw();
  now = ids();
  EXPECT_EQ(countOf(now, object + 1), 0u);
  EXPECT_GT(countOf(now, 8u | gpu_types::kPickInstance), 10u);
}

TEST_F(Render, BlendsPosesToTheShownTime) {
  const uint32_t id = s_.scene.instances.find(s_.mover)->pick;
  const auto middleOf = [&] {
    const std::vector<uint32_t> all = ids();
    double x = 0;
    size_t n = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i] != id) continue;
      x += static_cast<double>(i % kWidth);
      ++n;
    }
    EXPECT_GT(n, 10u);
    return x / static_cast<double>(n);
  };
  const auto expectedAt = [&](double worldX) {
    const glm::dvec4 clip = glm::dmat4(math::perspectiveReverseZ(0.6f, 480.f / 270.f, 0.5f)) *
                            glm::dmat4(views_[0].camera.viewMatrix()) * glm::dvec4(worldX, -8, 1.5, 1);
    return (clip.x / clip.w * 0.5 + 0.5) * kWidth;
  };
  const std::pair<uint32_t, double> moments[] = {{0, -40}, {1000, -40}, {1500, -20}, {2000, 0}, {2750, 30}, {3000, 40}, {9000, 40}};
  for (const auto& [time, worldX] : moments) {
    timeMs_ = time;
    EXPECT_EQ(draw().uploadedBytes == 0, time != 0) << "poses are blended on the device: nothing is uploaded";
    EXPECT_NEAR(middleOf(), expectedAt(worldX), 1.5) << time;
  }
}

}  // namespace

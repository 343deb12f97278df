// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "engine/base/hash.h"
#include "engine/math/projection.h"
#include "engine/render/renderer.h"
#include "tests/gpu/small_scene.h"
#include "tests/support/gpu_fixture.h"
#include "tests/support/png.h"

namespace {

using render::Quality;

class Render : public support::GpuTest {
 protected:
  static constexpr uint32_t kWidth = 480;
  static constexpr uint32_t kHeight = 270;

  void SetUp() override {
    support::GpuTest::SetUp();
    if (IsSkipped()) return;
    base::Result<std::unique_ptr<render::Renderer>> made = render::Renderer::create(device(), {});
    ASSERT_TRUE(made.ok()) << made.error();
    renderer_ = std::move(*made);
    resizeTarget(kWidth, kHeight);
    s_ = small::makeSmallScene();
    views_ = {small::overview(kWidth, kHeight)};
  }

  void TearDown() override {
    renderer_.reset();
    offscreen_ = {};
    support::GpuTest::TearDown();
  }

  void resizeTarget(uint32_t width, uint32_t height) {
    base::Result<gpu::Offscreen> made = gpu::Offscreen::create(device(), {width, height});
    ASSERT_TRUE(made.ok()) << made.error();
    offscreen_ = std::move(*made);
  }

  render::FrameReport draw(Quality quality = Quality::Low) {
    render::FrameInput in{s_.scene, views_, {}, timeMs_, offscreen_.target(), quality, pick_};
    in.wait = true;
    in.constantShading = constant_;
    in.renderScale = scale_;
    render::FrameReport report = renderer_->render(in);
    EXPECT_TRUE(report.drawn) << report.error;
    return report;
  }

  support::Picture picture(const char* name = nullptr) {
    base::Result<std::vector<uint8_t>> pixels = offscreen_.read();
    EXPECT_TRUE(pixels.ok());
    support::Picture p{offscreen_.extent().width, offscreen_.extent().height, std::move(*pixels)};
    if (name != nullptr && std::getenv("KEEP_PICTURES") != nullptr)
      support::writePng(std::string(ALPHACITY_BINARY_DIR) + "/" + name + ".png", p);
    return p;
  }

  std::vector<uint32_t> ids() {
    base::Result<std::vector<uint32_t>> ids = renderer_->readIds();
    EXPECT_TRUE(ids.ok());
    return *ids;
  }

  std::unique_ptr<render::Renderer> renderer_;
  gpu::Offscreen offscreen_;
  small::SmallScene s_;
  std::vector<scene::View> views_;
  uint32_t timeMs_ = 2000;
  std::optional<render::PixelPosition> pick_;
  bool constant_ = false;
  float scale_ = 0;
};

TEST_F(Render, DrawsAtEveryQuality) {
  const char* names[] = {"small-low", "small-medium", "small-high"};
  for (const Quality q : {Quality::Low, Quality::Medium, Quality::High}) {
    const render::FrameReport report = draw(q);
    EXPECT_EQ(report.visibleInstances, 9u);
    EXPECT_GT(report.triangles, 60u);
    const support::Picture p = picture(names[static_cast<size_t>(q)]);
    // Grass at the lower edge is greener than it is blue; sky or haze above is not.
    const uint8_t* low = p.at(kWidth / 2, kHeight - 8);
    EXPECT_GT(low[1], low[2] + 10);
    for (const gpu::PassTime& t : report.passes) RecordProperty(t.name, std::to_string(t.ms));
  }
}


TEST_F(Render, IsTheSameTwice) {
  for (const Quality q : {Quality::Low, Quality::High}) {
    draw(q);
    const support::Picture first = picture();
    draw(q);
    EXPECT_EQ(picture().rgba, first.rgba) << "within one renderer";
    renderer_.reset();
    base::Result<std::unique_ptr<render::Renderer>> made = render::Renderer::create(device(), {});
    ASSERT_TRUE(made.ok());
    renderer_ = std::move(*made);
    s_ = small::makeSmallScene();
    draw(q);
    EXPECT_EQ(picture().rgba, first.rgba) << "with everything made anew";
  }
}

TEST_F(Render, ShadesDifferentlyButShowsTheSameAtEveryQuality) {
  draw(Quality::Low);
  const std::vector<uint32_t> low = ids();
  const support::Picture lowPicture = picture();
  draw(Quality::Medium);
  EXPECT_EQ(ids(), low);
  draw(Quality::High);
  EXPECT_EQ(ids(), low);
  EXPECT_NE(picture().rgba, lowPicture.rgba);
}

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

TEST_F(Render, PicksOutsideEveryViewAsNothing) {
  pick_ = {-5, 3};
  EXPECT_FALSE(draw().pick.has_value());
  pick_ = {static_cast<int32_t>(kWidth), 3};
  EXPECT_FALSE(draw().pick.has_value());
}

size_t countOf(const std::vector<uint32_t>& ids, uint32_t id) {
  return static_cast<size_t>(std::count(ids.begin(), ids.end(), id));
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

TEST_F(Render, DrawsTwoViewsIntoOneTarget) {
  const scene::View whole = small::overview(kWidth / 2, kHeight);
  views_ = {whole, whole};
  views_[1].x = kWidth / 2;
  const render::FrameReport report = draw();
  EXPECT_EQ(report.visibleInstances % 2, 0u);
  EXPECT_GE(report.visibleInstances, 12u);
  const support::Picture p = picture("small-two-views");
  const std::vector<uint32_t> all = ids();
  size_t different = 0;
  for (uint32_t y = 0; y < kHeight; y += 3) {
    for (uint32_t x = 4; x < kWidth / 2 - 4; x += 3) {
      ASSERT_EQ(all[y * kWidth + x], all[y * kWidth + x + kWidth / 2]);
      for (int k = 0; k < 3; ++k) different += std::abs(p.at(x, y)[k] - p.at(x + kWidth / 2, y)[k]) > 3;
    }
  }
  EXPECT_LT(different, 60u) << "only at the edges of shadows, by rounding";
  pick_ = {static_cast<int32_t>(kWidth / 2 + 100), 60};
  EXPECT_EQ(draw().pick->id, all[60 * kWidth + 100]);
}

TEST_F(Render, TilesOfAWallFitTogether) {
  draw();
  const std::vector<uint32_t> whole = ids();
  const uint32_t half = kWidth / 2;
  views_ = {small::overview(half, kHeight), small::overview(half, kHeight)};
  views_[0].tile = {0, 0, 0.5f, 1};
  views_[1].tile = {0.5f, 0, 1, 1};
  views_[1].x = static_cast<int32_t>(half);
  draw();
  const std::vector<uint32_t> tiled = ids();
  size_t different = 0;
  for (size_t i = 0; i < whole.size(); ++i) different += whole[i] != tiled[i];
  EXPECT_LT(different, whole.size() / 500) << "only at edges, by rounding";
}

TEST_F(Render, FollowsTheSizeOfTheTarget) {
  const std::pair<uint32_t, uint32_t> sizes[] = {{320, 180}, {641, 359}, {1, 1}, {3, 200}, {480, 270}};
  for (const auto& [width, height] : sizes) {
    resizeTarget(width, height);
    views_ = {small::overview(width, height)};
    for (const Quality q : {Quality::Low, Quality::High}) {
      draw(q);
      EXPECT_EQ(renderer_->internalSize().width, width);
      EXPECT_EQ(ids().size(), size_t{width} * height);
    }
  }
  draw();
  const support::Picture after = picture();
  resizeTarget(kWidth, kHeight);
  draw();
  EXPECT_EQ(picture().rgba, after.rgba);
}

double lightness(const support::Picture& p, uint32_t x, uint32_t y) {
  double sum = 0;
  for (uint32_t dy = 0; dy < 3; ++dy)
    for (uint32_t dx = 0; dx < 3; ++dx)
      for (int c = 0; c < 3; ++c) sum += p.at(x + dx - 1, y + dy - 1)[c];
  return sum / 27.0;
}

TEST_F(Render, LampsLightTheGroundAtNight) {
  const glm::dvec4 clip = glm::dmat4(math::perspectiveReverseZ(0.6f, 480.f / 270.f, 0.5f)) *
                          glm::dmat4(views_[0].camera.viewMatrix()) * glm::dvec4(20, -18, 0, 1);
  const auto x = static_cast<uint32_t>((clip.x / clip.w * 0.5 + 0.5) * kWidth);
  const auto y = static_cast<uint32_t>((clip.y / clip.w * 0.5 + 0.5) * kHeight);
  small::makeNight(s_.scene);
  for (const Quality q : {Quality::Low, Quality::High}) {
    s_.scene.lights.setIntensity(s_.lamp, 1.f);
    draw(q);
    const support::Picture lit = picture(q == Quality::Low ? "small-night-low" : "small-night-high");
    s_.scene.lights.setIntensity(s_.lamp, 0.f);
    draw(q);
    const support::Picture dark = picture();
    EXPECT_GT(lightness(lit, x, y), lightness(dark, x, y) + 20);
    EXPECT_NEAR(lightness(lit, 20, kHeight - 20), lightness(dark, 20, kHeight - 20), 2) << "beyond its reach";
  }
}

TEST_F(Render, HeadlightsMoveWithTheirCar) {
  small::makeNight(s_.scene);
  scene::Model car = *s_.scene.instances.model(s_.car);
  car.headlights = true;
  car.name = "lit car";
  const scene::ModelId lit = s_.scene.instances.addModel(car);
  scene::Instance i = scene::standing({-20, -60, 0}, 0, 1.f, 1.f, 0, 1);
  i.state = gpu_types::kStateHeadlights;
  const scene::InstanceId id = s_.scene.instances.add(lit, i);
  draw();
  const support::Picture on = picture("small-headlights");
  s_.scene.instances.setState(id, 0, 0);
  draw();
  const support::Picture off = picture();
  EXPECT_NE(on.rgba, off.rgba);
}

TEST_F(Render, OutlinesWhatIsSelected) {
  draw();
  const support::Picture plain = picture();
  s_.scene.selectedPick = s_.towerObjects[1] + 1;
  draw();
  const support::Picture p = picture("small-selected");
  size_t yellower = 0, other = 0;
  for (size_t i = 0; i < p.rgba.size(); i += 4) {
    if (std::memcmp(&p.rgba[i], &plain.rgba[i], 4) == 0) continue;
    (plain.rgba[i + 2] - p.rgba[i + 2] > 40 && p.rgba[i] >= p.rgba[i + 2] ? yellower : other) += 1;
  }
  EXPECT_GT(yellower, 100u);
  EXPECT_LT(other, yellower / 2) << "nothing else changes";
}

TEST_F(Render, DrawsLinesOverTheGroundAndDimlyThroughWalls) {
  draw();
  const support::Picture plain = picture();
  scene::Line pipe;
  pipe.points = {{-60, 60, -2}, {60, 60, -2}};
  pipe.color = math::packHex(0xE5002B);
  pipe.widthPixels = 6;
  const scene::LineId id = s_.scene.lines.add(pipe);
  draw();
  EXPECT_EQ(picture().rgba, plain.rgba) << "below the ground";
  pipe.throughWalls = true;
  s_.scene.lines.set(id, pipe);
  draw();
  const support::Picture dim = picture();
  EXPECT_NE(dim.rgba, plain.rgba);
  pipe.points[0].z = pipe.points[1].z = 1;
  pipe.throughWalls = false;
  s_.scene.lines.set(id, pipe);
  draw();
  EXPECT_NE(picture("small-line").rgba, dim.rgba);
  const std::vector<uint32_t> withLine = ids();
  s_.scene.lines.remove(id);
  draw();
  EXPECT_EQ(ids(), withLine) << "lines are not picked";
  EXPECT_EQ(picture().rgba, plain.rgba);
}

TEST_F(Render, CachesShadowMapsUntilSomethingStandingChanges) {
  EXPECT_EQ(draw().shadowMapsDrawn, 2u);
  EXPECT_EQ(draw().shadowMapsDrawn, 0u);
  s_.scene.instances.setPoses(s_.mover, {0, 0, 0}, 0, 0, {1, 0, 0}, 0, 10, 0);
  EXPECT_EQ(draw().shadowMapsDrawn, 0u) << "a car casts only where quality allows";
  s_.scene.environment.sunDirection = glm::normalize(glm::vec3(-0.5f, -0.5f, 0.8f));
  EXPECT_EQ(draw().shadowMapsDrawn, 2u);
  EXPECT_EQ(draw(Quality::High).shadowMapsDrawn, 4u);
  EXPECT_EQ(draw(Quality::High).shadowMapsDrawn, 2u) << "the near two, with the cars";
}

TEST_F(Render, DrawsTheSameGeometryInOneColour) {
  const render::FrameReport full = draw();
  constant_ = true;
  const render::FrameReport limit = draw();
  picture("small-constant");
  EXPECT_EQ(limit.visibleInstances, full.visibleInstances);
  EXPECT_GT(limit.triangles, 0u);
  EXPECT_LE(limit.triangles, full.triangles);
}

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

TEST_F(Render, TakesAnEmptySceneAndNoViews) {
  scene::Scene empty;
  render::FrameInput in{empty, views_, {}, 0, offscreen_.target()};
  in.wait = true;
  EXPECT_TRUE(renderer_->render(in).drawn);
  in.views = {};
  EXPECT_TRUE(renderer_->render(in).drawn);
  in.target.extent = {0, 0};
  const render::FrameReport skipped = renderer_->render(in);
  EXPECT_FALSE(skipped.drawn);
  EXPECT_TRUE(skipped.error.empty());
}

TEST_F(Render, StretchesASmallerPicture) {
  draw();
  const support::Picture full = picture();
  const std::vector<uint32_t> fullIds = ids();
  for (const Quality q : {Quality::Low, Quality::High}) {
    draw(q);
    const support::Picture sharp = picture();
    scale_ = 0.5f;
    views_ = {small::overview(kWidth / 2, kHeight), small::overview(kWidth / 2, kHeight)};
    views_[0].tile = {0, 0, 0.5f, 1};
    views_[1].tile = {0.5f, 0, 1, 1};
    views_[1].x = kWidth / 2;
    pick_ = {350, 120};
    const render::FrameReport report = draw(q);
    EXPECT_EQ(renderer_->internalSize().width, kWidth / 2);
    ASSERT_TRUE(report.pick.has_value());
    EXPECT_EQ(report.pick->id, fullIds[120 * kWidth + 350]);
    const support::Picture soft = picture(q == Quality::Low ? "small-stretched" : nullptr);
    double difference = 0;
    for (size_t i = 0; i < soft.rgba.size(); ++i) difference += std::abs(int{soft.rgba[i]} - int{sharp.rgba[i]});
    EXPECT_GT(difference, 0);
    EXPECT_LT(difference / static_cast<double>(soft.rgba.size()), 4.0) << "the same picture in the same place";
    scale_ = 0;
    views_ = {small::overview(kWidth, kHeight)};
  }
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

}  // namespace

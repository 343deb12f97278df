// SPDX-License-Identifier: Apache-2.0
#include "engine/math/projection.h"
#include "tests/gpu/picture_test.h"
#include "tests/support/golden.h"

namespace {

/// The pixel that shows a place in the city frame.
glm::uvec2 pixelOf(const scene::View& view, const glm::dvec3& place) {
  const glm::dvec4 clip = glm::dmat4(math::perspectiveReverseZ(0.6f, 480.f / 270.f, 0.5f)) * glm::dmat4(view.camera.viewMatrix()) *
                          glm::dvec4(place, 1);
  return {static_cast<uint32_t>((clip.x / clip.w * 0.5 + 0.5) * view.width), static_cast<uint32_t>((clip.y / clip.w * 0.5 + 0.5) * view.height)};
}

TEST_F(Render, LampsLightTheGroundAtNight) {
  const glm::uvec2 at = pixelOf(views_[0], {20, -18, 0});
  small::makeNight(s_.scene);
  for (const Quality q : {Quality::Low, Quality::High}) {
    s_.scene.lights.setIntensity(s_.lamp, 1.f);
    draw(q);
    const support::Picture lit = picture(q == Quality::Low ? "small-night-low" : "small-night-high");
    s_.scene.lights.setIntensity(s_.lamp, 0.f);
    draw(q);
    const support::Picture dark = picture();
    EXPECT_GT(lightness(lit, at.x, at.y), lightness(dark, at.x, at.y) + 20);
    EXPECT_NEAR(lightness(lit, 20, kHeight - 20), lightness(dark, 20, kHeight - 20), 2) << "beyond its reach";
  }
}

TEST_F(Render, HeadlightsLightTheRoadAheadOfTheirCar) {
  small::makeNight(s_.scene);
  scene::Model car = *s_.scene.instances.model(s_.car);
  car.headlights = true;
  car.name = "lit car";
  const scene::ModelId lit = s_.scene.instances.addModel(car);
  const glm::uvec2 ahead = pixelOf(views_[0], {-13, -60, 0});
  const glm::uvec2 behind = pixelOf(views_[0], {-30, -60, 0});
  for (const Quality q : {Quality::Low, Quality::High}) {
    scene::Instance i = scene::standing({-20, -60, 0}, 0, 1.f, 1.f, 0, 1);
    i.state = gpu_types::kStateHeadlights;
    const scene::InstanceId id = s_.scene.instances.add(lit, i);
    draw(q);
    const support::Picture on = picture(q == Quality::Low ? "small-headlights-low" : "small-headlights-high");
    s_.scene.instances.setState(id, 0, 0);
    draw(q);
    const support::Picture off = picture();
    EXPECT_GT(lightness(on, ahead.x, ahead.y), lightness(off, ahead.x, ahead.y) + 8) << static_cast<int>(q);
    EXPECT_NEAR(lightness(on, behind.x, behind.y), lightness(off, behind.x, behind.y), 1) << static_cast<int>(q);
    s_.scene.instances.remove(id);
  }
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

TEST_F(Render, DrawsEveryPieceOfEveryLine) {
  draw();
  const support::Picture plain = picture();
  const auto changedBy = [&](std::vector<glm::vec3> points) {
    scene::Line line;
    line.points = std::move(points);
    line.color = math::packHex(0xE5002B);
    line.widthPixels = 6;
    const scene::LineId id = s_.scene.lines.add(line);
    draw();
    s_.scene.lines.remove(id);
    size_t differing = 0;
    support::differenceOf(plain, picture(), 8, differing);
    return differing;
  };
  const size_t left = changedBy({{-60, 60, 1}, {-20, 60, 1}});
  const size_t middle = changedBy({{-20, 60, 1}, {20, 60, 1}});
  const size_t right = changedBy({{20, 60, 1}, {60, 60, 1}});
  const auto all = static_cast<double>(left + middle + right);
  EXPECT_GT(std::min({left, middle, right}), 50u);
  EXPECT_NEAR(static_cast<double>(changedBy({{-60, 60, 1}, {-20, 60, 1}, {20, 60, 1}, {60, 60, 1}})), all, 0.1 * all);
  // A second line beside it, not joined to the first.
  scene::Line other;
  other.points = {{-60, 60, 1}, {-20, 60, 1}};
  other.color = math::packHex(0xE5002B);
  other.widthPixels = 6;
  s_.scene.lines.add(other);
  EXPECT_NEAR(static_cast<double>(changedBy({{20, 60, 1}, {60, 60, 1}})), static_cast<double>(left + right), 0.1 * all);
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

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include "engine/render/touched_tiles.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/math/projection.h"

namespace {

using render::TouchedTiles;

constexpr VkExtent2D kSize{200, 120};  // its last tiles are cut
constexpr float kNear = 0.5f;

/// Looks north from the origin, level.
glm::mat4 northward() {
  const glm::mat4 view = glm::lookAt(glm::vec3(0), glm::vec3(0, 1, 0), glm::vec3(0, 0, 1));
  return math::perspectiveReverseZ(1.f, 200.f / 120.f, kNear) * view;
}

TouchedTiles untouched() { return {kSize, northward(), kNear}; }

glm::vec2 pixelOf(const glm::vec3& p) {
  const glm::vec4 clip = northward() * glm::vec4(p, 1);
  return (glm::vec2(clip) / clip.w * 0.5f + 0.5f) * glm::vec2(kSize.width, kSize.height);
}

bool covers(const std::vector<VkRect2D>& rects, glm::vec2 pixel) {
  for (const VkRect2D& r : rects) {
    const glm::vec2 low(r.offset.x, r.offset.y);
    const glm::vec2 high = low + glm::vec2(r.extent.width, r.extent.height);
    if (glm::all(glm::greaterThanEqual(pixel, low)) && glm::all(glm::lessThan(pixel, high))) return true;
  }
  return false;
}

uint64_t areaOf(const std::vector<VkRect2D>& rects) {
  uint64_t area = 0;
  for (const VkRect2D& r : rects) area += uint64_t{r.extent.width} * r.extent.height;
  return area;
}

bool inPicture(const glm::vec3& p) {
  if (p.y < kNear) return false;
  const glm::vec2 at = pixelOf(p);
  return at.x >= 0 && at.y >= 0 && at.x < kSize.width && at.y < kSize.height;
}

TEST(TouchedTiles, AreNoneAtFirstAndAllOnDemandAndEachPixelOnce) {
  TouchedTiles tiles = untouched();
  EXPECT_TRUE(tiles.rects().empty());
  tiles.touchAll();
  EXPECT_EQ(areaOf(tiles.rects()), uint64_t{kSize.width} * kSize.height);
}

TEST(TouchedTiles, AreFewForASmallThing) {
  TouchedTiles tiles = untouched();
  tiles.touchBall({0, 100, 0}, 1);
  EXPECT_TRUE(covers(tiles.rects(), {100, 60}));
  EXPECT_LE(areaOf(tiles.rects()), 4u * TouchedTiles::kTile * TouchedTiles::kTile);
}

TEST(TouchedTiles, HoldEveryPointOfBallsBoxesAndLines) {
  std::mt19937 random(7);
  const auto between = [&](float low, float high) { return std::uniform_real_distribution<float>(low, high)(random); };
  uint32_t seen = 0;
  for (int round = 0; round < 2000; ++round) {
    const glm::vec3 at(between(-80, 80), between(-20, 150), between(-50, 50));
    const float radius = between(0.1f, 20);
    TouchedTiles ball = untouched();
    ball.touchBall(at, radius);
    TouchedTiles box = untouched();
    const glm::vec3 half(between(0.1f, 20), between(0.1f, 20), between(0.1f, 20));
    math::Bounds bounds;
    bounds.add(at - half);
    bounds.add(at + half);
    box.touchBox(bounds);
    TouchedTiles line = untouched();
    const glm::vec3 to(between(-80, 80), between(-20, 150), between(-50, 50));
    line.touchLine(at, to, 3, 0.5f);
    const auto ballRects = ball.rects();
    const auto boxRects = box.rects();
    const auto lineRects = line.rects();
    for (int i = 0; i < 20; ++i) {
      const glm::vec3 unit(between(-1, 1), between(-1, 1), between(-1, 1));
      const glm::vec3 onBall = at + glm::normalize(unit) * radius;
      const glm::vec3 inBox = at + unit * half;
      const glm::vec3 onLine = glm::mix(at, to, between(0, 1)) + glm::vec3(0, 0, between(-0.25f, 0.25f));
      EXPECT_TRUE(!inPicture(onBall) || covers(ballRects, pixelOf(onBall))) << round;
      EXPECT_TRUE(!inPicture(inBox) || covers(boxRects, pixelOf(inBox))) << round;
      EXPECT_TRUE(!inPicture(onLine) || covers(lineRects, pixelOf(onLine))) << round;
      seen += inPicture(onBall) + inPicture(inBox) + inPicture(onLine);
    }
  }
  EXPECT_GT(seen, 10000u);
}

TEST(TouchedTiles, AreAllWhereSomethingReachesBehindTheEyeAndNoneWhereItIsBehind) {
  TouchedTiles here = untouched();
  here.touchBall({0, 0, 0}, 5);
  EXPECT_EQ(areaOf(here.rects()), uint64_t{kSize.width} * kSize.height);
  TouchedTiles behind = untouched();
  behind.touchBall({0, -50, 0}, 5);
  behind.touchLine({-5, -50, 0}, {5, -50, 0}, 3, 0);
  behind.touchBall({500, 100, 0}, 5);
  EXPECT_TRUE(behind.rects().empty());
}

TEST(TouchedTiles, FollowALongLineClosely) {
  TouchedTiles tiles = untouched();
  tiles.touchLine({-1000, 20, -600}, {1000, 20, 600}, 3, 0);  // from corner to corner and far beyond
  EXPECT_TRUE(covers(tiles.rects(), {100, 60}));
  EXPECT_LT(areaOf(tiles.rects()), uint64_t{kSize.width} * kSize.height / 2);
}

}  // namespace

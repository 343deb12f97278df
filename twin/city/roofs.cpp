// SPDX-License-Identifier: Apache-2.0
#include "twin/city/roofs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "engine/base/hash.h"
#include "twin/city/facade.h"
#include "twin/city/slab_relief.h"

namespace city {
namespace {

constexpr float kParapetThickness = 0.35f;
constexpr float kParapetFromArea = 260.f;  // m2; on smaller roofs it is not worth its triangles
constexpr float kCourtyardOpenness = 0.78f;

WallShade shadeOf(const Building& b) {
  // A single long gradient would grey tall walls to mid-height; they get a row of vertices at the foot.
  const bool slab = b.use == "apartment" && b.box.half.x > 1.5f * b.box.half.y;
  return {.foot = 0.6f,
          .all = 1.f,
          .split = b.height() > 14.f && b.footprint.outer.size() <= 12,
          .blankBelow = slab ? b.box.half.y * 2.f + 0.5f : 0.f};
}

void addAllFacades(importing::MeshBuilder& mesh, const Building& b, float top) {
  mesh.setPaint(wallPaint(b));
  const WallLevels levels{b.foot, b.base, top};
  WallShade shade = shadeOf(b);
  addFacade(mesh, b.footprint.outer, levels, shade);
  shade.all = kCourtyardOpenness;
  for (const Ring& hole : b.footprint.holes) addFacade(mesh, hole, levels, shade);
}

/// A part that hangs above the ground shows its underside.
void addUnderside(importing::MeshBuilder& mesh, const Building& b) {
  if (b.foot < b.groundLow) return;
  importing::Paint paint = plantPaint(b);
  paint.color = importing::withOpenness(b.wallColor, 0.5f);
  mesh.setPaint(paint);
  mesh.addPolygon(b.footprint.outer, b.foot, false, b.footprint.holes);
}

/// The top of a parapet: a level ring between the wall and the inset ring, and its inner face.
void addParapet(importing::MeshBuilder& mesh, const Building& b, const Ring& ring, const Ring& inset) {
  const float roof = b.top - kParapet;
  mesh.setPaint({b.wallColor, gpu_types::packSurface(gpu_types::kSurfacePlain), b.object});
  const uint32_t inner = importing::withOpenness(b.wallColor, 0.7f);
  for (size_t i = 0; i < ring.size(); ++i) {
    const size_t j = (i + 1) % ring.size();
    mesh.addQuad({glm::vec3(ring[i], b.top), glm::vec3(ring[j], b.top), glm::vec3(inset[j], b.top),
                  glm::vec3(inset[i], b.top)});
    mesh.paint().color = inner;
    mesh.addQuad({glm::vec3(inset[i], b.top), glm::vec3(inset[j], b.top), glm::vec3(inset[j], roof),
                  glm::vec3(inset[i], roof)});
    mesh.paint().color = b.wallColor;
  }
}

bool addParapetRoof(importing::MeshBuilder& mesh, const Building& b) {
  const Ring outer = offsetRing(b.footprint.outer, kParapetThickness);
  std::vector<Ring> holes;
  for (const Ring& hole : b.footprint.holes) holes.push_back(offsetRing(hole, kParapetThickness));
  const bool fits = !outer.empty() && std::ranges::none_of(holes, [](const Ring& r) { return r.empty(); });
  if (!fits || b.height() < 3 * kParapet) return false;
  addParapet(mesh, b, b.footprint.outer, outer);
  for (size_t i = 0; i < holes.size(); ++i) addParapet(mesh, b, b.footprint.holes[i], holes[i]);
  mesh.setPaint(roofPaint(b));
  mesh.paint().color = importing::withOpenness(b.roofColor, 0.94f);
  mesh.addPolygon(outer, b.top - kParapet, true, holes);
  return true;
}

void addFlat(importing::MeshBuilder& mesh, const Building& b) {
  mesh.setPaint(roofPaint(b));
  mesh.addPolygon(b.footprint.outer, b.top, true, b.footprint.holes);
}

/// Unit vector along the ridge: the box's axis nearest to the wanted azimuth, so that roofs sit square.
glm::vec2 ridgeDirection(const Building& b) {
  if (!std::isfinite(b.ridge)) return b.box.axis;
  const glm::vec2 wanted(std::sin(b.ridge), std::cos(b.ridge));
  return std::abs(glm::dot(wanted, b.box.axis)) >= std::abs(glm::dot(wanted, b.box.side())) ? b.box.axis
                                                                                            : b.box.side();
}

float pitchRise(float halfWidth) {
  return std::clamp(halfWidth * 0.45f, 0.8f, 4.5f);
}

/// A roof face over `ring`, z from `height`.
void addSlope(importing::MeshBuilder& mesh, const Ring& ring, const std::function<float(glm::vec2)>& height) {
  if (ring.size() < 3) return;
  std::vector<float> z;
  z.reserve(ring.size());
  for (const glm::vec2& p : ring) z.push_back(height(p));
  mesh.addDraped(ring, z);
}

/// Walls whose tops follow the roof.
void addGableWalls(importing::MeshBuilder& mesh, const Building& b, const Ring& ring,
                   const std::function<float(glm::vec2)>& height) {
  std::vector<float> tops;
  tops.reserve(ring.size());
  for (const glm::vec2& p : ring) tops.push_back(height(p));
  mesh.setPaint(wallPaint(b));
  addFacade(mesh, ring, {b.foot, b.base, b.top}, shadeOf(b), tops);
}

bool addGable(importing::MeshBuilder& mesh, const Building& b) {
  const Ring eaves = offsetRing(b.footprint.outer, -kEaves);
  if (!b.footprint.holes.empty() || eaves.empty()) return false;
  const glm::vec2 along = ridgeDirection(b);
  const glm::vec2 across(-along.y, along.x);
  const float halfWidth = std::abs(glm::dot(across, b.box.axis)) > 0.7f ? b.box.half.x : b.box.half.y;
  const float rise = pitchRise(halfWidth);
  const auto height = [&](glm::vec2 p) {
    return b.top + rise * (1.f - std::abs(glm::dot(p - b.box.centre, across)) / halfWidth);
  };
  addGableWalls(mesh, b, splitRing(b.footprint.outer, b.box.centre, along), height);
  mesh.setPaint(roofPaint(b));
  addSlope(mesh, clipLeft(eaves, b.box.centre, along), height);
  addSlope(mesh, clipLeft(eaves, b.box.centre, -along), height);
  return true;
}

bool addShed(importing::MeshBuilder& mesh, const Building& b) {
  const Ring eaves = offsetRing(b.footprint.outer, -kEaves);
  if (!b.footprint.holes.empty() || eaves.empty()) return false;
  const glm::vec2 along = ridgeDirection(b);
  const glm::vec2 across(-along.y, along.x);
  const float halfWidth = std::abs(glm::dot(across, b.box.axis)) > 0.7f ? b.box.half.x : b.box.half.y;
  const float rise = std::clamp(halfWidth * 0.3f, 0.5f, 3.f);
  const auto height = [&](glm::vec2 p) {
    return b.top + rise * 0.5f * (1.f + glm::dot(p - b.box.centre, across) / halfWidth);
  };
  addGableWalls(mesh, b, b.footprint.outer, height);
  mesh.setPaint(roofPaint(b));
  addSlope(mesh, eaves, height);
  return true;
}

/// Four slopes over a rectangle; other outlines get slopes up to a level deck.
bool addHip(importing::MeshBuilder& mesh, const Building& b) {
  const Ring eaves = offsetRing(b.footprint.outer, -kEaves);
  if (!b.footprint.holes.empty() || eaves.empty()) return false;
  const bool rectangle =
      eaves.size() == 4 && b.area > 0.94 * 4 * static_cast<double>(b.box.half.x * b.box.half.y);
  float inset = b.box.half.y * 0.55f;
  Ring deck = rectangle ? Ring{} : offsetRing(b.footprint.outer, inset);
  for (int i = 0; !rectangle && deck.empty() && i < 3; ++i)
    deck = offsetRing(b.footprint.outer, inset *= 0.65f);
  if (!rectangle && deck.empty()) return false;
  const float rise = pitchRise(b.box.half.y);
  const float drop = rise / b.box.half.y * kEaves;
  mesh.setPaint(wallPaint(b));
  addFacade(mesh, b.footprint.outer, {b.foot, b.base, b.top}, shadeOf(b));
  mesh.setPaint(roofPaint(b));
  if (!rectangle) {
    const float up = rise / b.box.half.y * inset;
    for (size_t i = 0; i < eaves.size(); ++i) {
      const size_t j = (i + 1) % eaves.size();
      mesh.addQuad({glm::vec3(eaves[i], b.top - drop), glm::vec3(eaves[j], b.top - drop),
                    glm::vec3(deck[j], b.top + up), glm::vec3(deck[i], b.top + up)});
    }
    mesh.addPolygon(deck, b.top + up);
    return true;
  }
  const float reach = b.box.half.x - b.box.half.y;
  const glm::vec3 ends[2] = {glm::vec3(b.box.centre - b.box.axis * reach, b.top + rise),
                             glm::vec3(b.box.centre + b.box.axis * reach, b.top + rise)};
  const auto nearest = [&](glm::vec2 p) { return glm::dot(p - b.box.centre, b.box.axis) > 0 ? 1 : 0; };
  for (size_t i = 0; i < 4; ++i) {
    const glm::vec3 a(eaves[i], b.top - drop);
    const glm::vec3 c(eaves[(i + 1) % 4], b.top - drop);
    const int from = nearest(eaves[i]);
    const int to = nearest(eaves[(i + 1) % 4]);
    if (from == to) {
      mesh.addTriangle({a, c, ends[from]});
    } else {
      mesh.addQuad({a, c, ends[to], ends[from]});
    }
  }
  return true;
}

/// A box in the building's own axes, as an inset prism; left out where it would leave the roof.
bool addRoofBox(importing::MeshBuilder& mesh, const Building& b, glm::vec2 at, glm::vec2 half, float z,
                float height) {
  const glm::vec2 centre = b.box.centre + b.box.axis * at.x + b.box.side() * at.y;
  for (const glm::vec2 corner : {glm::vec2(-1, -1), glm::vec2(1, -1), glm::vec2(1, 1), glm::vec2(-1, 1)}) {
    const glm::vec2 p = centre + b.box.axis * (corner.x * half.x) + b.box.side() * (corner.y * half.y);
    if (!contains(b.footprint.outer, p)) return false;
    for (const Ring& hole : b.footprint.holes)
      if (contains(hole, p)) return false;
  }
  mesh.addBox(glm::vec3(centre, z + height * 0.5f), glm::vec3(half, height * 0.5f),
              std::atan2(b.box.axis.y, b.box.axis.x));
  return true;
}

}  // namespace

RoofShape chooseRoof(const Building& b) {
  if (b.roof == "gable") return RoofShape::Gable;
  if (b.roof == "hip") return RoofShape::Hip;
  if (b.roof == "shed") return RoofShape::Shed;
  return b.area >= kParapetFromArea && b.use != "plant" ? RoofShape::Parapet : RoofShape::Flat;
}

void addWallsAndRoof(importing::MeshBuilder& mesh, const Building& b, RoofShape shape) {
  addUnderside(mesh, b);
  if (shape == RoofShape::Gable && addGable(mesh, b)) return;
  if (shape == RoofShape::Hip && addHip(mesh, b)) return;
  if (shape == RoofShape::Shed && addShed(mesh, b)) return;
  addAllFacades(mesh, b, b.top);
  if (shape == RoofShape::Parapet && addParapetRoof(mesh, b)) return;
  addFlat(mesh, b);
}

void addRoofBoxes(importing::MeshBuilder& mesh, const Building& b) {
  base::Random random(b.seed);
  const glm::vec2 half = b.box.half;
  const bool tower = b.use == "apartment" || b.use == "hotel";
  const float roof = chooseRoof(b) == RoofShape::Parapet ? b.top - kParapet : b.top;
  importing::Paint paint = plantPaint(b);
  if (tower) {
    paint.color = b.wallColor;
    mesh.setPaint(paint);
    const int cores = coresOf(half.x);
    for (int i = 0; i < cores; ++i) {
      const float x = (static_cast<float>(i) + 0.5f) / static_cast<float>(cores) * 2 - 1;
      const float h = 3.2f + static_cast<float>(random.uniform()) * 0.8f;
      addRoofBox(mesh, b, {x * half.x, half.y * 0.25f},
                 {std::min(3.4f, half.x * 0.4f), std::min(3.f, half.y * 0.4f)}, roof, h);
    }
    return;
  }
  if (b.area < 220 || b.storeys < 3) return;
  mesh.setPaint(paint);
  const auto pick = [&](double low, double high) { return static_cast<float>(random.uniform(low, high)); };
  const glm::vec2 size(half.x * pick(0.18, 0.34), half.y * pick(0.22, 0.42));
  const glm::vec2 at(half.x * pick(-0.4, 0.4), half.y * pick(-0.3, 0.3));
  const bool placed = addRoofBox(mesh, b, at, glm::min(size, glm::vec2(14.f, 7.f)), roof, pick(2.6, 3.8));
  if (placed && b.area > 900) {
    const float side = at.x > 0 ? -1.f : 1.f;
    addRoofBox(mesh, b, {side * half.x * 0.55f, -at.y},
               {std::min(4.f, half.x * 0.16f), std::min(3.f, half.y * 0.2f)}, roof, 1.6f);
  }
}

void addShopCanopy(importing::MeshBuilder& mesh, const Building& b) {
  if (b.use != "shop" || b.storeys < 2 || b.foot >= b.groundLow || base::unit(b.seed + 11) < 0.35) return;
  const Ring& ring = b.footprint.outer;
  size_t longest = 0;
  const auto length = [&](size_t i) { return glm::distance(ring[i], ring[(i + 1) % ring.size()]); };
  for (size_t i = 1; i < ring.size(); ++i)
    if (length(i) > length(longest) + 0.01f) longest = i;
  const glm::vec2 a = ring[longest];
  const glm::vec2 d = (ring[(longest + 1) % ring.size()] - a) / length(longest);
  const glm::vec2 out = glm::vec2(d.y, -d.x) * 0.9f;
  const float z = std::max(b.base, b.groundHigh) + 3.5f;
  if (z + 1.f > b.top) return;
  constexpr std::array<uint32_t, 4> kColors{0xC9BBAA, 0xB7AFA8, 0xAEB9B4, 0xC2AFA2};
  const glm::vec2 p = a + d * 0.2f;
  const glm::vec2 q = a + d * (length(longest) - 0.2f);
  mesh.setPaint({math::packHex(kColors[b.seed % kColors.size()]),
                 gpu_types::packSurface(gpu_types::kSurfacePlain), b.object});
  const float low = z - 0.7f;  // its face carries the signs
  mesh.addQuad({glm::vec3(p, z), glm::vec3(p + out, z), glm::vec3(q + out, z), glm::vec3(q, z)});
  mesh.addQuad(
      {glm::vec3(p + out, low), glm::vec3(q + out, low), glm::vec3(q + out, z), glm::vec3(p + out, z)});
  mesh.addTriangle({glm::vec3(p, low), glm::vec3(p + out, low), glm::vec3(p + out, z)});
  mesh.addTriangle({glm::vec3(q + out, low), glm::vec3(q, low), glm::vec3(q + out, z)});
  mesh.paint().color = importing::withOpenness(mesh.paint().color, 0.45f);
  mesh.addQuad({glm::vec3(p, low), glm::vec3(q, low), glm::vec3(q + out, low), glm::vec3(p + out, low)});
}

}  // namespace city

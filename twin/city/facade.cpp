// SPDX-License-Identifier: Apache-2.0
#include "twin/city/facade.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "shaders/shared/facade_module.h"

namespace city {
namespace {

constexpr float kUvStart =
    -500.f;  // packSurfaceUv holds -512 .. 511.98: round a kilometre before u starts anew
constexpr float kUvEnd = 500.f;
constexpr float kSplit = 3.5f;  // metres above the base
constexpr float kOpenAtSplit = 0.88f;

/// 1 at convex corners, less at concave ones.
std::vector<float> cornerOpenness(std::span<const glm::vec2> ring) {
  std::vector<float> openness(ring.size(), 1.f);
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::vec2 before = ring[i] - ring[(i + ring.size() - 1) % ring.size()];
    const glm::vec2 after = ring[(i + 1) % ring.size()] - ring[i];
    const float turn = std::atan2(before.x * after.y - before.y * after.x, glm::dot(before, after));
    if (turn < -0.3f) openness[i] = std::max(0.72f, 1.f + 0.2f * turn);
  }
  return openness;
}

/// Whole window modules that fit a wall of `length` metres best; none on a stump of a wall.
float modulesOn(float length, float module) {
  return std::floor(length / module + 0.4f);
}

}  // namespace

void addFacade(importing::MeshBuilder& mesh, std::span<const glm::vec2> ring, const WallLevels& levels,
               const WallShade& shade, std::span<const float> tops) {
  if (ring.size() < 3) return;
  const std::vector<float> corner = cornerOpenness(ring);
  const uint32_t color = mesh.paint().color;
  const uint32_t surface = mesh.paint().surface;
  const uint32_t blank = (surface & ~0xff00u) | gpu_types::kUsePlant << 8;
  const auto shaded = [&](float openness) { return importing::withOpenness(color, openness * shade.all); };
  const float split = levels.base + kSplit;
  const bool splits = shade.split && levels.top > split + 1.f;
  const float module = gpu_types::facadeModule(surface >> 8 & 255u, surface >> 16);
  const float start = std::ceil(kUvStart / module) * module;
  float along = start;
  for (size_t i = 0; i < ring.size(); ++i) {
    const size_t j = (i + 1) % ring.size();
    const float length = glm::distance(ring[i], ring[j]);
    if (!(length > 1e-4f)) continue;
    const float run = modulesOn(length, module) * module;
    if (along + run > kUvEnd) along = start;
    const glm::vec2 d = (ring[j] - ring[i]) / length;
    const glm::vec3 normal(d.y, -d.x, 0);
    const float u0 = along;
    mesh.paint().surface = length < shade.blankBelow ? blank : surface;
    const float u1 = along + run;
    const auto row = [&](float za, float zb, float openness) {
      const uint32_t a =
          mesh.addVertex({ring[i], za}, normal, {u0, za - levels.base}, shaded(openness * corner[i]));
      mesh.addVertex({ring[j], zb}, normal, {u1, zb - levels.base}, shaded(openness * corner[j]));
      return a;
    };
    uint32_t lower = row(levels.foot, levels.foot, shade.foot);
    const auto close = [&](uint32_t upper) {
      mesh.addIndices(lower, lower + 1, upper + 1);
      mesh.addIndices(lower, upper + 1, upper);
      lower = upper;
    };
    if (splits) close(row(split, split, kOpenAtSplit));
    close(row(tops.empty() ? levels.top : tops[i], tops.empty() ? levels.top : tops[j], 1.f));
    along = u1;
  }
  mesh.paint().surface = surface;
}

importing::Paint wallPaint(const Building& b) {
  return {
      b.wallColor,
      gpu_types::packSurface(gpu_types::kSurfaceFacade, b.facadeUse, static_cast<uint32_t>(b.seed & 0xffff)),
      b.object};
}

importing::Paint roofPaint(const Building& b) {
  return {b.roofColor,
          gpu_types::packSurface(gpu_types::kSurfaceRoof, 0, static_cast<uint32_t>(b.seed & 0xffff)),
          b.object};
}

importing::Paint plantPaint(const Building& b) {
  return {math::packHex(0xB9B2A6), gpu_types::packSurface(gpu_types::kSurfacePlain), b.object};
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/slab_relief.h"

#include <algorithm>
#include <cmath>

namespace city {
namespace {

constexpr float kUnit = 7.4f;  // metres of front per dwelling
constexpr float kFinDepth = 0.65f;
constexpr float kFinHalf = 0.13f;
constexpr float kBayDepth = 0.7f;
constexpr float kBayHalf = 1.9f;
constexpr float kCoreSpacing = 24.f;

/// Three faces that stand out of the wall at y (front at `out`), from x0 to x1, z0 to z1.
void pilaster(LandmarkSpace& s, float x0, float x1, float y, float out, float z0, float z1) {
  const auto p = [&](float x, float yy, float z) { return glm::vec3(x, yy, z); };
  const float left = out < y ? x0 : x1;  // seen from outside
  const float right = out < y ? x1 : x0;
  s.quad({p(left, y, z0), p(left, out, z0), p(left, out, z1), p(left, y, z1)});
  s.quad({p(left, out, z0), p(right, out, z0), p(right, out, z1), p(left, out, z1)});
  s.quad({p(right, out, z0), p(right, y, z0), p(right, y, z1), p(right, out, z1)});
  s.quad({p(left, y, z1), p(left, out, z1), p(right, out, z1), p(right, y, z1)});
}

}  // namespace

bool isPlainSlab(const Building& b) {
  const double boxArea = 4.0 * static_cast<double>(b.box.half.x) * static_cast<double>(b.box.half.y);
  return b.use == "apartment" && b.storeys >= 6 && b.footprint.outer.size() == 4 &&
         b.footprint.holes.empty() && b.area > 0.97 * boxArea && b.box.half.x > 1.5f * b.box.half.y &&
         b.foot < b.groundLow;
}

int coresOf(float halfLength) {
  return std::clamp(static_cast<int>(2 * halfLength / kCoreSpacing), 1, 4);
}

void faceSun(LandmarkSpace& s) {
  if (s.at(0, -1, 0).y > s.at(0, 0, 0).y) s.turn(2);
}

void drawSlabRelief(LandmarkSpace& s, uint32_t wall, uint32_t bay, float top) {
  faceSun(s);
  const float x = s.halfX();
  const float y = s.halfY();
  const float low = std::max(3.f, s.platform());
  if (top < low + 6) return;
  s.plain(wall, 0.97f);
  const int units = std::max(2, static_cast<int>(std::lround(2 * x / kUnit)));
  for (int i = 1; i < units; ++i) {
    const float at = -x + 2 * x * static_cast<float>(i) / static_cast<float>(units);
    pilaster(s, at - kFinHalf, at + kFinHalf, -y, -y - kFinDepth, low, top - 0.6f);
  }
  const int cores = coresOf(x);
  for (int i = 0; i < cores; ++i) {
    const float at = ((static_cast<float>(i) + 0.5f) / static_cast<float>(cores) * 2 - 1) * x;
    s.plain(bay, 0.95f);
    pilaster(s, at - kBayHalf, at + kBayHalf, y, y + kBayDepth, s.foot(), top + 0.8f);
    s.glass(0x8FA7B5, 0.9f);
    const float front = y + kBayDepth + 0.03f;
    s.quad({glm::vec3(at + 0.7f, front, low), glm::vec3(at - 0.7f, front, low),
            glm::vec3(at - 0.7f, front, top - 0.4f), glm::vec3(at + 0.7f, front, top - 0.4f)});
  }
}

}  // namespace city

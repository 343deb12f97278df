// SPDX-License-Identifier: Apache-2.0
// After the Timevillas shopping park: wide floors with round corners that step back in planted
// terraces, and a long glass vault over the mall that runs through them.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kWall = 0xE7DFD1;
constexpr uint32_t kBand = 0xF1EDE5;
constexpr uint32_t kGarden = 0x97A87C;
constexpr int kCornerSteps = 6;

struct Floor {
  glm::vec2 low, high;
  float z0, z1;
};

/// One terraced volume: facade, a light band at its edge, paving and a green strip on top.
void floorVolume(LandmarkSpace& s, const Floor& f, bool planted) {
  const float radius = std::min({18.f, (f.high.x - f.low.x) * 0.3f, (f.high.y - f.low.y) * 0.3f});
  const Ring body = roundedRectangle(f.low + 0.6f, f.high - 0.6f, radius, kCornerSteps);
  const Ring band = roundedRectangle(f.low, f.high, radius + 0.6f, kCornerSteps);
  const float bandHeight = std::min(1.8f, (f.z1 - f.z0) * 0.35f);
  s.facade(gpu_types::kUseMall, kWall);
  s.walls(body, f.z0, f.z1 - bandHeight, f.z0 < 0 ? 0.6f : 0.8f);
  s.plain(kBand, 0.55f);
  s.cap(band, f.z1 - bandHeight, false);
  s.plain(kBand);
  s.smoothLoft(lifted(band, f.z1 - bandHeight), lifted(band, f.z1));
  s.roof(0xD3CCC0, 0.97f);
  s.cap(band, f.z1);
  if (!planted) return;
  const Ring green = roundedRectangle(f.low + 1.6f, f.high - 1.6f, radius, kCornerSteps);
  s.surface(gpu_types::kSurfaceTerrain, kGarden);
  s.cap(green, f.z1 + 0.25f);
}

/// A vault of glass along x.
void vault(LandmarkSpace& s, float x0, float x1, float y, float half, float z, float rise) {
  constexpr int kSteps = 8;
  std::vector<glm::vec3> from;
  std::vector<glm::vec3> to;
  Ring arc;
  for (int i = 0; i <= kSteps; ++i) {
    const float t = std::numbers::pi_v<float> * static_cast<float>(i) / kSteps;
    arc.emplace_back(y + half * std::cos(t), z + rise * std::sin(t));
  }
  for (const glm::vec2& p : arc) {
    from.emplace_back(x1, p.x, p.y);
    to.emplace_back(x0, p.x, p.y);
  }
  s.glass(0xA7BDC9);
  s.smoothLoft(to, from, false);
  s.glass(0x8FA7B5, 0.9f);
  for (int i = 0; i < kSteps; ++i) {
    const auto k = static_cast<size_t>(i);
    s.quad({glm::vec3(x1, y, z), glm::vec3(x1, arc[k].x, arc[k].y), glm::vec3(x1, arc[k + 1].x, arc[k + 1].y), glm::vec3(x1, y, z)});
    s.quad({glm::vec3(x0, y, z), glm::vec3(x0, arc[k + 1].x, arc[k + 1].y), glm::vec3(x0, arc[k].x, arc[k].y), glm::vec3(x0, y, z)});
  }
  s.plain(0xF1EFEA);
  const int ribs = std::max(2, static_cast<int>((x1 - x0) / 14.f));
  for (int r = 0; r <= ribs; ++r) {
    const float x = x0 + (x1 - x0) * static_cast<float>(r) / static_cast<float>(ribs);
    for (size_t i = 0; i + 1 < arc.size(); i += 2) {
      s.bar({x, arc[i].x, arc[i].y}, {x, arc[i + 2].x, arc[i + 2].y}, 0.5f);
    }
  }
}

}  // namespace

void drawTimevillas(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float rise = std::min(4.5f, s.height() * 0.15f);
  const float h = s.height() - rise;  // the vault is the highest
  const float foot = s.foot();
  floorVolume(s, {{-x, -y}, {x, y}, foot, h * 0.42f}, true);
  floorVolume(s, {{-x * 0.94f, -y * 0.84f}, {x * 0.70f, y * 0.96f}, h * 0.42f, h * 0.62f}, true);
  floorVolume(s, {{x * 0.28f, -y * 0.92f}, {x * 0.95f, y * 0.62f}, h * 0.42f, h * 0.72f}, true);
  floorVolume(s, {{-x * 0.86f, -y * 0.58f}, {x * 0.20f, y * 0.90f}, h * 0.62f, h * 0.84f}, true);
  floorVolume(s, {{-x * 0.80f, -y * 0.16f}, {-x * 0.20f, y * 0.84f}, h * 0.84f, h}, false);

  // Glass faces of the mall at both ends and the vault over it.
  const float half = std::min(11.f, y * 0.2f);
  const float my = -y * 0.30f;
  s.facade(gpu_types::kUsePublic, 0xA9BEC9);
  s.walls(rectangle({-x * 0.99f, my - half}, {x * 0.99f, my + half}), foot, h * 0.98f, 0.8f);
  s.roof(0xD3CCC0);
  s.cap(rectangle({-x * 0.99f, my - half}, {x * 0.99f, my + half}), h * 0.98f);
  vault(s, -x * 0.99f, x * 0.99f, my, half, h * 0.98f, rise);

  s.plain(0xB9B2A6);
  s.box({-x * 0.7f, y * 0.30f, h}, {-x * 0.42f, y * 0.62f, h + 2.6f});
  s.box({x * 0.52f, y * 0.05f, h * 0.72f}, {x * 0.8f, y * 0.36f, h * 0.72f + 2.4f});
  s.plain(kBand);  // the entrance canopy, a thin round disc
  const Ring disc = roundedRectangle({x * 0.72f, my - half * 1.6f}, {x, my + half * 1.6f}, half * 0.8f, kCornerSteps);
  s.walls(disc, h * 0.30f, h * 0.30f + 0.7f);
  s.cap(disc, h * 0.30f + 0.7f);
  s.cap(disc, h * 0.30f, false);
}

}  // namespace city

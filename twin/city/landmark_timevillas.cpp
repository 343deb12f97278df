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
  glm::vec2 low, high;  // shares of the half sides
  float z0, z1;         // metres
};

/// A level strip between two rings of as many points, facing up.
void strip(LandmarkSpace& s, const Ring& outer, const Ring& inner, float z) {
  s.loft(lifted(outer, z), lifted(inner, z));
}

/// One terraced volume: facade, a light band at its edge, a planted strip and paving on top.
void floorVolume(LandmarkSpace& s, const Floor& f, bool planted) {
  const glm::vec2 half(s.halfX(), s.halfY());
  const glm::vec2 low = f.low * half;
  const glm::vec2 high = f.high * half;
  const float radius = std::min({22.f, (high.x - low.x) * 0.3f, (high.y - low.y) * 0.3f});
  const auto ring = [&](float inset) {
    return roundedRectangle(low + inset, high - inset, radius - inset * 0.5f, kCornerSteps);
  };
  const float bandHeight = std::min(2.f, (f.z1 - f.z0) * 0.35f);
  s.facade(gpu_types::kUseMall, kWall);
  // Each terrace has its own shop fronts: storeys count from its floor.
  s.walls(ring(1.2f), f.z0, f.z1 - bandHeight, f.z0 < 0 ? 0.6f : 0.75f, std::max(f.z0, 0.f));
  s.plain(kBand, 0.5f);
  strip(s, ring(1.2f), ring(0), f.z1 - bandHeight);
  s.plain(kBand);
  s.smoothLoft(lifted(ring(0), f.z1 - bandHeight), lifted(ring(0), f.z1));
  if (!planted) {
    s.roof(0xD3CCC0, 0.97f);
    s.cap(ring(0), f.z1);
    return;
  }
  strip(s, ring(0), ring(0.8f), f.z1);
  s.surface(gpu_types::kSurfaceTerrain, kGarden, 0.97f);
  strip(s, ring(0.8f), ring(4.6f), f.z1 + 0.3f);
  s.surface(gpu_types::kSurfacePaving, 0xDAD3C6, 0.94f);
  s.cap(ring(4.6f), f.z1 + 0.05f);
}

/// Pergolas and planters along the southern terrace of a floor, and strips of rooflight on the highest.
void furnish(LandmarkSpace& s, float x0, float x1, float y, float z) {
  const int count = std::max(1, static_cast<int>((x1 - x0) / 17.f));
  for (int i = 0; i < count; ++i) {
    const float at = x0 + (x1 - x0) * (static_cast<float>(i) + 0.5f) / static_cast<float>(count);
    if (i % 2 == 0) {
      s.surface(gpu_types::kSurfaceTerrain, kGarden);
      const Ring bed = roundedRectangle({at - 4.5f, y - 2.f}, {at + 4.5f, y + 2.f}, 2.f, 3);
      s.walls(bed, z, z + 0.8f);
      s.cap(bed, z + 0.8f);
    } else {
      s.plain(kBand);
      s.box({at - 5, y - 2.4f, z + 3.f}, {at + 5, y + 2.4f, z + 3.35f}, true);
      for (const float side : {-1.f, 1.f})
        s.bar({at + side * 4.5f, y - 2.f, z}, {at + side * 4.5f, y - 2.f, z + 3.f}, 0.35f);
    }
  }
}

void rooflights(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float z, int count) {
  for (int i = 0; i < count; ++i) {
    const float at = low.x + (high.x - low.x) * (static_cast<float>(i) + 0.5f) / static_cast<float>(count);
    s.plain(kBand);
    s.box({at - 1.6f, low.y, z}, {at + 1.6f, high.y, z + 0.85f});
    s.rooflight(gpu_types::kUseMall, 0xA3B9C6);
    s.quad({glm::vec3(at - 1.2f, low.y + 0.4f, z + 0.9f), glm::vec3(at + 1.2f, low.y + 0.4f, z + 0.9f),
            glm::vec3(at + 1.2f, high.y - 0.4f, z + 0.9f), glm::vec3(at - 1.2f, high.y - 0.4f, z + 0.9f)});
  }
}

/// The roof of the court: a shell of glass on an oval, with white ribs.
void glassShell(LandmarkSpace& s, float a, float b, float z, float rise) {
  constexpr int kAround = 32;
  constexpr int kUp = 4;
  const auto ring = [&](int k) {
    const float t = 0.5f * std::numbers::pi_v<float> * static_cast<float>(k) / kUp;
    return lifted(superellipse(a * std::cos(t) + 0.01f, b * std::cos(t) + 0.01f, 2.6f, kAround),
                  z + rise * std::sin(t));
  };
  s.plain(kBand);
  s.smoothLoft(lifted(superellipse(a + 1.2f, b + 1.2f, 2.6f, kAround), z - 1.2f),
               lifted(superellipse(a + 1.2f, b + 1.2f, 2.6f, kAround), z + 0.5f));
  strip(s, superellipse(a + 1.2f, b + 1.2f, 2.6f, kAround), superellipse(a - 0.4f, b - 0.4f, 2.6f, kAround),
        z + 0.5f);
  s.rooflight(gpu_types::kUseMall, 0xA3B9C6);
  for (int k = 0; k < kUp; ++k) s.smoothLoft(ring(k), ring(k + 1));
  s.plain(kBand);
  for (size_t i = 0; i < kAround; i += 2) {
    for (int k = 0; k + 1 < kUp; ++k) s.bar(ring(k)[i], ring(k + 1)[i], 0.45f);
  }
}

}  // namespace

void drawTimevillas(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  floorVolume(s, {{-1, -1}, {1, 1}, s.foot(), h * 0.38f}, true);
  floorVolume(s, {{-0.97f, -0.80f}, {0.84f, 0.98f}, h * 0.38f, h * 0.58f}, true);
  floorVolume(s, {{-0.94f, -0.56f}, {0.62f, 0.95f}, h * 0.58f, h * 0.78f}, true);
  floorVolume(s, {{-0.91f, 0.32f}, {0.40f, 0.92f}, h * 0.78f, h}, true);
  floorVolume(s, {{-0.91f, -0.40f}, {-0.50f, 0.40f}, h * 0.78f, h * 0.96f}, false);
  floorVolume(s, {{0.52f, -0.10f}, {0.92f, 0.94f}, h * 0.38f, h * 0.88f}, false);

  for (const float side : {-1.f, 1.f}) {
    const float x0 = side < 0 ? -x * 0.88f : x * 0.16f;
    const float x1 = side < 0 ? -x * 0.16f : x * 0.88f;
    furnish(s, x0, x1, -y * 0.905f, h * 0.38f + 0.05f);
    furnish(s, x0 * 0.95f, std::min(x1, x * 0.72f), -y * 0.69f, h * 0.58f + 0.05f);
  }
  rooflights(s, {-x * 0.86f, -y * 0.3f}, {-x * 0.55f, y * 0.28f}, h * 0.96f, 3);
  rooflights(s, {-x * 0.24f, y * 0.46f}, {x * 0.30f, y * 0.8f}, h + 0.05f, 5);
  rooflights(s, {x * 0.58f, 0}, {x * 0.88f, y * 0.32f}, h * 0.88f, 3);

  // A canyon of glass from the street to the court, and the court's roof.
  const float half = std::min(11.f, x * 0.14f);
  const Ring canyon = rectangle({-half, -y * 0.995f}, {half, -y * 0.2f});
  s.facade(gpu_types::kUsePublic, 0x94A9B5);
  s.walls(canyon, s.foot(), h * 0.84f, 0.8f);
  s.rooflight(gpu_types::kUseMall, 0xA3B9C6);
  const float top = h * 0.84f;
  s.quad({glm::vec3(canyon[0], top), glm::vec3(canyon[1], top), glm::vec3(canyon[2], top),
          glm::vec3(canyon[3], top)});
  s.plain(kBand);
  for (int i = 0; i < 6; ++i) {
    const float at = -y * (0.98f - 0.12f * static_cast<float>(i));
    s.box({-half - 0.5f, at, h * 0.84f}, {half + 0.5f, at + 0.6f, h * 0.84f + 0.5f});
  }
  glassShell(s, x * 0.42f, y * 0.27f, h * 0.80f, std::min(5.5f, h * 0.2f));

  s.plain(0xB9B2A6);
  s.box({-x * 0.7f, y * 0.5f, h}, {-x * 0.36f, y * 0.74f, h + 2.2f});
  s.box({x * 0.62f, y * 0.4f, h * 0.88f}, {x * 0.82f, y * 0.66f, h * 0.88f + 2.2f});
  s.plain(kBand);  // a thin round canopy over the entrance
  const Ring disc = roundedRectangle({-half * 2.4f, -y}, {half * 2.4f, -y * 0.86f}, half, kCornerSteps);
  s.walls(disc, 5.f, 5.6f);
  s.cap(disc, 5.6f);
  s.cap(disc, 5.f, false);
}

}  // namespace city

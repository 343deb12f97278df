// SPDX-License-Identifier: Apache-2.0
// After the SW Convergence Tech-Biz Centre: two slabs in an L, a bridge of glass between them, a
// portal frame in warm metal about the entrance.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kLight = 0xEDE8DE;
constexpr uint32_t kWarm = 0xC9AF93;

void slab(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float top) {
  const Ring body = rectangle(low, high);
  s.facade(gpu_types::kUseOffice, kLight);
  s.walls(body, s.foot(), top, 0.6f);
  const Ring inner = rectangle(low + 0.4f, high - 0.4f);
  s.plain(kLight);
  s.loft(lifted(body, top), lifted(inner, top));
  s.plain(kLight, 0.7f);
  s.loft(lifted(inner, top), lifted(inner, top - 0.8f));
  s.roof(0xCFC8BC, 0.94f);
  s.cap(inner, top - 0.8f);
}

}  // namespace

void drawTechbiz(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float top = h - 2.6f;
  slab(s, {-x, y * 0.16f}, {x, y}, top);                    // the long slab along the street
  slab(s, {-x, -y}, {-x * 0.42f, y * 0.04f}, top * 0.82f);  // the short one across it
  s.facade(gpu_types::kUsePublic, 0x94A9B5);
  const Ring hall = rectangle({-x * 0.98f, y * 0.04f}, {-x * 0.30f, y * 0.16f});
  s.walls(hall, s.foot(), top * 0.7f, 0.75f);
  s.glass();
  s.cap(hall, top * 0.7f);

  // The portal frame: it wraps the meeting rooms that stand out of the long slab.
  const float z0 = top * 0.22f;
  const float z1 = top * 0.78f;
  const glm::vec2 low(x * 0.12f, -y * 0.06f);
  const glm::vec2 high(x * 0.80f, y * 0.18f);
  s.plain(kWarm);
  s.box({low.x - 0.8f, low.y, z1}, {high.x + 0.8f, high.y, z1 + 0.8f}, true);
  s.box({low.x - 0.8f, low.y, z0 - 0.8f}, {high.x + 0.8f, high.y, z0}, true);
  s.box({low.x - 0.8f, low.y, z0}, {low.x, high.y, z1});
  s.box({high.x, low.y, z0}, {high.x + 0.8f, high.y, z1});
  s.facade(gpu_types::kUseOffice, 0x8499A5, 0.9f);
  s.walls(rectangle({low.x, low.y + 0.9f}, {high.x, high.y}), z0, z1, 0.9f);
  s.plain(0xB9B2A6);
  s.box({-x * 0.1f, y * 0.38f, top - 0.8f}, {x * 0.55f, y * 0.8f, h});
  s.box({-x * 0.8f, -y * 0.6f, top * 0.82f - 0.8f}, {-x * 0.58f, -y * 0.2f, top * 0.82f + 1.6f});
}

}  // namespace city

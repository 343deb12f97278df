// SPDX-License-Identifier: Apache-2.0
// After Taewang Alpha City: ten storeys of small offices over a podium of shops, two offset slabs with
// vertical piers and a raised frame at the crown.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kPier = 0xE8E2D6;
constexpr uint32_t kGlass = 0x8499A5;

void tower(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float z0, float z1) {
  const Ring body = rectangle(low, high);
  s.facade(gpu_types::kUseOffice, kGlass);
  s.walls(body, z0, z1 - 0.9f, 0.85f);
  s.roof(0xCFC8BC, 0.95f);
  s.cap(body, z1 - 0.9f);
  s.plain(kPier);
  const auto piers = [&](glm::vec2 a, glm::vec2 b) {
    const float length = glm::distance(a, b);
    const glm::vec2 d = (b - a) / length;
    const int count = std::max(2, static_cast<int>(length / 6.f));
    for (int i = 0; i <= count; ++i) {
      const glm::vec2 p = a + d * (length * static_cast<float>(i) / static_cast<float>(count));
      s.walls(rectangle(p - 0.4f, p + 0.4f), z0, z1);
      s.cap(rectangle(p - 0.4f, p + 0.4f), z1);
    }
  };
  piers(body[0], body[1]);
  piers(body[3], body[2]);
  s.plain(kPier);  // the frame along the crown
  for (size_t i = 0; i < 4; ++i)
    s.bar(glm::vec3(body[i], z1 - 0.4f), glm::vec3(body[(i + 1) % 4], z1 - 0.4f), 0.8f);
}

}  // namespace

void drawTaewang(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float podium = std::min(10.f, h * 0.24f);
  const Ring base = rectangle({-x, -y}, {x, y});
  s.facade(gpu_types::kUseShop, 0xD8CFC0);
  s.walls(base, s.foot(), podium, 0.6f);
  s.surface(gpu_types::kSurfacePaving, 0xD6CFC3);
  s.cap(base, podium);
  s.plain(0xF0ECE4);  // the canopy over the shops
  s.loft(lifted(rectangle({-x, -y}, {x, y}), podium - 0.6f), lifted(rectangle({-x, -y}, {x, y}), podium));
  const float z1 = h - 2.6f;
  tower(s, {-x * 0.90f, -y * 0.10f}, {x * 0.60f, y * 0.86f}, podium, z1);
  tower(s, {-x * 0.50f, -y * 0.86f}, {x * 0.90f, -y * 0.10f}, podium, z1 - h * 0.10f);
  s.plain(0xB9B2A6);
  s.box({-x * 0.5f, y * 0.15f, z1 - 0.9f}, {x * 0.1f, y * 0.65f, h});
}

}  // namespace city

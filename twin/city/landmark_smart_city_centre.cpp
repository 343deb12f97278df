// SPDX-License-Identifier: Apache-2.0
// After Daegu Smart City Centre: a cube of glass behind fine vertical fins on a stone plinth, the
// control room a brighter box that shows in its face.
#include <algorithm>
#include <cmath>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kPlinth = 0xD5CDBF;
constexpr uint32_t kFin = 0xE9E6DF;
constexpr uint32_t kGlass = 0x7F95A2;

/// Fins along the edge from a to b, standing `depth` before it.
void fins(LandmarkSpace& s, glm::vec2 a, glm::vec2 b, float z0, float z1, float spacing) {
  const float length = glm::distance(a, b);
  const glm::vec2 d = (b - a) / length;
  const glm::vec2 out(d.y, -d.x);
  const int count = std::max(2, static_cast<int>(std::floor(length / spacing)));
  for (int i = 0; i <= count; ++i) {
    const glm::vec2 p = a + d * (length * static_cast<float>(i) / static_cast<float>(count));
    // A fin shows its two sides and its edge only.
    const glm::vec2 w = d * 0.12f;
    const glm::vec2 q = p + out * 0.7f;
    s.quad({glm::vec3(p - w, z0), glm::vec3(q - w, z0), glm::vec3(q - w, z1), glm::vec3(p - w, z1)});
    s.quad({glm::vec3(q - w, z0), glm::vec3(q + w, z0), glm::vec3(q + w, z1), glm::vec3(q - w, z1)});
    s.quad({glm::vec3(q + w, z0), glm::vec3(p + w, z0), glm::vec3(p + w, z1), glm::vec3(q + w, z1)});
  }
}

}  // namespace

void drawSmartCityCentre(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float plinth = std::min(5.f, h * 0.2f);
  const Ring base = rectangle({-x, -y}, {x, y});
  s.facade(gpu_types::kUseShop, kPlinth);
  s.walls(base, s.foot(), plinth, 0.6f);
  s.surface(gpu_types::kSurfacePaving, 0xDCD5C8);
  s.cap(base, plinth);

  const float c = std::min(x, y) * 0.86f;
  const glm::vec2 half(std::min(x * 0.86f, c * 1.25f), y * 0.84f);
  const float top = h - 2.4f;
  const float gap = 0.9f;  // a dark joint lifts the cube off its plinth
  s.plain(0x5F6A72, 0.5f);
  s.walls(rectangle(-half + 1.f, half - 1.f), plinth, plinth + gap);
  const Ring cube = rectangle(-half, half);
  s.plain(kFin, 0.5f);
  s.cap(cube, plinth + gap, false);
  s.facade(gpu_types::kUseOffice, kGlass);
  s.walls(cube, plinth + gap, top, 0.85f);
  s.plain(kFin);
  s.box({-half.x - 0.7f, -half.y - 0.7f, top}, {half.x + 0.7f, half.y + 0.7f, top + 0.6f}, true);
  for (size_t i = 0; i < 4; ++i) fins(s, cube[i], cube[(i + 1) % 4], plinth + gap, top, 2.4f);

  // The control room looks out of two faces.
  const float roomLow = plinth + (top - plinth) * 0.38f;
  const float roomHigh = plinth + (top - plinth) * 0.64f;
  s.glass(0xB7CBD6);
  s.box({half.x * 0.28f, -half.y - 1.1f, roomLow}, {half.x + 1.1f, half.y * 0.15f, roomHigh}, true);
  s.plain(kFin);
  s.box({half.x * 0.26f, -half.y - 1.3f, roomHigh}, {half.x + 1.3f, half.y * 0.17f, roomHigh + 0.35f}, true);
  s.box({half.x * 0.26f, -half.y - 1.3f, roomLow - 0.35f}, {half.x + 1.3f, half.y * 0.17f, roomLow}, true);

  s.plain(0xB9B2A6);
  s.box({-half.x * 0.6f, -half.y * 0.4f, top + 0.6f}, {half.x * 0.3f, half.y * 0.5f, h});
  s.plain(kFin);  // the entrance canopy
  s.box({-x * 0.35f, -y, plinth * 0.72f}, {x * 0.1f, -y * 0.84f, plinth * 0.72f + 0.35f}, true);
}

}  // namespace city

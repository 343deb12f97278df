// SPDX-License-Identifier: Apache-2.0
// After Daegu Stadium Mall: low shops set into the slope before the stadium, a walkable green roof, a
// sunken court and a drum of glass over it.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {

void drawStadiumMall(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float deck = h * 0.62f;
  const float radius = std::min(14.f, y * 0.6f);
  const Ring base = roundedRectangle({-x, -y}, {x, y}, radius, 5);
  s.facade(gpu_types::kUseMall, 0xE0D7C8);
  s.walls(base, s.foot(), deck - 0.8f, 0.6f);
  s.plain(0xF0ECE4);
  s.smoothLoft(lifted(base, deck - 0.8f), lifted(base, deck));
  s.surface(gpu_types::kSurfacePaving, 0xD9D2C6);
  s.cap(base, deck);
  s.surface(gpu_types::kSurfaceTerrain, 0x99AA7F);  // lawns on the roof, paths between them
  const int lawns = std::clamp(static_cast<int>(x / 14.f), 2, 7);
  for (int i = 0; i < lawns; ++i) {
    const float w = 2 * x * 0.94f / static_cast<float>(lawns);
    const float at = -x * 0.94f + w * static_cast<float>(i);
    const Ring lawn = roundedRectangle({at + 1.6f, -y * 0.82f}, {at + w - 1.6f, -y * 0.12f}, 4, 3);
    s.surface(gpu_types::kSurfacePlain, 0xDCD6CA);
    s.walls(lawn, deck, deck + 0.45f);
    s.surface(gpu_types::kSurfaceTerrain, 0x99AA7F);
    s.cap(lawn, deck + 0.45f);
  }
  // The upper row of shops behind the lawns.
  const Ring upper = roundedRectangle({-x * 0.9f, y * 0.12f}, {x * 0.62f, y * 0.92f}, radius * 0.6f, 5);
  s.facade(gpu_types::kUseMall, 0xE8E0D3);
  s.walls(upper, deck, h * 0.92f, 0.8f);
  s.roof(0xCFC8BC);
  s.cap(upper, h * 0.92f);
  // The drum.
  Ring drum = superellipse(std::min(9.f, x * 0.16f), std::min(9.f, y * 0.6f), 2, 18);
  for (glm::vec2& p : drum) p += glm::vec2(x * 0.78f, y * 0.2f);
  s.rooflight(gpu_types::kUseMall, 0xA3B9C5);
  s.smoothLoft(lifted(drum, deck), lifted(drum, h - 0.5f));
  s.plain(0xF0ECE4);
  s.smoothLoft(lifted(drum, h - 0.5f), lifted(drum, h));
  s.cap(drum, h);
}

}  // namespace city

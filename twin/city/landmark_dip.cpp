// SPDX-License-Identifier: Apache-2.0
// After the Daegu Digital Innovation Promotion Agency: six storeys of offices in deep horizontal bands,
// split by a glass atrium that rises above them.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kBand = 0xECE7DD;
constexpr uint32_t kGlass = 0x8499A5;

/// A wing of `storeys` bands: ribbon windows with sunshades before them.
void wing(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float top, int storeys) {
  const Ring body = rectangle(low, high);
  s.facade(gpu_types::kUseOffice, kGlass);
  s.walls(body, s.foot(), top - 0.8f, 0.6f);
  s.plain(kBand);
  const float storey = top / static_cast<float>(storeys);
  for (int i = 1; i <= storeys; ++i) {
    const float z = storey * static_cast<float>(i);
    const Ring shade = rectangle(low - 0.55f, high + 0.55f);
    s.plain(kBand);
    s.walls(shade, z - 1.05f, z);
    if (i == storeys) {
      s.roof(0xCFC8BC);
      s.cap(shade, z);
    } else {
      s.cap(shade, z);
    }
    s.plain(kBand, 0.55f);
    s.cap(shade, z - 1.05f, false);
  }
}

}  // namespace

void drawDip(LandmarkSpace& s) {
  const float x = s.halfX() - 0.6f;
  const float y = s.halfY() - 0.6f;
  const float h = s.height();
  const int storeys = std::clamp(s.building().storeys, 3, 12);
  const float roof = h - 2.8f;
  wing(s, {-x, -y}, {x * 0.08f, y}, roof, storeys);
  wing(s, {x * 0.30f, -y * 0.82f}, {x, y},
       roof * static_cast<float>(storeys - 1) / static_cast<float>(storeys), storeys - 1);

  const Ring atrium = rectangle({x * 0.08f, -y * 0.9f}, {x * 0.30f, y * 0.8f});
  s.facade(gpu_types::kUsePublic, 0x94A9B5);
  s.walls(atrium, s.foot(), h - 1.4f, 0.75f);
  s.rooflight(gpu_types::kUseOffice, 0x8FA7B5);
  const float top = h - 1.4f;
  s.quad({glm::vec3(atrium[0], top), glm::vec3(atrium[1], top), glm::vec3(atrium[2], top),
          glm::vec3(atrium[3], top)});
  s.plain(0xB9B2A6);
  s.box({-x * 0.72f, -y * 0.35f, roof}, {-x * 0.22f, y * 0.4f, h});
  s.plain(kBand);
  s.box({-x * 0.06f, -y - 0.6f, 4.2f}, {x * 0.44f, -y * 0.78f, 4.7f}, true);
}

}  // namespace city

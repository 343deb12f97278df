// SPDX-License-Identifier: Apache-2.0
// A museum after Daegu Art Museum: long low bars of pale stone that slide past each other along the
// slope, a tall glazed hall where they interlock.
#include <algorithm>
#include <array>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kStone = 0xE4DCCD;
constexpr uint32_t kStoneDark = 0xD2C8B7;
constexpr uint32_t kRoof = 0xCFC9BE;

/// A closed bar: blank stone walls, a recessed clerestory of glass below the roof slab.
void drawBar(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float z0, float z1, uint32_t color) {
  const float slab = 0.7f;
  const float clerestory = 1.5f;
  const Ring body = rectangle(low, high);
  s.facade(gpu_types::kUseCulture, color);
  s.walls(body, z0, z1 - slab - clerestory, 0.6f);
  s.roof(kRoof, 0.75f);
  s.cap(body, z1 - slab - clerestory);
  s.glass(0x8FA7B5, 0.8f);
  s.walls(rectangle(low + 1.2f, high - 1.2f), z1 - slab - clerestory, z1 - slab);
  s.plain(kStone, 0.6f);
  s.cap(body, z1 - slab, false);
  s.plain(kStone);
  s.walls(body, z1 - slab, z1);
  s.roof(kRoof);
  s.cap(body, z1);
}

}  // namespace

void drawArtMuseum(LandmarkSpace& s) {
  const std::array<glm::vec2, 4> wings{glm::vec2(0.95f, 0.6f), glm::vec2(-0.95f, 0.6f),
                                       glm::vec2(-0.8f, -0.6f), glm::vec2(0.6f, -0.9f)};
  s.turnToCover(wings);
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float foot = s.foot();
  drawBar(s, {-x, y * 0.02f}, {x, y}, foot, h * 0.62f, kStone);                        // the long gallery
  drawBar(s, {-x * 0.89f, -y}, {x * 0.68f, -y * 0.18f}, foot, h * 0.44f, kStoneDark);  // galleries below it
  // A second storey of the gallery slides over the first and hangs out at its end.
  drawBar(s, {-x * 0.98f, y * 0.16f}, {-x * 0.16f, y * 0.9f}, h * 0.62f, h * 0.88f, kStone);

  // The hall where the bars meet, taller than they, all glass between two stone fins.
  const glm::vec2 low(-x * 0.04f, -y * 0.96f);
  const glm::vec2 high(x * 0.30f, y * 0.82f);
  s.facade(gpu_types::kUsePublic, 0x94A9B5);
  s.walls(rectangle({low.x + 1.f, low.y + 2.f}, {high.x - 1.f, high.y}), foot, h - 1.2f, 0.7f);
  s.plain(kStone);
  s.box({low.x, low.y, h - 1.2f}, {high.x, high.y, h}, true);
  s.walls(rectangle({low.x, low.y}, {low.x + 1.1f, high.y}), foot, h - 1.2f, 0.7f);
  s.walls(rectangle({high.x - 1.1f, low.y}, {high.x, high.y}), foot, h - 1.2f, 0.7f);

  // A lantern bar across the lower galleries looks out over the entrance court.
  const Ring lantern = rectangle({-x * 0.62f, -y}, {-x * 0.40f, y * 0.02f});
  s.facade(gpu_types::kUseCulture, kStone);
  s.walls(lantern, h * 0.44f, h * 0.72f, 0.8f);
  s.roof(kRoof);
  s.cap(lantern, h * 0.72f);
  s.glass();
  s.quad({glm::vec3(-x * 0.60f, -y - 0.1f, h * 0.48f), glm::vec3(-x * 0.42f, -y - 0.1f, h * 0.48f),
          glm::vec3(-x * 0.42f, -y - 0.1f, h * 0.69f), glm::vec3(-x * 0.60f, -y - 0.1f, h * 0.69f)});
  for (int i = 0; i < 5; ++i) {  // skylights over the long gallery
    const float at = x * 0.38f + static_cast<float>(i) * x * 0.12f;
    s.glass();
    s.box({at, y * 0.24f, h * 0.62f}, {at + x * 0.06f, y * 0.80f, h * 0.62f + 1.1f});
  }
}

}  // namespace city

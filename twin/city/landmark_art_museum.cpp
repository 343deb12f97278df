// SPDX-License-Identifier: Apache-2.0
// A museum after Daegu Art Museum: long low bars of pale stone that slide past each other along the
// slope, a tall glazed hall where they interlock.
#include <algorithm>

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
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float foot = s.foot();
  drawBar(s, {-x, -y * 0.30f}, {x * 0.46f, y * 0.16f}, foot, h * 0.72f, kStone);       // the long gallery
  drawBar(s, {-x * 0.52f, y * 0.24f}, {x, y * 0.98f}, foot, h * 0.58f, kStoneDark);    // galleries along the hill
  drawBar(s, {-x * 0.72f, -y}, {x * 0.10f, -y * 0.42f}, foot, h * 0.46f, kStoneDark);  // education wing

  // The hall where the bars meet, taller than they, all glass between two stone fins.
  const glm::vec2 low(-x * 0.12f, -y * 0.44f);
  const glm::vec2 high(x * 0.14f, y * 0.62f);
  s.facade(gpu_types::kUsePublic, 0xA3B7C2);
  s.walls(rectangle(low, high), foot, h - 1.2f, 0.7f);
  s.plain(kStone);
  s.box({low.x - 1.5f, low.y - 1.5f, h - 1.2f}, {high.x + 1.5f, high.y + 1.5f, h - 0.4f}, true);
  s.box({low.x - 1.2f, low.y - 3.5f, foot}, {low.x, high.y + 1.f, h});
  s.box({high.x, low.y - 3.5f, foot}, {high.x + 1.2f, high.y + 1.f, h});

  // The lantern bar rides across the long gallery and looks out over the entrance court.
  const float lift = h * 0.72f;
  s.facade(gpu_types::kUseCulture, kStone);
  const Ring lantern = rectangle({x * 0.22f, -y * 0.92f}, {x * 0.40f, y * 0.30f});
  s.walls(lantern, h * 0.5f, h * 0.86f);
  s.plain(kStone, 0.5f);
  s.cap(lantern, h * 0.5f, false);
  s.roof(kRoof);
  s.cap(lantern, h * 0.86f);
  s.plain(kStone, 0.85f);
  for (const float at : {0.24f, 0.38f}) s.box({x * at - 0.4f, -y * 0.88f, foot}, {x * at + 0.4f, -y * 0.88f + 0.8f, h * 0.5f});
  s.glass();
  for (int i = 0; i < 5; ++i) {  // saw-tooth skylights over the long gallery
    const float at = -x * 0.9f + static_cast<float>(i) * x * 0.15f;
    s.box({at, -y * 0.22f, lift}, {at + x * 0.05f, y * 0.08f, std::min(h, lift + 1.1f)});
  }
}

}  // namespace city

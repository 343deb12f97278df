// SPDX-License-Identifier: Apache-2.0
// A museum after Daegu Kansong Art Museum: terraces of stone that step down the hill, a row of slender
// timber columns before the hall and a wide thin roof that floats on them.
#include <algorithm>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kStone = 0xCFC5B4;
constexpr uint32_t kPlaster = 0xECE6DA;
constexpr uint32_t kTimber = 0xA88D70;

void terrace(LandmarkSpace& s, glm::vec2 low, glm::vec2 high, float z) {
  const Ring ring = rectangle(low, high);
  s.plain(kStone);
  s.walls(ring, s.foot(), z, 0.65f);
  s.surface(gpu_types::kSurfacePaving, 0xD9D2C5);
  s.cap(ring, z);
}

}  // namespace

void drawKansongMuseum(LandmarkSpace& s) {
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  terrace(s, {-x, -y}, {x, y}, h * 0.14f);
  terrace(s, {-x, -y * 0.62f}, {x * 0.72f, y}, h * 0.30f);

  // The hall behind the columns and the higher gallery at its end.
  const float floorZ = h * 0.30f;
  const float eaves = h * 0.70f;
  const glm::vec2 low(-x * 0.88f, -y * 0.10f);
  const glm::vec2 high(x * 0.50f, y * 0.90f);
  s.facade(gpu_types::kUseCulture, kPlaster);
  s.walls(rectangle(low, high), floorZ, eaves, 0.7f);
  s.facade(gpu_types::kUsePublic, 0xA9B9C0, 0.8f);
  s.walls(rectangle({low.x + 1, low.y - 0.1f}, {high.x - 1, low.y + 0.2f}), floorZ, eaves - 0.8f, 0.7f,
          floorZ);

  const float roofFront = -y * 0.56f;
  s.plain(0xDAD3C6);
  s.box({low.x - 2, roofFront, eaves}, {high.x + 2, high.y + 0.6f, eaves + 0.8f}, true);
  s.plain(kTimber);
  const int columns = 10;
  for (int i = 0; i < columns; ++i) {
    const float at = low.x + (high.x - low.x) * (static_cast<float>(i) + 0.5f) / static_cast<float>(columns);
    s.column({at, roofFront + 1.6f, floorZ}, 0.45f, eaves - floorZ, 6);
  }

  // The treasury: a closed stone block that rises through the roof.
  const Ring block = rectangle({-x * 0.46f, y * 0.22f}, {x * 0.06f, y * 0.82f});
  s.facade(gpu_types::kUsePlant, kStone);
  s.walls(block, eaves + 0.8f, h, 0.8f);
  s.roof(0xC6BEB0);
  s.cap(block, h);

  // The garden pavilion on the lower terrace.
  s.facade(gpu_types::kUsePublic, 0xA9B9C0, 0.9f);
  const Ring pavilion = rectangle({x * 0.60f, -y * 0.20f}, {x * 0.92f, y * 0.50f});
  s.walls(pavilion, h * 0.14f, h * 0.46f, 0.7f, h * 0.14f);
  s.plain(kTimber);
  s.box({x * 0.57f, -y * 0.30f, h * 0.46f}, {x * 0.95f, y * 0.56f, h * 0.50f}, true);

  // Broad stairs up to the terraces.
  s.plain(0xDDD6C9);
  for (int i = 0; i < 4; ++i) {
    const float f = static_cast<float>(i);
    s.box({-x * 0.2f, -y * (0.86f - 0.06f * f), h * 0.14f},
          {x * 0.2f, -y * 0.62f, h * (0.14f + 0.04f * (f + 0.9f))});
  }
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
// The car park of Timevillas: open decks, light parapet bands with dark gaps between them, columns, and
// a round ramp at one corner.
#include <algorithm>
#include <cmath>

#include "twin/city/landmark.h"

namespace city {
namespace {

constexpr uint32_t kBand = 0xE9E4D9;
constexpr int kRampSides = 20;

}  // namespace

void drawTimevillasParking(LandmarkSpace& s) {
  const float ramp = std::min({11.f, s.halfX() * 0.3f, s.halfY() * 0.5f});
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const int decks = std::clamp(s.building().storeys, 2, 12);
  const float storey = h / static_cast<float>(decks);
  const Ring body = rectangle({-x, -y}, {x - ramp, y});
  const Ring dark = rectangle({-x + 1.4f, -y + 1.4f}, {x - ramp - 0.2f, y - 1.4f});

  s.plain(0x6E6C69, 0.55f);  // what shows between the decks
  s.walls(dark, s.foot(), h - 1.1f, 0.6f);
  for (int i = 0; i < decks; ++i) {
    const float top = storey * static_cast<float>(i + 1);
    const float low = i == decks - 1 ? top - 1.5f : top - storey * 0.32f - 0.4f;
    s.plain(kBand);
    s.walls(body, low, top);
    s.plain(kBand, 0.5f);
    s.cap(body, low, false);
  }
  s.facade(gpu_types::kUseParking, 0xD2CCC1, 0.9f);
  s.walls(body, s.foot(), std::min(1.1f, storey * 0.3f), 0.6f);
  const Ring inner = rectangle({-x + 0.3f, -y + 0.3f}, {x - ramp - 0.3f, y - 0.3f});
  s.plain(kBand);
  s.loft(lifted(body, h), lifted(inner, h));
  s.plain(kBand, 0.7f);
  s.loft(lifted(inner, h), lifted(inner, h - 1.1f));
  s.surface(gpu_types::kSurfaceParking, 0x8B8C8B);
  s.cap(inner, h - 1.1f);

  s.plain(0xD9D3C7);  // columns in the gaps
  const int count = std::max(2, static_cast<int>((x * 2 - ramp) / 11.f));
  for (int i = 0; i <= count; ++i) {
    const float at = -x + 0.8f + (x * 2 - ramp - 1.6f) * static_cast<float>(i) / static_cast<float>(count);
    for (const float side : {-1.f, 1.f}) {
      const float yy = side * (y - 0.8f);
      s.walls(rectangle({at - 0.4f, yy - 0.4f}, {at + 0.4f, yy + 0.4f}), s.foot(), h - 1.2f);
    }
  }

  // The ramp: a drum of bands about a dark core.
  const glm::vec2 centre(x - ramp, -y + ramp);
  const auto drum = [&](float r) {
    Ring ring = superellipse(r, r, 2, kRampSides);
    for (glm::vec2& p : ring) p += centre;
    return ring;
  };
  s.plain(0x6E6C69, 0.6f);
  s.smoothLoft(lifted(drum(ramp - 1.2f), s.foot()), lifted(drum(ramp - 1.2f), h - 0.5f));
  for (int i = 0; i < decks; ++i) {
    const float top = storey * (static_cast<float>(i) + 0.75f);
    s.plain(kBand);
    s.smoothLoft(lifted(drum(ramp), top - storey * 0.42f), lifted(drum(ramp), top));
    s.plain(kBand, 0.7f);
    s.cap(drum(ramp), top);
    s.plain(kBand, 0.5f);
    s.cap(drum(ramp), top - storey * 0.42f, false);
  }
  s.roof(0xCFC8BC);
  s.cap(drum(ramp - 1.2f), h - 0.5f);
}

}  // namespace city

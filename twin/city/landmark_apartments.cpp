// SPDX-License-Identifier: Apache-2.0
// The apartment slabs of Alpha City: balconied fronts between white end walls, lift cores that rise over
// the roof, and the colour stripe by which each estate is known.
#include <algorithm>
#include <cmath>

#include "twin/city/landmark.h"
#include "twin/city/slab_relief.h"

namespace city {
namespace {

struct Estate {
  uint32_t wall;
  uint32_t end;     // the narrow sides
  uint32_t stripe;  // down the lift cores
  bool frame;       // a frame over the roof
};

/// Balcony slabs at every storey would be thousands of faces; the facade shader draws them. What shows
/// in the outline is built: cores, end walls, crown.
void drawSlab(LandmarkSpace& s, const Estate& estate) {
  faceSun(s);
  const float x = s.halfX();
  const float y = s.halfY();
  const float h = s.height();
  const float crown = std::min(3.6f, h * 0.12f);
  const float roof = h - crown;
  const Ring outline = s.outline();
  const Ring inner = offsetRing(outline, 0.4f);
  s.facade(gpu_types::kUseApartment, estate.wall);
  s.walls(outline, s.foot(), roof, 0.6f);
  if (inner.empty()) {
    s.roof(0xCFC8BC);
    s.cap(outline, roof);
  } else {
    s.plain(estate.wall);
    s.loft(lifted(outline, roof), lifted(inner, roof));
    s.plain(estate.wall, 0.7f);
    s.loft(lifted(inner, roof), lifted(inner, roof - 0.9f));
    s.roof(0xCFC8BC, 0.94f);
    s.cap(inner, roof - 0.9f);
  }
  s.plain(estate.end);  // end walls stand a little proud of the slab where the outline is straight there
  for (const float side : {-1.f, 1.f}) {
    const glm::vec2 corner(side * (x - 0.15f), y * 0.8f);
    if (!s.covers(corner) || !s.covers(corner * glm::vec2(1, -1))) continue;
    s.box({std::min(side * (x - 0.5f), side * (x + 0.25f)), -y - 0.25f, s.foot()},
          {std::max(side * (x - 0.5f), side * (x + 0.25f)), y + 0.25f, roof + 0.3f});
  }
  const int cores = coresOf(x);
  for (int i = 0; i < cores; ++i) {
    const float at = ((static_cast<float>(i) + 0.5f) / static_cast<float>(cores) * 2 - 1) * x;
    if (!s.covers({at, y * 0.5f}) || !s.covers({at, y * 0.85f})) continue;
    const float w = std::min(3.2f, x * 0.4f);
    s.plain(estate.wall);
    s.box({at - w, y * 0.1f, roof - 0.9f}, {at + w, y * 0.9f, h - (i % 2 == 0 ? 0.f : 0.8f)});
    s.plain(estate.stripe);
    s.box({at - w * 0.55f, y * 0.3f, roof}, {at + w * 0.55f, y * 0.95f, h - 0.3f});
  }
  if (isPlainSlab(s.building())) drawSlabRelief(s, estate.wall, estate.stripe, roof);
  if (!estate.frame) return;
  s.plain(estate.end);
  const float z = roof + 2.2f;
  const float reach = x - 0.6f;
  if (!s.covers({reach, -y * 0.8f}) || !s.covers({-reach, -y * 0.8f})) return;
  s.bar({-reach, -y + 0.4f, z}, {reach, -y + 0.4f, z}, 0.6f);
  const int posts = std::max(2, static_cast<int>(x * 2 / 12.f));
  for (int i = 0; i <= posts; ++i) {
    const float at = -reach + 2 * reach * static_cast<float>(i) / static_cast<float>(posts);
    s.bar({at, -y + 0.4f, roof}, {at, -y + 0.4f, z}, 0.5f);
  }
}

}  // namespace

void drawCheongaram(LandmarkSpace& s) {
  drawSlab(s, {0xEFEBE3, 0xF4F1EA, 0xA9BFB4, true});
}
void drawDonghwa(LandmarkSpace& s) {
  drawSlab(s, {0xE9E1D4, 0xF1EBE1, 0xC2A58A, false});
}

}  // namespace city

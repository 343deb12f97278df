// SPDX-License-Identifier: Apache-2.0
#include "twin/city/office_forms.h"

#include <algorithm>

#include "engine/base/hash.h"
#include "twin/city/facade.h"
#include "twin/city/landmark_space.h"

namespace city {
namespace {

constexpr uint32_t kPlant = 0xB9B2A6;
constexpr uint32_t kGlass = 0x8FA3AF;
constexpr uint32_t kRoof = 0xCFC8BC;

struct Office {
  LandmarkSpace& s;
  float x, y, h;       // half sides and height
  uint32_t use, wall;  // facade use and 0xRRGGBB
  base::Random& random;

  float between(double low, double high) const { return static_cast<float>(random.uniform(low, high)); }
};

/// A volume with a parapet.
void volume(const Office& o, glm::vec2 low, glm::vec2 high, float z0, float z1, uint32_t rgb, float foot) {
  const Ring ring = rectangle(low, high);
  const Ring inner = rectangle(low + 0.35f, high - 0.35f);
  o.s.facade(o.use, rgb);
  o.s.walls(ring, z0, z1, foot);
  o.s.plain(rgb);
  o.s.loft(lifted(ring, z1), lifted(inner, z1));
  o.s.plain(rgb, 0.7f);
  o.s.loft(lifted(inner, z1), lifted(inner, z1 - 0.6f));
  o.s.roof(kRoof, 0.94f);
  o.s.cap(inner, z1 - 0.6f);
}

void plantRoom(const Office& o, glm::vec2 low, glm::vec2 high, float roof) {
  const glm::vec2 size = high - low;
  const glm::vec2 half = size * glm::vec2(o.between(0.16, 0.26), o.between(0.2, 0.3));
  const glm::vec2 centre =
      (low + high) * 0.5f + size * glm::vec2(o.between(-0.16, 0.16), o.between(-0.12, 0.12));
  o.s.plain(kPlant);
  o.s.box(glm::vec3(centre - half, roof), glm::vec3(centre + half, roof + o.between(2.4, 3.4)));
}

/// The upper storeys step back from one end; the terrace is planted.
void stepped(const Office& o) {
  const float storey = o.h / static_cast<float>(o.s.building().storeys);
  const float step = storey * std::round(static_cast<float>(o.s.building().storeys) * o.between(0.45, 0.7));
  const float cut = o.x * o.between(0.4, 0.7);
  volume(o, {-o.x, -o.y}, {o.x, o.y}, o.s.foot(), step, o.wall, 0.6f);
  o.s.surface(gpu_types::kSurfaceTerrain, 0x9DAE7E, 0.9f);
  o.s.cap(rectangle({o.x - cut + 1.2f, -o.y + 1.4f}, {o.x - 1.4f, o.y - 1.4f}), step - 0.35f);
  const glm::vec2 low(-o.x + 0.01f, -o.y + 0.01f);
  const glm::vec2 high(o.x - cut, o.y - 0.01f);
  volume(o, low, high, step - 0.6f, o.h, o.wall, 1.f);
  plantRoom(o, low, high, o.h - 0.6f);
}

/// Slabs that stand out at every storey shade ribbons of glass.
void banded(const Office& o) {
  const int storeys = o.s.building().storeys;
  const float storey = o.h / static_cast<float>(storeys);
  const Ring body = rectangle({-o.x + 0.5f, -o.y + 0.5f}, {o.x - 0.5f, o.y - 0.5f});
  const Ring shade = rectangle({-o.x, -o.y}, {o.x, o.y});
  o.s.facade(o.use, kGlass);
  o.s.walls(body, o.s.foot(), o.h - 0.3f, 0.6f);
  for (int i = 1; i <= storeys; ++i) {
    const float z = storey * static_cast<float>(i);
    const float deep = i == storeys ? 1.2f : 0.55f;
    o.s.plain(o.wall);
    o.s.walls(shade, z - deep, z);
    if (i == storeys) {
      o.s.roof(kRoof);
      o.s.cap(shade, z);
    } else {
      o.s.loft(lifted(shade, z), lifted(body, z));
    }
    o.s.plain(o.wall, 0.55f);
    o.s.loft(lifted(body, z - deep), lifted(shade, z - deep));
  }
  plantRoom(o, {-o.x, -o.y}, {o.x, o.y}, o.h);
}

/// A slab of offices and, at its end, the blank shaft with stairs and lifts that rises over it.
void cored(const Office& o) {
  const float shaft = std::min(5.5f, o.x * 0.34f);
  volume(o, {-o.x + shaft, -o.y}, {o.x, o.y}, o.s.foot(), o.h, o.wall, 0.6f);
  const Ring core = rectangle({-o.x, -o.y * 0.72f}, {-o.x + shaft + 0.4f, o.y * 0.5f});
  const float rise = o.between(2.2, 3.6);
  o.s.facade(gpu_types::kUsePlant, 0xD2CABD);
  o.s.walls(core, o.s.foot(), o.h + rise, 0.6f);
  o.s.roof(kRoof);
  o.s.cap(core, o.h + rise);
  o.s.glass(0x8FA7B5, 0.95f);  // the lift lobby's window, over the full height
  o.s.quad({glm::vec3(-o.x - 0.04f, 1.2f, 1.f), glm::vec3(-o.x - 0.04f, -1.2f, 1.f),
            glm::vec3(-o.x - 0.04f, -1.2f, o.h - 1), glm::vec3(-o.x - 0.04f, 1.2f, o.h - 1)});
  plantRoom(o, {-o.x * 0.2f, -o.y}, {o.x, o.y}, o.h - 0.6f);
}

/// End walls and a roof slab frame a front of glass that stands back behind them.
void framed(const Office& o) {
  const float wall = 1.f;
  const float back = 0.9f;
  const float slab = 1.1f;
  o.s.facade(gpu_types::kUsePlant, o.wall);
  o.s.walls(rectangle({-o.x, -o.y}, {-o.x + wall, o.y}), o.s.foot(), o.h - slab, 0.6f);
  o.s.walls(rectangle({o.x - wall, -o.y}, {o.x, o.y}), o.s.foot(), o.h - slab, 0.6f);
  const Ring body = rectangle({-o.x + wall, -o.y + back}, {o.x - wall, o.y - back});
  o.s.facade(o.use, kGlass, 0.92f);
  o.s.walls(body, o.s.foot(), o.h - slab, 0.6f);
  o.s.plain(o.wall);
  const Ring roof = rectangle({-o.x, -o.y}, {o.x, o.y});
  o.s.walls(roof, o.h - slab, o.h);
  o.s.plain(o.wall, 0.5f);
  o.s.cap(roof, o.h - slab, false);
  o.s.roof(kRoof);
  o.s.cap(roof, o.h);
  plantRoom(o, {-o.x, -o.y}, {o.x, o.y}, o.h);
}

}  // namespace

bool addOfficeForm(importing::MeshBuilder& mesh, const Building& b) {
  const bool office = b.use == "office" || b.use == "research" || b.use == "hotel" || b.use == "hospital";
  const double boxArea = 4.0 * static_cast<double>(b.box.half.x) * static_cast<double>(b.box.half.y);
  const bool plain = b.footprint.outer.size() == 4 && b.footprint.holes.empty() && b.area > 0.97 * boxArea;
  if (!office || !plain || b.roof != "flat" || b.foot >= b.groundLow) return false;
  if (b.storeys < 4 || b.box.half.y < 6 || b.groundHigh - b.base > b.height() * 0.4f) return false;
  base::Random random(b.seed + 3);
  LandmarkSpace space(mesh, b);
  if (random.uniform() < 0.5) space.turn(2);
  const uint32_t wall = hexOf(b.wallColor);
  const Office o{space, space.halfX(), space.halfY(), b.height(), b.facadeUse, wall, random};
  const double choice = random.uniform();
  if (choice < 0.26) {
    stepped(o);
  } else if (choice < 0.44) {
    banded(o);
  } else if (choice < 0.64) {
    cored(o);
  } else if (choice < 0.80) {
    framed(o);
  } else {
    return false;
  }
  return true;
}

}  // namespace city

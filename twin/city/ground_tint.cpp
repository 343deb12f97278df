// SPDX-License-Identifier: Apache-2.0
#include "twin/city/ground_tint.h"

#include <algorithm>
#include <cmath>

#include "engine/math/pack.h"
#include "twin/city/palette.h"
#include "twin/city/rings.h"

namespace city {
namespace {

class TintPainter {
 public:
  explicit TintPainter(GroundTint& tint) : tint_(tint) {}

  /// Paints the lattice points inside the polygon, with `strength` 0..1 of the colour.
  void paint(const Feature& polygon, uint32_t rgb, float strength) {
    if (polygon.type != GeometryType::Polygon || polygon.rings.empty()) return;
    const auto [low, high] = extentOf(polygon.rings[0]);
    const auto first = [&](double x, double origin) {
      return static_cast<uint32_t>(std::max(0.0, std::ceil((x - origin) / tint_.spacing)));
    };
    const auto last = [&](double x, double origin, uint32_t count) {
      return static_cast<uint32_t>(
          std::clamp(std::floor((x - origin) / tint_.spacing) + 1, 0.0, double(count)));
    };
    const uint32_t columnEnd = last(high.x, tint_.southWest.x, tint_.columns);
    const uint32_t rowEnd = last(high.y, tint_.southWest.y, tint_.rows);
    for (uint32_t row = first(low.y, tint_.southWest.y); row < rowEnd; ++row) {
      for (uint32_t column = first(low.x, tint_.southWest.x); column < columnEnd; ++column) {
        if (!contains(polygon, tint_.southWest + glm::dvec2(column, row) * tint_.spacing)) continue;
        uint32_t& color = tint_.colors[size_t{row} * tint_.columns + column];
        color = mixed(color, math::packHex(rgb), strength);
      }
    }
  }

 private:
  static uint32_t mixed(uint32_t a, uint32_t b, float t) {
    return glm::packUnorm4x8(glm::mix(glm::unpackUnorm4x8(a), glm::unpackUnorm4x8(b), t));
  }
  GroundTint& tint_;
};

}  // namespace

uint32_t lotColor(const Feature& lot) {
  const std::string use = lot.text("landuse");
  if (use == "commercial") return 0xD6D0C4;
  if (use == "industry") return 0xD2CEC4;
  if (use == "public") return 0xCFCDBF;
  if (use == "green") return palette::kMeadow;
  return 0xC9C7B2;  // residential: yards
}

uint32_t greenColor(const Feature& green) {
  const std::string kind = green.text("kind");
  if (kind == "wood") return palette::kWoodFloor;
  if (kind == "farmland") return palette::kFarmland;
  if (kind == "plaza") return palette::kPlaza;
  if (kind == "pitch") return palette::kPitch;
  if (kind == "parking") return palette::kParkingAsphalt;
  if (kind == "grass") return palette::kLawn;
  return palette::kMeadow;
}

GroundTint tintGround(const CityData& data) {
  GroundTint tint;
  if (!data.terrain.empty()) {
    tint.southWest = data.terrain.southWest();
    tint.spacing = data.terrain.spacing();
    tint.columns = data.terrain.columns();
    tint.rows = data.terrain.rows();
  } else {
    const glm::dvec2 size = glm::max(data.high - data.low, glm::dvec2(100));
    tint.spacing = std::max(25.0, std::max(size.x, size.y) / 150);
    tint.southWest = data.low - 2 * tint.spacing;
    tint.columns = static_cast<uint32_t>(std::ceil(size.x / tint.spacing)) + 5;
    tint.rows = static_cast<uint32_t>(std::ceil(size.y / tint.spacing)) + 5;
  }
  tint.colors.assign(size_t{tint.columns} * tint.rows, math::packHex(0xB4BB98));
  TintPainter painter(tint);
  for (const Feature& lot : data.lots) painter.paint(lot, lotColor(lot), 0.8f);
  for (const Feature& green : data.green) {
    const std::string kind = green.text("kind");
    if (kind != "parking" && kind != "pitch")
      painter.paint(green, greenColor(green), kind == "wood" || kind == "farmland" ? 1.f : 0.6f);
  }
  return tint;
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/building.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/hash.h"
#include "engine/math/pack.h"
#include "shaders/shared/gpu_types.h"

namespace city {
namespace {

constexpr float kSkirt = 1.5f;             // walls reach this far below the lowest ground
constexpr float kLeastAboveGround = 2.4f;  // no building drowns in the slope behind it
constexpr float kLandmarkSunk = 0.15f;  // share of a landmark's height that may lie below the highest ground
constexpr float kHighest = 700.f;       // a taller building is a typing error
constexpr float kSampleStep = 10.f;

struct UseStyle {
  const char* use;
  uint32_t facade;
  float storey;        // metres
  float usualStoreys;  // where neither height nor storeys are given
  uint32_t color;      // of the walls when the material is not given
};

constexpr std::array<UseStyle, 16> kUses{{
    {"office", gpu_types::kUseOffice, 4.0f, 6, 0xE3DDD2},
    {"research", gpu_types::kUseOffice, 4.0f, 5, 0xEFEBE3},
    {"apartment", gpu_types::kUseApartment, 2.9f, 15, 0xEFEBE3},
    {"detached", gpu_types::kUseDetached, 3.2f, 2, 0xE3DDD2},
    {"shop", gpu_types::kUseShop, 3.8f, 3, 0xD8D0C4},
    {"mall", gpu_types::kUseMall, 6.0f, 5, 0xE3DDD2},
    {"parking", gpu_types::kUseParking, 3.3f, 4, 0xD8D0C4},
    {"school", gpu_types::kUsePublic, 3.6f, 4, 0xE6D9C6},
    {"public", gpu_types::kUsePublic, 4.0f, 4, 0xE3DDD2},
    {"culture", gpu_types::kUseCulture, 5.0f, 3, 0xEFEBE3},
    {"stadium", gpu_types::kUseCulture, 5.0f, 4, 0xE3DDD2},
    {"hotel", gpu_types::kUseApartment, 3.4f, 10, 0xE3DDD2},
    {"hospital", gpu_types::kUsePublic, 4.0f, 6, 0xEFEBE3},
    {"station", gpu_types::kUsePublic, 5.0f, 1, 0xD8D0C4},
    {"plant", gpu_types::kUsePlant, 6.0f, 1, 0xD8D0C4},
    {"church", gpu_types::kUseCulture, 6.0f, 2, 0xE3DDD2},
}};

const UseStyle& styleOf(const std::string& use) {
  for (const UseStyle& style : kUses)
    if (use == style.use) return style;
  return kUses[0];
}

uint32_t materialColor(const std::string& material, uint32_t fallback) {
  if (material == "light") return 0xEFEBE3;
  if (material == "warm") return 0xE3DDD2;
  if (material == "grey") return 0xCDCAC4;
  if (material == "brick") return 0xC3A08C;
  if (material == "glass") return 0x93A9B5;
  return fallback;
}

/// The colour a little lighter or darker, warmer or cooler, by `seed`.
uint32_t varied(uint32_t rgb, uint64_t seed, double amount) {
  const double light = (base::unit(seed) - 0.5) * 2 * amount;
  const double warm = (base::unit(seed + 1) - 0.5) * amount;
  const auto channel = [&](int shift, double change) {
    const double value = static_cast<double>(rgb >> shift & 255u) * (1 + change);
    return static_cast<uint32_t>(std::clamp(std::lround(value), 0L, 250L));
  };
  return math::packColor(channel(16, light + warm), channel(8, light), channel(0, light - warm));
}

/// Flat roofs as LOOK has them, some houses with the pale green of roof coating; pitched ones a shade
/// darker, so that their slopes read.
uint32_t roofTint(const Building& b) {
  constexpr std::array<uint32_t, 4> kTiles{0xBDB2A6, 0xB3ACA5, 0xC2B2A3, 0xA9A7A4};
  const bool house = b.use == "detached" || b.use == "shop";
  if (b.roof != "flat") return b.use == "plant" ? 0xDAD8D2 : kTiles[b.seed % kTiles.size()];
  return house && base::unit(b.seed + 5) < 0.4 ? 0xBCC3AF : 0xCFC8BC;
}

struct Range {
  float low = std::numeric_limits<float>::max();
  float high = std::numeric_limits<float>::lowest();
  void add(double z) {
    low = std::min(low, static_cast<float>(z));
    high = std::max(high, static_cast<float>(z));
  }
};

/// Lowest and highest ground: along the outline and over the inside.
Range groundUnder(const Building& building, const HeightField& terrain) {
  Range range;
  const Ring& ring = building.footprint.outer;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::vec2 a = ring[i];
    const glm::vec2 b = ring[(i + 1) % ring.size()];
    const int steps = std::max(1, static_cast<int>(std::ceil(glm::distance(a, b) / kSampleStep)));
    for (int k = 0; k < steps; ++k) {
      const glm::vec2 p = a + (b - a) * (static_cast<float>(k) / static_cast<float>(steps));
      range.add(terrain.at(p.x, p.y));
    }
  }
  const OrientedBox& box = building.box;
  for (float x = -box.half.x; x < box.half.x; x += kSampleStep) {
    for (float y = -box.half.y; y < box.half.y; y += kSampleStep) {
      const glm::vec2 p = box.centre + box.axis * x + box.side() * y;
      if (contains(ring, p)) range.add(terrain.at(p.x, p.y));
    }
  }
  return range;
}

}  // namespace

float storeyHeight(const std::string& use) {
  return styleOf(use).storey;
}

double grossFloorArea(const Building& building) {
  return building.area * building.storeys;
}

base::Result<Building> makeBuilding(const Feature& feature, const HeightField& terrain) {
  auto footprint = cleanFootprint(feature);
  if (!footprint) return base::Error{footprint.error()};
  Building b;
  b.id = feature.id;
  b.footprint = std::move(*footprint);
  b.use = feature.text("use", "office");
  b.roof = feature.text("roof", "flat");
  b.landmark = feature.text("landmark");
  b.box = orientedBox(b.footprint.outer);
  b.area = area(b.footprint);
  b.seed = base::hashBytes(feature.id);
  const UseStyle& style = styleOf(b.use);
  std::vector<std::string> warnings = std::move(footprint.warnings);

  double height = feature.number("height");
  double storeys = feature.number("storeys");
  if (!(storeys >= 1 && storeys < 200))
    storeys = height > 0 ? std::max(1.0, std::round(height / style.storey)) : style.usualStoreys;
  if (height > kHighest)
    warnings.push_back("height " + std::to_string(static_cast<long>(height)) + " m is not believable");
  if (!(height > 0) || height > kHighest) height = storeys * static_cast<double>(style.storey);
  b.storeys = static_cast<int>(std::min(storeys, 200.0));
  b.basements = static_cast<int>(std::clamp(feature.number("basements"), 0.0, 20.0));

  const Range ground = groundUnder(b, terrain);
  b.groundLow = ground.low;
  b.groundHigh = ground.high;
  const auto lowest = static_cast<float>(std::clamp(feature.number("min_height"), 0.0, height - 0.5));
  b.base = b.groundLow + std::max(lowest, 0.f);
  b.foot = lowest > 0 ? b.base : b.groundLow - kSkirt;
  b.top = std::max(b.groundLow + static_cast<float>(height), b.groundHigh + kLeastAboveGround);
  if (!b.landmark.empty()) {  // a composed form on a steep slope stands on a podium rather than sink into it
    b.base = std::max(b.groundLow, b.groundHigh - kLandmarkSunk * static_cast<float>(height));
    b.top = b.base + static_cast<float>(height);
  }
  const double ridge = feature.number("ridge", std::numeric_limits<double>::quiet_NaN());
  b.ridge = static_cast<float>(ridge * std::numbers::pi / 180);

  b.facadeUse = style.facade;
  b.wallColor = varied(materialColor(feature.text("material"), style.color), b.seed, 0.03);
  b.roofColor = varied(roofTint(b), b.seed + 7, 0.03);
  base::Result<Building> result(std::move(b));
  result.warnings = std::move(warnings);
  return result;
}

}  // namespace city

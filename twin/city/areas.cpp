// SPDX-License-Identifier: Apache-2.0
#include "twin/city/areas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "twin/city/drape.h"
#include "twin/city/ground_tint.h"
#include "twin/city/palette.h"
#include "twin/city/ribbon.h"
#include "twin/city/roads.h"

namespace city {
namespace {

constexpr PieceKind kAreas{"areas", scene::StaticLayer::Ground, false, 0, 700, true};
constexpr PieceKind kBeds{"water beds", scene::StaticLayer::Ground, false, 0, 1200, true};
constexpr PieceKind kWater{"water", scene::StaticLayer::Transparent, false, 0, 1200, true};
constexpr PieceKind kRails{"rails", scene::StaticLayer::Ground, false, 0, 900, true};

// Areas lie on each other in this order, below the roads.
constexpr double kLotLift = 0.04;
constexpr double kGreenLift = 0.06;
constexpr double kParkingLift = 0.08;
constexpr double kBedLift = 0.04;
constexpr double kWaterLift = 0.09;

uint32_t greenSurface(const std::string& kind) {
  using namespace gpu_types;
  if (kind == "plaza") return packSurface(kSurfacePaving);
  if (kind == "pitch") return packSurface(kSurfacePitch);
  if (kind == "parking") return packSurface(kSurfaceParking);
  return packSurface(kSurfaceTerrain);
}

void addArea(const City& city, const Feature& area, uint32_t rgb, uint32_t surface, double lift,
             Pieces& pieces) {
  if (area.type != GeometryType::Polygon || area.rings.empty()) return;
  std::vector<std::vector<glm::dvec2>> holes;
  for (size_t i = 1; i < area.rings.size(); ++i) holes.push_back(flat(area.rings[i]));
  importing::MeshBuilder builder(pieces.mesh(kAreas, centroidOf(area.rings[0])),
                                 {math::packHex(rgb), surface, objectOf(city, area.id)});
  Drape(city.data.terrain).addPolygon(builder, flat(area.rings[0]), holes, lift);
}

/// Ponds are level where the ground nearly is; a pool drawn on a slope follows it.
void addPond(const City& city, const Feature& pond, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const std::vector<glm::dvec2> outer = flat(pond.rings[0]);
  std::vector<std::vector<glm::dvec2>> holes;
  for (size_t i = 1; i < pond.rings.size(); ++i) holes.push_back(flat(pond.rings[i]));
  const glm::dvec2 where = centroidOf(pond.rings[0]);
  const uint32_t object = objectOf(city, pond.id);
  importing::MeshBuilder bed(
      pieces.mesh(kBeds, where),
      {math::packHex(palette::kWaterBed), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
  const Drape drape(terrain);
  drape.addPolygon(bed, outer, holes, kBedLift);
  double low = 1e30;
  double high = -1e30;
  for (const glm::dvec2& p : outer) {
    low = std::min(low, terrain.at(p.x, p.y));
    high = std::max(high, terrain.at(p.x, p.y));
  }
  const glm::dvec2 step = (extentOf(pond.rings[0]).second - extentOf(pond.rings[0]).first) / 12.0;
  for (int i = 1; i < 12; ++i) {
    for (int j = 1; j < 12; ++j) {
      const glm::dvec2 p = extentOf(pond.rings[0]).first + glm::dvec2(i, j) * step;
      if (contains(pond, p)) high = std::max(high, terrain.at(p.x, p.y));
    }
  }
  importing::MeshBuilder surface(
      pieces.mesh(kWater, where),
      {math::packHex(palette::kWater), gpu_types::packSurface(gpu_types::kSurfaceWater), object});
  if (high - low > 0.5 && !terrain.empty()) {
    drape.addPolygon(surface, outer, holes, kWaterLift);
    return;
  }
  importing::Ring ring;
  for (const glm::dvec2& p : outer) ring.emplace_back(p);
  std::vector<importing::Ring> inner;
  for (const auto& hole : holes) inner.emplace_back(hole.begin(), hole.end());
  surface.addPolygon(ring, static_cast<float>(high + kWaterLift), true, inner);
}

void addStream(const City& city, const Feature& stream, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const double half = std::clamp(stream.number("width", 4), 0.5, 200.0) / 2;
  const Ribbon ribbon = makeRibbon(stream.rings[0], terrain, half + 1.5, false);
  const glm::dvec2 where(stream.rings[0][stream.rings[0].size() / 2]);
  const uint32_t object = objectOf(city, stream.id);
  importing::MeshBuilder bed(
      pieces.mesh(kBeds, where),
      {math::packHex(palette::kWaterBed), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
  addRibbonStrip(bed, ribbon, terrain, -half, half, kBedLift);
  bed.setPaint({math::packHex(palette::kKerb), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
  addRibbonStrip(bed, ribbon, terrain, half, half + 0.8, kBedLift + 0.01);
  addRibbonStrip(bed, ribbon, terrain, -half - 0.8, -half, kBedLift + 0.01);
  importing::MeshBuilder surface(
      pieces.mesh(kWater, where),
      {math::packHex(palette::kWater), gpu_types::packSurface(gpu_types::kSurfaceWater), object});
  addRibbonStrip(surface, ribbon, terrain, -half, half, kWaterLift);
}

/// A parking bay: 2.5 x 5 m of asphalt with its lines, in the direction of the bay.
void addBay(const City& city, const Feature& bay, double heading, Pieces& pieces) {
  const glm::dvec2 p(bay.rings[0][0]);
  const glm::dvec2 forward(std::sin(heading), std::cos(heading));
  const glm::dvec2 right(forward.y, -forward.x);
  const glm::dvec2 f = forward * 2.5;
  const glm::dvec2 r = right * 1.25;
  const std::array<Drape::Corner, 4> corners{
      {{p - f - r, {0, 0}}, {p - f + r, {2.5, 0}}, {p + f + r, {2.5, 5}}, {p + f - r, {0, 5}}}};
  importing::MeshBuilder builder(
      pieces.mesh({"parking bays", scene::StaticLayer::GroundDetail, false, 700, 700}, p),
      {math::packHex(palette::kParkingAsphalt), gpu_types::packSurface(gpu_types::kSurfaceParking)});
  Drape(city.data.terrain).addConvex(builder, corners, kParkingLift + 0.02);
}

}  // namespace

void buildAreas(const City& city, Pieces& pieces) {
  for (const Feature& lot : city.data.lots) {
    if (lot.text("landuse") == "green") continue;  // woods and parks speak for themselves
    addArea(city, lot, lotColor(lot), gpu_types::packSurface(gpu_types::kSurfaceTerrain), kLotLift, pieces);
  }
  for (const Feature& green : city.data.green) {
    const std::string kind = green.text("kind");
    if (kind == "wood" || kind == "farmland") continue;  // the ground's own tint, with soft edges
    const double lift = kind == "parking" || kind == "pitch" ? kParkingLift : kGreenLift;
    addArea(city, green, greenColor(green), greenSurface(kind), lift, pieces);
  }
  for (const Feature& device : city.data.devices) {
    if (device.text("kind") != "parking_bay" || device.type != GeometryType::Point) continue;
    addBay(city, device, city.data.frame.gridFromTrue(device.number("heading") * std::numbers::pi / 180),
           pieces);
  }
}

void buildWater(const City& city, Pieces& pieces) {
  for (const Feature& water : city.data.water) {
    if (water.rings.empty()) continue;
    if (water.type == GeometryType::Polygon)
      addPond(city, water, pieces);
    else if (water.type == GeometryType::Line)
      addStream(city, water, pieces);
  }
}

void buildRails(const City& city, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  for (const Feature& rail : city.data.rails) {
    if (rail.type != GeometryType::Line || rail.rings.empty() || rail.flag("tunnel")) continue;
    const Ribbon ribbon = makeRibbon(rail.rings[0], terrain, 1.8, false);
    const glm::dvec2 where(rail.rings[0][rail.rings[0].size() / 2]);
    importing::MeshBuilder builder(
        pieces.mesh(kRails, where),
        {math::packHex(palette::kBallast), gpu_types::packSurface(gpu_types::kSurfacePlain),
         objectOf(city, rail.id)});
    addRibbonStrip(builder, ribbon, terrain, -1.7, 1.7, 0.14);
    builder.paint().color = math::packHex(0x5A5652);
    addRibbonStrip(builder, ribbon, terrain, -0.79, -0.65, 0.2);
    addRibbonStrip(builder, ribbon, terrain, 0.65, 0.79, 0.2);
  }
}

}  // namespace city

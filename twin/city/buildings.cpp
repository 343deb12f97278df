// SPDX-License-Identifier: Apache-2.0
#include "twin/city/buildings.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/hash.h"
#include "engine/import/mesh_build.h"

namespace city {
namespace {

constexpr double kTile = 400;  // metres

uint32_t useOf(const std::string& use) {
  using namespace gpu_types;
  if (use == "apartment") return kUseApartment;
  if (use == "detached") return kUseDetached;
  if (use == "shop") return kUseShop;
  if (use == "mall") return kUseMall;
  if (use == "public" || use == "school" || use == "hospital" || use == "station") return kUsePublic;
  if (use == "culture" || use == "church" || use == "stadium") return kUseCulture;
  if (use == "parking") return kUseParking;
  if (use == "plant") return kUsePlant;
  return kUseOffice;
}

importing::Ring flat(const std::vector<glm::dvec3>& ring) {
  importing::Ring points;
  for (const glm::dvec3& p : ring) points.emplace_back(p);
  return points;
}

void addBuilding(const Feature& building, const HeightField& terrain, SceneParts& parts, scene::Mesh& mesh) {
  double low = 1e30;
  double high = -1e30;
  glm::dvec2 centre(0);
  for (const glm::dvec3& p : building.rings[0]) {
    const double z = terrain.at(p.x, p.y);
    low = std::min(low, z);
    high = std::max(high, z);
    centre += glm::dvec2(p) / static_cast<double>(building.rings[0].size());
  }
  const double top = std::max(low + building.number("height", 6), high + 2);
  const double foot = building.number("min_height", 0) > 0 ? low + building.number("min_height") : low - 0.5;
  const uint64_t seed = base::hashBytes(building.id);
  constexpr uint32_t kWalls[] = {0xEFEBE3, 0xE3DDD2, 0xD8D0C4};
  importing::Paint walls;
  walls.color = math::packHex(kWalls[seed % 3]);
  walls.surface = gpu_types::packSurface(gpu_types::kSurfaceFacade, useOf(building.text("use")), static_cast<uint32_t>(seed >> 16 & 0xffff));
  walls.object = parts.object;
  importing::Paint roof = walls;
  roof.color = math::packHex(0xCFC8BC);
  roof.surface = gpu_types::packSurface(gpu_types::kSurfaceRoof);
  std::vector<importing::Ring> holes;
  for (size_t i = 1; i < building.rings.size(); ++i) holes.push_back(flat(building.rings[i]));
  importing::MeshBuilder builder(mesh, walls);
  builder.addPrism(flat(building.rings[0]), static_cast<float>(foot), static_cast<float>(std::max(top, foot + 1)), roof, holes, 0.6f);
  parts.anchor = {centre, top};
  for (const glm::dvec3& p : building.rings[0]) parts.radius = std::max(parts.radius, glm::distance(glm::dvec2(p), centre));
}

}  // namespace

void buildBuildings(const CityData& data, scene::Scene& scene, City& city) {
  std::map<std::pair<int, int>, scene::Mesh> tiles;
  for (const Feature& building : data.buildings) {
    const auto parts = city.parts.find(building.id);
    if (parts == city.parts.end() || building.rings.empty()) continue;
    const glm::dvec3& p = building.rings[0][0];
    const std::pair key(static_cast<int>(std::floor(p.x / kTile)), static_cast<int>(std::floor(p.y / kTile)));
    addBuilding(building, data.terrain, parts->second, tiles[key]);
  }
  for (auto& [key, mesh] : tiles) {
    mesh.name = "buildings " + std::to_string(key.first) + " " + std::to_string(key.second);
    scene.statics.add({scene.meshes.add(std::move(mesh)), scene::StaticLayer::Solid, true, 0});
  }
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/buildings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_set>

#include "twin/city/facade.h"
#include "twin/city/landmark.h"
#include "twin/city/office_forms.h"
#include "twin/city/roofs.h"
#include "twin/city/slab_relief.h"

namespace city {
namespace {

constexpr double kTile = 600;       // metres
constexpr double kAnchorAbove = 4;  // metres from the roof to the label's foot

constexpr float kDetailDistance = 900;  // metres; beyond, details are less than a pixel

struct Tile {
  scene::Mesh body;
  scene::Mesh details;
};

using Attributes = std::vector<std::pair<std::string, model::Value>>;

void setMissing(Attributes& attributes, const char* name, model::Value value) {
  const bool known = std::ranges::any_of(attributes, [&](const auto& a) { return a.first == name; });
  if (!known) attributes.emplace_back(name, std::move(value));
}

/// Facts that follow from the geometry; the pack's own words win.
void completeAttributes(Attributes& attributes, const Building& b) {
  setMissing(attributes, "use", b.use);
  setMissing(attributes, "height", std::round((static_cast<double>(b.top) - b.groundLow) * 10) / 10);
  setMissing(attributes, "storeys", static_cast<double>(b.storeys));
  setMissing(attributes, "footprint_area", std::round(b.area));
  setMissing(attributes, "gross_floor_area", std::round(grossFloorArea(b)));
}

std::string warningLine(const std::string& id, const std::string& reason) {
  return "buildings.geojson: " + id + ": " + reason;
}

using Ids = std::unordered_set<std::string>;

SceneParts& partsOf(const Building& b, const Feature& feature, const Ids& known, scene::Scene& scene,
                    City& city) {
  SceneParts& parts = city.parts[b.id];
  if (parts.object != gpu_types::kNoObject) return parts;
  parts.object = scene.statics.addObject();
  if (city.objectOwner.size() <= parts.object) city.objectOwner.resize(parts.object + 1);
  city.objectOwner[parts.object] = b.id;
  if (!known.contains(b.id)) city.entities.push_back(buildingEntity(b, feature));
  return parts;
}

}  // namespace

model::EntityInfo buildingEntity(const Building& b, const Feature& feature) {
  model::EntityInfo info;
  info.id = b.id;
  info.kind = "building";
  info.name = {feature.nameKo, feature.nameEn};
  info.origin = feature.origin;
  info.source = feature.source;
  info.position = glm::dvec3(glm::dvec2(b.box.centre), b.groundLow);
  info.heading = std::atan2(b.box.axis.x, b.box.axis.y);
  for (const auto& [name, value] : feature.properties) info.attributes.emplace_back(name, value);
  completeAttributes(info.attributes, b);
  info.fromPack = true;
  return info;
}

void drawBuilding(scene::Mesh& body, scene::Mesh& details, const Building& b) {
  importing::MeshBuilder builder(body);
  if (const LandmarkForm form = landmarkForm(b.landmark)) {
    LandmarkSpace space(builder, b);
    form(space);
    return;
  }
  if (addOfficeForm(builder, b)) return;
  const RoofShape shape = chooseRoof(b);
  addWallsAndRoof(builder, b, shape);
  if (shape == RoofShape::Flat || shape == RoofShape::Parapet) addRoofBoxes(builder, b);
  importing::MeshBuilder detailBuilder(details);
  addShopCanopy(detailBuilder, b);
  if (isPlainSlab(b)) {
    LandmarkSpace space(detailBuilder, b);
    drawSlabRelief(space, hexOf(b.wallColor), hexOf(b.wallColor), b.height());
  }
}

void buildBuildings(const CityData& data, scene::Scene& scene, City& city) {
  std::map<std::pair<int, int>, Tile> tiles;
  std::vector<std::string> warnings;
  Ids known;
  for (const model::EntityInfo& entity : city.entities) known.insert(entity.id);
  std::map<std::string, Building, std::less<>> buildings;
  for (const Feature& feature : data.buildings) {
    auto made = makeBuilding(feature, data.terrain);
    for (const std::string& warning : made.warnings) warnings.push_back(warningLine(feature.id, warning));
    if (!made) {
      warnings.push_back(warningLine(feature.id, made.error() + "; not drawn"));
      continue;
    }
    Building& b = made.value();
    if (!b.landmark.empty() && landmarkForm(b.landmark) == nullptr) {
      warnings.push_back(
          warningLine(b.id, "unknown landmark \"" + b.landmark + "\"; drawn as an ordinary building"));
    }
    SceneParts& parts = partsOf(b, feature, known, scene, city);
    b.object = parts.object;
    parts.radius =
        std::max(static_cast<double>(glm::length(b.box.half)), static_cast<double>(b.height()) * 0.5);
    const std::pair key(static_cast<int>(std::floor(b.box.centre.x / kTile)),
                        static_cast<int>(std::floor(b.box.centre.y / kTile)));
    auto& [mesh, details] = tiles[key];
    const size_t first = mesh.vertices.size();
    drawBuilding(mesh, details, b);
    float highest = b.top;
    for (size_t i = first; i < mesh.vertices.size(); ++i)
      highest = std::max(highest, mesh.vertices[i].position.z);
    parts.anchor = glm::dvec3(glm::dvec2(b.box.centre), static_cast<double>(highest) + kAnchorAbove);
    buildings.insert_or_assign(b.id, std::move(b));
  }
  for (model::EntityInfo& entity : city.entities) {
    const auto found = buildings.find(entity.id);
    if (found != buildings.end()) completeAttributes(entity.attributes, found->second);
  }
  for (auto& [key, tile] : tiles) {
    const std::string place = std::to_string(key.first) + " " + std::to_string(key.second);
    tile.body.name = "buildings " + place;
    tile.details.name = "building details " + place;
    scene.statics.add({scene.meshes.add(std::move(tile.body)), scene::StaticLayer::Solid, true, 0});
    if (tile.details.indices.empty()) continue;
    scene.statics.add(
        {scene.meshes.add(std::move(tile.details)), scene::StaticLayer::Solid, true, kDetailDistance});
  }
  city.data.warnings.insert(city.data.warnings.end(), warnings.begin(), warnings.end());
}

}  // namespace city

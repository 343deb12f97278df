// SPDX-License-Identifier: Apache-2.0
#include "twin/city/entities.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "twin/city/rings.h"

namespace city {
namespace {

/// How one layer becomes entities.
struct LayerRule {
  const std::vector<Feature>* features;
  const char* kind;  ///< catalogue name; empty: the feature's own `kind`
  bool drawnStatic;  ///< gets a row in the object table
};

glm::dvec3 placeOf(const Feature& feature, const HeightField& terrain) {
  glm::dvec3 p(0);
  if (feature.rings.empty() || feature.rings[0].empty()) return p;
  const Ring3& ring = feature.rings[0];
  if (feature.type == GeometryType::Point)
    p = ring[0];
  else if (feature.type == GeometryType::Line)
    p = pointAlong(ring, lengthOf(ring) / 2).first;
  else
    p = glm::dvec3(centroidOf(ring), 0);
  if (!feature.hasElevation || feature.type == GeometryType::Polygon) p.z = terrain.at(p.x, p.y);
  return p;
}

double radiusOf(const Feature& feature, const glm::dvec3& centre) {
  double radius = 3;
  if (feature.rings.empty()) return radius;
  for (const glm::dvec3& p : feature.rings[0])
    radius = std::max(radius, glm::distance(glm::dvec2(p), glm::dvec2(centre)));
  return radius;
}

model::EntityInfo infoOf(const Feature& feature, const char* kind, const City& city) {
  model::EntityInfo info;
  info.id = feature.id;
  info.kind = *kind != 0 ? kind : feature.text("kind", "thing");
  info.name = {feature.nameKo.empty() ? feature.nameEn : feature.nameKo, feature.nameEn};
  info.origin = feature.origin;
  info.source = feature.source;
  info.position = placeOf(feature, city.data.terrain);
  info.heading = city.data.frame.gridFromTrue(feature.number("heading") * std::numbers::pi / 180);
  info.fromPack = true;
  info.attributes.reserve(feature.properties.size());
  for (const auto& [name, value] : feature.properties) {
    if (name != "kind" || *kind != 0) info.attributes.emplace_back(name, value);
  }
  return info;
}

void addLayer(const LayerRule& rule, City& city, scene::Scene& scene) {
  for (const Feature& feature : *rule.features) {
    model::EntityInfo info = infoOf(feature, rule.kind, city);
    SceneParts parts;
    parts.anchor = info.position;
    parts.radius = radiusOf(feature, info.position);
    if (rule.drawnStatic) {
      parts.object = scene.statics.addObject();
      city.objectOwner.resize(parts.object + 1);
      city.objectOwner[parts.object] = feature.id;
    }
    for (const auto& [property, number] : feature.numbersByName) {
      city.datastreams[static_cast<int64_t>(number)] = {feature.id, property};
    }
    city.parts.emplace(feature.id, std::move(parts));
    city.entities.push_back(std::move(info));
  }
}

/// One entity per controller, so that signal plans and phases have an owner; its heads refer to it.
void addControllers(City& city) {
  std::map<std::string, std::pair<glm::dvec3, int>> controllers;
  for (const Feature& node : city.data.nodes) {
    const std::string id = node.text("signal");
    if (!id.empty() && city.parts.find(id) == city.parts.end())
      controllers[id] = {placeOf(node, city.data.terrain), 0};
  }
  for (const Feature& device : city.data.devices) {
    const auto found = controllers.find(device.text("controller"));
    if (device.text("kind") == "signal" && found != controllers.end()) ++found->second.second;
  }
  for (const auto& [id, where] : controllers) {
    model::EntityInfo info;
    info.id = id;
    info.kind = "signal_controller";
    info.origin = model::Provenance::Reconstructed;
    info.position = where.first;
    info.fromPack = true;
    info.attributes.emplace_back("heads", static_cast<double>(where.second));
    SceneParts parts;
    parts.anchor = where.first + glm::dvec3(0, 0, 7);
    parts.radius = 15;
    city.parts.emplace(id, std::move(parts));
    city.entities.push_back(std::move(info));
  }
}

}  // namespace

void defineEntities(City& city, scene::Scene& scene) {
  const CityData& d = city.data;
  const LayerRule rules[] = {
      {&d.buildings, "building", true}, {&d.roads, "road", true},
      {&d.rails, "rail", true},         {&d.crosswalks, "crosswalk", true},
      {&d.lots, "lot", true},           {&d.green, "green", true},
      {&d.water, "water", true},        {&d.boundary, "boundary", false},
      {&d.devices, "", false},          {&d.stops, "", false},
      {&d.trees, "tree", false},        {&d.utilities, "utility", false},
  };
  size_t count = 0;
  for (const LayerRule& rule : rules) count += rule.features->size();
  city.entities.reserve(count + 100);
  city.parts.reserve(2 * count);
  for (const LayerRule& rule : rules) addLayer(rule, city, scene);
  addControllers(city);
}

}  // namespace city

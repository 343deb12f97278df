// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/scene/scene.h"
#include "twin/city/city_data.h"
#include "twin/model/entity.h"

namespace city {

class SurfaceIndex;

/// What stands for one entity in the scene.
struct SceneParts {
  uint32_t object = gpu_types::kNoObject;    ///< row of the static object table
  std::vector<scene::InstanceId> instances;  ///< body first
  scene::LightId light;                      ///< the lamp's light on the ground
  std::vector<scene::LineId> lines;          ///< routes, pipes, boundary
  glm::dvec3 anchor{0};                      ///< where a label or a flight points, above the thing
  double radius = 5;                         ///< metres, for framing
};

/// A built city: its data, its entities, and where each is in the scene.
struct City {
  explicit City(CityData cityData) : data(std::move(cityData)) {}

  CityData data;
  std::vector<model::EntityInfo> entities;
  std::unordered_map<std::string, SceneParts> parts;        ///< by entity id
  std::vector<std::string> objectOwner;                     ///< entity id by object index
  std::unordered_map<uint32_t, std::string> instanceOwner;  ///< entity id by instance slot
  /// SensorThings datastream number -> (entity id, property name).
  std::unordered_map<int64_t, std::pair<std::string, std::string>> datastreams;
  /// The surface on which things stand at (x, y): terrain or the carriageway on it; `near` chooses
  /// between levels where a bridge passes over.
  double surfaceAt(double x, double y, double nearZ) const;
  std::shared_ptr<const SurfaceIndex> surfaces;      ///< carriageways, for surfaceAt
  std::vector<std::vector<glm::dvec3>> bridgeDecks;  ///< closed outlines with z, for surfaceAt
};

/// Makes meshes, instances, lights, lines and entities of the data. Needs the model library in
/// `scene.instances` (engine/import/model_library). Slow parts run in parallel inside.
base::Result<City> buildCity(CityData data, scene::Scene& scene);

}  // namespace city

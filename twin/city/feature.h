// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "twin/model/observation.h"

namespace city {

enum class GeometryType : uint8_t { Point, Line, Polygon };

/// One GeoJSON or OSM feature, already in the city frame (x east, y grid north, z elevation -
/// elevation0; z = 0 where the layer gives none).
struct Feature {
  std::string id;
  std::string nameKo;
  std::string nameEn;
  model::Provenance origin = model::Provenance::Reconstructed;
  std::string source;
  GeometryType type = GeometryType::Point;
  /// Point: one ring of one. Line: one ring. Polygon: outer ring counter-clockwise, then holes
  /// clockwise; rings are not closed (the first point is not repeated).
  std::vector<std::vector<glm::dvec3>> rings;
  bool hasElevation = false;
  std::map<std::string, model::Value, std::less<>> properties;
  std::map<std::string, double, std::less<>>
      numbersByName;  ///< an object of numbers ("datastreams"), flattened

  double number(std::string_view name, double fallback = 0) const;
  std::string text(std::string_view name, std::string_view fallback = {}) const;
  bool flag(std::string_view name, bool fallback = false) const;
};

}  // namespace city

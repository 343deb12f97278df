// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twin/city/feature.h"
#include "twin/city/height_field.h"
#include "twin/core/geodesy.h"

namespace city {

/// The features of one file and what was wrong with others.
struct GeojsonLayer {
  std::vector<Feature> features;
  std::vector<std::string> warnings;  ///< "roads.geojson: feature r_12: ..."
};

/// Reads a GeoJSON FeatureCollection (RFC 7946) into the city frame. A broken feature is left out with a
/// warning; a missing or unreadable file gives an empty layer with one. Multi-geometries become one feature
/// per part, the id suffixed "#2", "#3" ...
GeojsonLayer readGeojsonLayer(const std::filesystem::path& file, const core::CityFrame& frame);

/// Reads the lattice of terrain.geojson. An error text is put into `warnings` and an empty field given
/// when the lattice is missing, incomplete or absurd.
HeightField readTerrainLattice(const std::filesystem::path& file, const core::CityFrame& frame,
                               glm::dvec2 origin, std::vector<std::string>& warnings);

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/pack_reader.h"

#include <array>
#include <fmt/format.h>
#include <unordered_set>

#include "engine/base/clock.h"
#include "engine/base/job_pool.h"
#include "engine/base/log.h"
#include "twin/city/default_views.h"
#include "twin/city/geojson_layer.h"
#include "twin/city/pack_toml.h"

namespace city {
namespace {

struct LayerFile {
  const char* file;
  std::vector<Feature> CityData::*target;
  GeometryType least;  ///< what the layer is drawn as; others are refused
  bool optional = false;
};

// Larger files first, so that two workers end together.
constexpr std::array kLayers{
    LayerFile{"trees.geojson", &CityData::trees, GeometryType::Point},
    LayerFile{"buildings.geojson", &CityData::buildings, GeometryType::Polygon},
    LayerFile{"devices.geojson", &CityData::devices, GeometryType::Point},
    LayerFile{"roads.geojson", &CityData::roads, GeometryType::Line},
    LayerFile{"lots.geojson", &CityData::lots, GeometryType::Polygon},
    LayerFile{"utilities.geojson", &CityData::utilities, GeometryType::Line},
    LayerFile{"green.geojson", &CityData::green, GeometryType::Polygon},
    LayerFile{"crosswalks.geojson", &CityData::crosswalks, GeometryType::Line},
    LayerFile{"nodes.geojson", &CityData::nodes, GeometryType::Point},
    LayerFile{"stops.geojson", &CityData::stops, GeometryType::Point},
    LayerFile{"water.geojson", &CityData::water, GeometryType::Polygon},
    LayerFile{"boundary.geojson", &CityData::boundary, GeometryType::Polygon},
    LayerFile{"rails.geojson", &CityData::rails, GeometryType::Line, true},
};

const char* nameOf(GeometryType type) {
  return type == GeometryType::Point ? "Point" : type == GeometryType::Line ? "LineString" : "Polygon";
}

/// Keeps the features that the layer can use and whose id is new.
void takeLayer(const LayerFile& layer, GeojsonLayer&& read, std::unordered_set<std::string>& ids,
               CityData& data) {
  data.warnings.insert(data.warnings.end(), read.warnings.begin(), read.warnings.end());
  std::vector<Feature>& target = data.*layer.target;
  const bool isWater = layer.target == &CityData::water;
  for (Feature& feature : read.features) {
    if (feature.type != layer.least && !(isWater && feature.type == GeometryType::Line)) {
      data.warnings.push_back(fmt::format("{}: feature {}: a {} is expected, not a {}", layer.file,
                                          feature.id, nameOf(layer.least), nameOf(feature.type)));
    } else if (!ids.insert(feature.id).second) {
      data.warnings.push_back(
          fmt::format("{}: feature {}: its id is taken by another feature", layer.file, feature.id));
    } else {
      target.push_back(std::move(feature));
    }
  }
}

}  // namespace

bool PackReader::recognises(const std::filesystem::path& path) const {
  std::error_code error;
  return std::filesystem::exists(path / "city.toml", error);
}

base::Result<CityData> PackReader::read(const std::filesystem::path& path) const {
  const base::MonoNs start = base::SystemClock::monoNow();
  auto head = readCityToml(path / "city.toml");
  if (!head) return base::Error{head.error()};
  const glm::dvec2 origin = head->originMetres;
  CityData data = std::move(head->data);
  data.folder = path;
  data.id = path.filename().empty() ? path.parent_path().filename().string() : path.filename().string();
  std::array<GeojsonLayer, kLayers.size()> layers;
  std::vector<std::string> terrainWarnings;
  base::JobPool pool(std::max(2u, std::thread::hardware_concurrency()) - 1);  // the caller works, too
  pool.parallelFor(kLayers.size() + 1, [&](size_t i) {
    if (i == 0) {
      data.terrain = readTerrainLattice(path / "terrain.geojson", data.frame, origin, terrainWarnings);
    } else {
      std::error_code error;
      if (kLayers[i - 1].optional && !std::filesystem::exists(path / kLayers[i - 1].file, error)) return;
      layers[i - 1] = readGeojsonLayer(path / kLayers[i - 1].file, data.frame);
    }
  });
  data.warnings.insert(data.warnings.end(), terrainWarnings.begin(), terrainWarnings.end());
  std::unordered_set<std::string> ids;
  for (size_t i = 0; i < kLayers.size(); ++i) takeLayer(kLayers[i], std::move(layers[i]), ids, data);
  readViewsToml(path / "views.toml", data);
  readSourcesToml(path / "sources.toml", data);
  addDefaultViews(data);
  base::logDebug(fmt::format("city pack {}: read in {:.0f} ms", data.id,
                             static_cast<double>(base::SystemClock::monoNow() - start) * 1e-6));
  return data;
}

}  // namespace city

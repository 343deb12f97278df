// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "twin/city/feature.h"
#include "twin/city/height_field.h"
#include "twin/core/catalogue.h"
#include "twin/core/geodesy.h"
#include "twin/core/time.h"

namespace city {

/// A viewpoint of the pack.
struct NamedView {
  std::string id;
  core::BilingualText name;
  glm::dvec3 target{0};   ///< city frame, on or above the ground
  double distance = 800;  ///< metres
  double heading = 0;     ///< radians clockwise from grid north: where the camera looks
  double pitch = -0.5;    ///< radians, negative down
  double fov = 0.55;      ///< vertical, radians
  std::string time;       ///< "HH:MM" or empty
  int order = 0;
};

/// A name that changed on a day.
struct Rename {
  std::string entity;
  std::string property;   ///< "name_ko" or "name_en"
  std::string until;      ///< ISO date; before it `value` holds
  std::string value;
};

struct SourceInfo {
  std::string key;
  std::string title;
  std::string licence;
  std::string url;
  core::BilingualText note;
};

/// A city as data, wherever it came from (a pack, an OSM extract): layers of features in the city
/// frame. Nothing is drawn yet; city_builder makes meshes and entities of it.
struct CityData {
  explicit CityData(core::CityFrame cityFrame) : frame(std::move(cityFrame)) {}

  std::string id;                 ///< folder or file name
  core::BilingualText name;
  core::BilingualText about;
  core::TimeZone zone;
  core::CityFrame frame;
  glm::dvec2 low{0}, high{0};     ///< scene box in the city frame
  std::filesystem::path folder;   ///< of the pack; empty for OSM
  HeightField terrain;
  std::vector<Feature> nodes, roads, crosswalks, buildings, lots, boundary, water, green, trees, stops, devices,
      utilities, rails;
  std::vector<NamedView> views;
  std::vector<Rename> renames;
  std::vector<SourceInfo> sources;
  std::vector<std::string> warnings;
};

/// One way to get a city; the reader is chosen by looking at the path (a folder with city.toml, or a
/// file that the reader recognises).
class CityReader {
 public:
  virtual ~CityReader() = default;
  virtual bool recognises(const std::filesystem::path& path) const = 0;
  virtual base::Result<CityData> read(const std::filesystem::path& path) const = 0;
};

/// Tries every reader. The error names the path and what would be readable.
base::Result<CityData> readCity(const std::filesystem::path& path);

}  // namespace city

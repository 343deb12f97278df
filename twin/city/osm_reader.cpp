// SPDX-License-Identifier: Apache-2.0
#include "twin/city/osm_reader.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <unordered_set>

#include "engine/base/hash.h"
#include "twin/city/default_views.h"
#include "twin/city/osm_coast.h"
#include "twin/city/osm_extract.h"
#include "twin/city/osm_roads.h"
#include "twin/city/rings.h"

namespace city {
namespace {

constexpr const char* kEndings[] = {".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf", ".osm.xml"};
constexpr size_t kMaxWoodTrees = 6000;
constexpr const char* kBroadleaf[] = {"zelkova", "oak", "cherry", "ginkgo"};

void toCity(Feature& feature, const core::CityFrame& frame) {
  for (Ring3& ring : feature.rings) {
    for (glm::dvec3& p : ring) p = frame.toCity({p.x, p.y, frame.elevation0()});
  }
  if (feature.type != GeometryType::Polygon) return;
  for (size_t i = 0; i < feature.rings.size(); ++i) {
    Ring3& ring = feature.rings[i];
    double turn = 0;
    for (size_t k = 1; k + 1 < ring.size(); ++k) {
      const glm::dvec2 a = glm::dvec2(ring[k]) - glm::dvec2(ring[0]);
      const glm::dvec2 b = glm::dvec2(ring[k + 1]) - glm::dvec2(ring[0]);
      turn += a.x * b.y - a.y * b.x;
    }
    if ((turn > 0) != (i == 0)) std::reverse(ring.begin(), ring.end());
  }
}

/// Moves a layer over, in the frame, without features whose id is there already.
void take(std::vector<Feature>&& from, std::vector<Feature>& to, std::unordered_set<std::string>& ids,
          const core::CityFrame& frame) {
  for (Feature& feature : from) {
    if (!ids.insert(feature.id).second) continue;
    toCity(feature, frame);
    to.push_back(std::move(feature));
  }
}

void completeTree(Feature& tree) {
  const uint64_t seed = base::hashBytes(tree.id);
  tree.properties.emplace("species", std::string(kBroadleaf[seed % 4]));
  const double height = 6 + 6 * base::unit(seed ^ 1);
  tree.properties.emplace("height", height);
  tree.properties.emplace("crown", tree.number("height", height) * (0.5 + 0.2 * base::unit(seed ^ 2)));
  tree.source = "osm";
}

Feature plantedTree(std::string id, glm::dvec2 p) {
  Feature tree;
  tree.id = std::move(id);
  tree.origin = model::Provenance::Reconstructed;
  tree.rings = {{glm::dvec3(p, 0)}};
  completeTree(tree);
  return tree;
}

void plantRows(const std::vector<Feature>& rows, CityData& data) {
  for (Feature row : rows) {
    toCity(row, data.frame);
    const double length = lengthOf(row.rings[0]);
    const int count = std::min(400, static_cast<int>(length / 8));
    for (int i = 0; i <= count; ++i) {
      const glm::dvec3 p = pointAlong(row.rings[0], count > 0 ? length * i / count : 0).first;
      data.trees.push_back(plantedTree(fmt::format("tree_{}_{}", row.id, i), glm::dvec2(p)));
    }
  }
}

/// Woods become trees on a jittered grid, wide enough that all woods together stay within the budget.
void plantWoods(CityData& data) {
  double area = 0;
  for (const Feature& green : data.green) area += green.text("kind") == "wood" ? areaOf(green) : 0;
  if (area <= 0) return;
  const double spacing = std::max(9.0, std::sqrt(area / kMaxWoodTrees));
  for (const Feature& wood : data.green) {
    if (wood.text("kind") != "wood") continue;
    const auto [low, high] = extentOf(wood.rings[0]);
    int index = 0;
    for (double y = low.y + spacing / 2; y < high.y; y += spacing) {
      for (double x = low.x + spacing / 2; x < high.x; x += spacing, ++index) {
        const uint64_t seed = base::hashBytes(wood.id) + static_cast<uint64_t>(index);
        const glm::dvec2 p =
            glm::dvec2(x, y) + spacing * 0.7 * (glm::dvec2(base::unit(seed), base::unit(seed ^ 0x55)) - 0.5);
        if (data.trees.size() < 4 * kMaxWoodTrees && contains(wood, p))
          data.trees.push_back(plantedTree(fmt::format("tree_{}_{}", wood.id, index), p));
      }
    }
  }
}

/// Where parts describe a building (Simple 3D Buildings), its outline is not drawn: it would hide them.
void replaceOutlines(std::vector<Feature>& buildings, std::vector<Feature>& parts) {
  std::erase_if(buildings, [&](const Feature& outline) {
    const auto [low, high] = extentOf(outline.rings[0]);
    double covered = 0;
    for (const Feature& part : parts) {
      const glm::dvec2 centre = centroidOf(part.rings[0]);
      if (centre.x < low.x || centre.x > high.x || centre.y < low.y || centre.y > high.y) continue;
      if (contains(outline, centre)) covered += areaOf(part);
    }
    return covered > 0.6 * areaOf(outline);
  });
  for (Feature& part : parts) buildings.push_back(std::move(part));
}

void addLamps(std::vector<Feature>&& lamps, CityData& data, std::unordered_set<std::string>& ids) {
  for (Feature& lamp : lamps) {
    lamp.properties = {{"kind", std::string("street_light")}, {"height", 6.5}, {"watt", 60.0}};
    lamp.origin = model::Provenance::Surveyed;
  }
  take(std::move(lamps), data.devices, ids, data.frame);
}

void describe(CityData& data, const std::filesystem::path& path) {
  data.id = path.filename().string();
  std::string name = data.id.substr(0, data.id.find('.'));
  if (!name.empty()) name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
  data.name = {name, name};
  data.about = {"오픈스트리트맵 자료로 만든 도시 · 땅은 평평하게 그립니다",
                "A city from OpenStreetMap data; the ground is drawn flat"};
  const double longitude = data.frame.origin().longitude;
  data.zone.offsetMinutes = static_cast<int>(std::lround(longitude / 15)) * 60;
  if (longitude > 124 && longitude < 132 && data.frame.origin().latitude > 33 &&
      data.frame.origin().latitude < 39)
    data.zone = {540, "KST"};
  else
    data.zone.name = fmt::format("UTC{:+d}", data.zone.offsetMinutes / 60);
  data.sources.push_back({"osm",
                          "OpenStreetMap",
                          "ODbL 1.0",
                          "https://www.openstreetmap.org/copyright",
                          {"© 오픈스트리트맵 기여자", "© OpenStreetMap contributors"}});
}

}  // namespace

bool OsmReader::recognises(const std::filesystem::path& path) const {
  std::string name = path.filename().string();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::error_code error;
  return !std::filesystem::is_directory(path, error) &&
         std::any_of(std::begin(kEndings), std::end(kEndings),
                     [&](const char* ending) { return name.ends_with(ending); });
}

base::Result<CityData> OsmReader::read(const std::filesystem::path& path) const {
  auto extract = readOsmExtract(path);
  if (!extract) return base::Error{extract.error()};
  OsmExtract& osm = *extract;
  const glm::dvec2 middle = 0.5 * (osm.low + osm.high);
  auto frame = core::CityFrame::local(middle.x, middle.y);
  if (!frame) return base::Error{fmt::format("{}: {}", path.string(), frame.error())};
  CityData data(std::move(frame).value());
  data.warnings = std::move(osm.warnings);
  data.low = glm::dvec2(data.frame.toCity({osm.low.x, osm.low.y, 0}));
  data.high = glm::dvec2(data.frame.toCity({osm.high.x, osm.high.y, 0}));
  describe(data, path);
  std::unordered_set<std::string> ids;
  take(std::move(osm.buildings), data.buildings, ids, data.frame);
  std::vector<Feature> parts;
  take(std::move(osm.parts), parts, ids, data.frame);
  replaceOutlines(data.buildings, parts);
  take(std::move(osm.lots), data.lots, ids, data.frame);
  take(std::move(osm.green), data.green, ids, data.frame);
  take(std::move(osm.water), data.water, ids, data.frame);
  take(std::move(osm.rails), data.rails, ids, data.frame);
  take(std::move(osm.stops), data.stops, ids, data.frame);
  for (Feature& tree : osm.trees) {
    tree.id = "tree_" + tree.id;
    completeTree(tree);
  }
  take(std::move(osm.trees), data.trees, ids, data.frame);
  addLamps(std::move(osm.lamps), data, ids);
  plantRows(osm.treeRows, data);
  plantWoods(data);
  addOsmRoads(osm, data);
  addSea(osm, data);
  if (data.roads.empty() && data.buildings.empty() && data.green.empty() && data.water.empty()) {
    data.warnings.push_back(
        fmt::format("{}: the extract holds no road, building, green or water", path.filename().string()));
  }
  addDefaultViews(data);
  return data;
}

}  // namespace city

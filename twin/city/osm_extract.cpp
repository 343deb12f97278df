// SPDX-License-Identifier: Apache-2.0
#include "twin/city/osm_extract.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>

// libosmium is header-only and not written for -Wconversion. This one is judged after inlining, so it
// holds for the whole file.
#pragma GCC diagnostic ignored "-Wstringop-overread"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <osmium/area/assembler.hpp>
#include <osmium/area/multipolygon_manager.hpp>
#include <osmium/handler.hpp>
#include <osmium/handler/node_locations_for_ways.hpp>
#include <osmium/index/map/flex_mem.hpp>
#include <osmium/io/any_input.hpp>
#include <osmium/relations/relations_manager.hpp>
#include <osmium/visitor.hpp>
#pragma GCC diagnostic pop

#include "twin/city/osm_tags.h"

namespace city {
namespace {

using Index = osmium::index::map::FlexMem<osmium::unsigned_object_id_type, osmium::Location>;
using Locations = osmium::handler::NodeLocationsForWays<Index>;

std::vector<glm::dvec3> pointsOf(const osmium::NodeRefList& list, bool closed) {
  std::vector<glm::dvec3> points;
  for (const osmium::NodeRef& node : list) {
    if (!node.location().valid()) continue;
    const glm::dvec3 p(node.location().lon(), node.location().lat(), 0);
    if (points.empty() || points.back() != p) points.push_back(p);
  }
  if (closed && points.size() > 1 && points.front() == points.back()) points.pop_back();
  return points;
}

/// Takes what is drawn from nodes, ways and assembled areas.
class Collector : public osmium::handler::Handler {
 public:
  explicit Collector(OsmExtract& extract) : extract_(extract) {}

  void node(const osmium::Node& node) {
    if (!node.location().valid()) return;
    const glm::dvec2 p(node.location().lon(), node.location().lat());
    low_ = glm::min(low_, p);
    high_ = glm::max(high_, p);
    if (node.tags().empty()) return;
    const std::string_view highway = node.tags()["highway"] != nullptr ? node.tags()["highway"] : "";
    if (highway == "traffic_signals") extract_.signalNodes.push_back(node.id());
    if (highway == "crossing") extract_.crossingNodes.push_back(node.id());
    if (highway == "street_lamp") addPoint(extract_.lamps, Feature{}, node);
    if (auto tree = OsmTags::tree(node.tags()))
      addPoint(extract_.trees, std::move(*tree), node);
    else if (auto stop = OsmTags::stop(node.tags()))
      addPoint(extract_.stops, std::move(*stop), node);
  }

  void way(const osmium::Way& way) {
    if (way.tags().empty()) return;
    if (auto road = OsmTags::road(way.tags())) return addWay(extract_.roads, std::move(*road), way);
    if (const char* natural = way.tags()["natural"];
        natural != nullptr && std::string_view(natural) == "coastline") {
      return addWay(extract_.coastlines, Feature{}, way);
    }
    if (auto rail = OsmTags::rail(way.tags())) return addLine(extract_.rails, std::move(*rail), way);
    if (auto stream = OsmTags::waterLine(way.tags())) return addLine(extract_.water, std::move(*stream), way);
    if (auto row = OsmTags::tree(way.tags()); row && !way.is_closed())
      addLine(extract_.treeRows, std::move(*row), way);
  }

  void area(const osmium::Area& area) {
    if (auto building = OsmTags::building(area.tags())) {
      return addArea(building->flag("part") ? extract_.parts : extract_.buildings, std::move(*building),
                     area);
    }
    if (auto water = OsmTags::waterArea(area.tags())) return addArea(extract_.water, std::move(*water), area);
    if (auto green = OsmTags::green(area.tags())) return addArea(extract_.green, std::move(*green), area);
    if (auto lot = OsmTags::lot(area.tags())) addArea(extract_.lots, std::move(*lot), area);
  }

  void finish() {
    if (extract_.low.x > extract_.high.x) {
      extract_.low = low_;
      extract_.high = high_;
    }
    std::sort(extract_.signalNodes.begin(), extract_.signalNodes.end());
    std::sort(extract_.crossingNodes.begin(), extract_.crossingNodes.end());
  }

 private:
  static void addPoint(std::vector<Feature>& target, Feature feature, const osmium::Node& node) {
    feature.id = fmt::format("n{}", node.id());
    feature.source = "osm";
    feature.type = GeometryType::Point;
    feature.rings = {{glm::dvec3(node.location().lon(), node.location().lat(), 0)}};
    target.push_back(std::move(feature));
  }

  void addWay(std::vector<OsmWay>& target, Feature feature, const osmium::Way& way) {
    OsmWay kept;
    kept.feature = std::move(feature);
    kept.feature.id = fmt::format("w{}", way.id());
    kept.feature.type = GeometryType::Line;
    std::vector<glm::dvec3> points;
    for (const osmium::NodeRef& node : way.nodes()) {
      if (!node.location().valid()) continue;
      const glm::dvec3 p(node.location().lon(), node.location().lat(), 0);
      if (!points.empty() && points.back() == p) continue;
      points.push_back(p);
      kept.nodes.push_back(node.ref());
    }
    if (points.size() < 2) return;
    kept.feature.rings.push_back(std::move(points));
    target.push_back(std::move(kept));
  }

  static void addLine(std::vector<Feature>& target, Feature feature, const osmium::Way& way) {
    feature.id = fmt::format("w{}", way.id());
    feature.type = GeometryType::Line;
    feature.rings = {pointsOf(way.nodes(), false)};
    if (feature.rings[0].size() >= 2) target.push_back(std::move(feature));
  }

  static void addArea(std::vector<Feature>& target, Feature feature, const osmium::Area& area) {
    feature.type = GeometryType::Polygon;
    const std::string id = fmt::format("{}{}", area.from_way() ? 'w' : 'r', area.orig_id());
    int part = 0;
    for (const osmium::OuterRing& outer : area.outer_rings()) {
      Feature one = feature;
      one.id = ++part > 1 ? fmt::format("{}#{}", id, part) : id;
      one.rings = {pointsOf(outer, true)};
      if (one.rings[0].size() < 3) continue;
      for (const osmium::InnerRing& inner : area.inner_rings(outer)) {
        std::vector<glm::dvec3> hole = pointsOf(inner, true);
        if (hole.size() >= 3) one.rings.push_back(std::move(hole));
      }
      target.push_back(std::move(one));
    }
  }

  OsmExtract& extract_;
  glm::dvec2 low_{1e9}, high_{-1e9};
};

/// Overpass writes several dialects; `out geom` puts nodes inside ways, which is no OSM file.
std::string advice(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string head(600, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(in.gcount()));
  if (head.find("Overpass") != std::string::npos) {
    return "it is Overpass output of a kind that is no OSM file (\"out geom\"): download again with "
           "\"(._;>;); out meta;\" or take an extract from download.geofabrik.de";
  }
  if (head.find("<html") != std::string::npos || head.find("<HTML") != std::string::npos)
    return "it is a web page: the download failed, try again";
  return "check it with \"osmium fileinfo\" and write it anew with \"osmium cat\", or download it again";
}

void readFile(const std::filesystem::path& file, OsmExtract& extract) {
  const osmium::io::File input(file.string());
  const osmium::area::AssemblerConfig config;
  osmium::area::MultipolygonManager<osmium::area::Assembler> areas(config);
  osmium::relations::read_relations(input, areas);
  Index index;
  Locations locations(index);
  locations.ignore_errors();
  Collector collector(extract);
  osmium::io::Reader reader(input);
  const osmium::Box box = reader.header().joined_boxes();
  if (box.valid() && box.top_right().lon() - box.bottom_left().lon() < 3 && box.size() > 0) {
    extract.low = {box.bottom_left().lon(), box.bottom_left().lat()};
    extract.high = {box.top_right().lon(), box.top_right().lat()};
  }
  osmium::apply(reader, locations, collector,
                areas.handler([&](osmium::memory::Buffer&& buffer) { osmium::apply(buffer, collector); }));
  reader.close();
  collector.finish();
}

}  // namespace

base::Result<OsmExtract> readOsmExtract(const std::filesystem::path& file) {
  OsmExtract extract;
  try {
    readFile(file, extract);
  } catch (const std::exception& e) {
    return base::Error{fmt::format("{}: libosmium cannot read this extract ({}); {}", file.string(), e.what(),
                                   advice(file))};
  }
  if (!(extract.low.x <= extract.high.x && extract.low.y <= extract.high.y)) {
    return base::Error{
        fmt::format("{}: the extract holds no node with a location; {}", file.string(), advice(file))};
  }
  return extract;
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/osm_roads.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

#include "twin/city/rings.h"
#include "twin/city/road_network.h"

namespace city {
namespace {

constexpr double kDeckHeight = 6.5;  // metres per OSM layer
constexpr double kMaxGrade = 0.07;

class RoadCutter {
 public:
  RoadCutter(const OsmExtract& extract, CityData& data) : extract_(extract), data_(data) {
    for (const OsmWay& way : extract.roads) {
      for (const int64_t node : way.nodes) ++uses_[node];
    }
  }

  void cut() {
    for (const OsmWay& way : extract_.roads) cutWay(way);
    raiseBridges();
    for (const auto& [node, position] : ends_) {
      Feature feature;
      feature.id = nodeId(node);
      feature.type = GeometryType::Point;
      feature.source = "osm";
      feature.origin = model::Provenance::Surveyed;
      feature.rings = {{position}};
      const bool signal = std::binary_search(extract_.signalNodes.begin(), extract_.signalNodes.end(), node);
      feature.properties["kind"] = std::string(signal ? "signal" : uses_[node] > 1 ? "priority" : "end");
      data_.nodes.push_back(std::move(feature));
    }
  }

 private:
  static std::string nodeId(int64_t node) { return fmt::format("node{}", node); }

  void cutWay(const OsmWay& way) {
    size_t begin = 0;
    int part = 0;
    for (size_t i = 1; i < way.nodes.size(); ++i) {
      const bool last = i + 1 == way.nodes.size();
      // A ring needs a cut of its own, or it would start and end at one node.
      const bool half = way.nodes.front() == way.nodes.back() && part == 0 && i >= way.nodes.size() / 2;
      if (!last && !half && uses_[way.nodes[i]] < 2) continue;
      addEdge(way, begin, i, ++part);
      begin = i;
    }
  }

  void addEdge(const OsmWay& way, size_t begin, size_t end, int part) {
    Feature edge = way.feature;
    if (part > 1) edge.id += fmt::format("/{}", part);
    Ring3 line;
    for (size_t i = begin; i <= end; ++i) {
      const glm::dvec3& degrees = way.feature.rings[0][i];
      line.push_back(data_.frame.toCity({degrees.x, degrees.y, data_.frame.elevation0()}));
    }
    if (lengthOf(line) < 0.5) return;
    int64_t from = way.nodes[begin];
    int64_t to = way.nodes[end];
    ends_[from] = line.front();
    ends_[to] = line.back();
    for (size_t i = begin; i <= end; ++i) {
      if (std::binary_search(extract_.crossingNodes.begin(), extract_.crossingNodes.end(), way.nodes[i]) &&
          i > 0 && i + 1 < way.nodes.size()) {
        addCrosswalk(edge, way.nodes[i], line, i - begin);
      }
    }
    if (edge.flag("reverse")) {
      std::reverse(line.begin(), line.end());
      std::swap(from, to);
    }
    edge.properties.erase("reverse");
    edge.rings = {std::move(line)};
    edge.properties["from"] = nodeId(from);
    edge.properties["to"] = nodeId(to);
    data_.roads.push_back(std::move(edge));
  }

  void addCrosswalk(const Feature& road, int64_t node, const Ring3& line, size_t at) {
    if (road.text("structure") != "ground" || !crossed_.insert({node, true}).second) return;
    const glm::dvec2 d =
        glm::dvec2(line[std::min(at + 1, line.size() - 1)]) - glm::dvec2(line[at > 0 ? at - 1 : 0]);
    if (glm::length(d) < 1e-6) return;
    const glm::dvec2 right = glm::normalize(glm::dvec2(d.y, -d.x));
    const double half = carriagewayWidth(road) / 2 - kRoadEdge;
    Feature walk;
    walk.id = fmt::format("crossing{}", node);
    walk.type = GeometryType::Line;
    walk.source = "osm";
    walk.origin = model::Provenance::Surveyed;
    walk.rings = {{line[at] - glm::dvec3(right * half, 0), line[at] + glm::dvec3(right * half, 0)}};
    walk.properties = {{"road", road.id}, {"node", std::string()}, {"width", 4.0}};
    data_.crosswalks.push_back(std::move(walk));
  }

  /// Heights on flat ground: a bridge rises from nodes where roads on the ground begin, as far as its
  /// length allows; what cannot clear a road below stays on the ground.
  void raiseBridges() {
    std::unordered_map<std::string, double> height;
    for (const Feature& road : data_.roads) {
      const bool bridge = road.text("structure") == "bridge";
      for (const char* end : {"from", "to"}) {
        auto [found, added] = height.try_emplace(road.text(end), 1e9);
        found->second = std::min(found->second,
                                 bridge ? kDeckHeight * std::clamp(road.number("level", 1), 1.0, 4.0) : 0.0);
      }
    }
    for (Feature& road : data_.roads) {
      if (road.text("structure") != "bridge") continue;
      Ring3& line = road.rings[0];
      const double length = lengthOf(line);
      const double top = kDeckHeight * std::clamp(road.number("level", 1), 1.0, 4.0);
      const double from = height[road.text("from")];
      const double to = height[road.text("to")];
      const double reachable = (from + to + kMaxGrade * length) / 2;
      if (std::min(top, reachable) < 5) {
        road.properties["structure"] = std::string("ground");
        continue;
      }
      Ring3 raised;
      const int steps = std::max(2, static_cast<int>(length / 12));
      for (int i = 0; i <= steps; ++i) {
        const double s = length * i / steps;
        glm::dvec3 p = pointAlong(line, s).first;
        p.z = std::min({top, from + kMaxGrade * s, to + kMaxGrade * (length - s)});
        raised.push_back(p);
      }
      line = std::move(raised);
      road.hasElevation = true;
    }
  }

  const OsmExtract& extract_;
  CityData& data_;
  std::unordered_map<int64_t, int> uses_;
  std::map<int64_t, glm::dvec3> ends_;
  std::map<int64_t, bool> crossed_;
};

}  // namespace

void addOsmRoads(const OsmExtract& extract, CityData& data) {
  RoadCutter(extract, data).cut();
}

}  // namespace city

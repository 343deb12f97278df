// SPDX-License-Identifier: Apache-2.0
#include "twin/city/roads.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/city/drape.h"
#include "twin/city/palette.h"
#include "twin/city/ribbon.h"

namespace city {
namespace {

constexpr PieceKind kRoads{"roads", scene::StaticLayer::Ground, false, 0, 700, true};
constexpr PieceKind kSidewalks{"sidewalks", scene::StaticLayer::Ground, false, 2500, 700, true};
constexpr PieceKind kKerbs{"kerbs", scene::StaticLayer::Ground, false, 400, 560};
constexpr PieceKind kStopLines{"stop lines", scene::StaticLayer::GroundDetail, false, 900, 700, true};

constexpr double kMarkLift = 0.05;  // above the asphalt, which lies within 2 cm of where it should

uint32_t classNumber(const std::string& name) {
  constexpr const char* kClasses[] = {"expressway", "ramp", "arterial", "collector", "local", "service"};
  for (uint32_t i = 0; i < std::size(kClasses); ++i) {
    if (name == kClasses[i]) return i;
  }
  return 4;
}

void addSidewalk(const City& city, const RoadEdge& edge, const Ring3& line, const RibbonEnds& ends, uint32_t object, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const Ribbon ribbon = makeRibbon(line, terrain, edge.half + edge.walk, false, ends);
  const double inner = edge.half;
  const double outer = edge.half + edge.walk;
  const double top = kRoadLift + kKerbHeight;
  const glm::dvec2 where(line[line.size() / 2]);
  importing::MeshBuilder paving(pieces.mesh(kSidewalks, where), {math::packHex(palette::kPaving), gpu_types::packSurface(gpu_types::kSurfacePaving), object});
  addRibbonStrip(paving, ribbon, terrain, inner, outer, top);
  addRibbonStrip(paving, ribbon, terrain, -outer, -inner, top);
  importing::MeshBuilder kerb(pieces.mesh(kKerbs, where), {math::packHex(palette::kKerb), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
  addRibbonWall(kerb, ribbon, terrain, inner, 0, top, false);
  addRibbonWall(kerb, ribbon, terrain, -inner, 0, top, true);
  addRibbonWall(kerb, ribbon, terrain, outer, -0.1, top, true);
  addRibbonWall(kerb, ribbon, terrain, -outer, -0.1, top, false);
}

/// A white bar across the lanes that come in, before the crosswalk if the arm has one.
void addStopLine(const City& city, const RoadEdge& edge, const RoadNode& node, bool atStart, Pieces& pieces) {
  const Feature& road = *edge.road;
  const double incoming = road.number(atStart ? "lanes_backward" : "lanes_forward", 1);
  if (incoming < 1) return;
  double distance = (atStart ? edge.trimFrom : edge.trimTo) + 1;
  for (const Feature& walk : city.data.crosswalks) {
    if (walk.text("road") != road.id || walk.text("node") != node.id || walk.rings.empty()) continue;
    const glm::dvec2 middle = 0.5 * (glm::dvec2(walk.rings[0].front()) + glm::dvec2(walk.rings[0].back()));
    distance = std::max(distance, glm::distance(middle, glm::dvec2(node.p)) + walk.number("width", 4) / 2 + 2);
  }
  if (distance + 2 > 0.5 * edge.length) return;
  const double along = atStart ? distance : edge.length - distance;
  const auto [p, direction] = pointAlong(edge.line, along);
  const glm::dvec2 right(direction.y, -direction.x);
  const double width = road.number("lane_width", 3.2);
  const double median = road.number("median") / 2;
  // Incoming traffic keeps right of its own direction: right of the line at its end, left at its start.
  const double total = edge.half - kRoadEdge;
  const bool oneWay = road.number(atStart ? "lanes_forward" : "lanes_backward", 1) < 1;
  const double outer = total;
  const double inner = oneWay ? -total : std::max(outer - incoming * width, median);
  const double sign = atStart ? -1 : 1;
  const glm::dvec2 a = glm::dvec2(p) + right * (sign * inner);
  const glm::dvec2 b = glm::dvec2(p) + right * (sign * outer);
  const glm::dvec2 h = direction * 0.2;
  std::array<Drape::Corner, 4> corners{{{a - h}, {b - h}, {b + h}, {a + h}}};
  if (sign < 0) std::reverse(corners.begin(), corners.end());
  importing::MeshBuilder builder(pieces.mesh(kStopLines, glm::dvec2(p)), {math::packHex(palette::kMarking), gpu_types::packSurface(gpu_types::kSurfacePlain), objectOf(city, road.id)});
  Drape(city.data.terrain).addConvex(builder, corners, kRoadLift + kMarkLift);
}

}  // namespace

uint32_t objectOf(const City& city, const std::string& id) {
  const auto found = city.parts.find(id);
  return found != city.parts.end() ? found->second.object : gpu_types::kNoObject;
}

uint32_t roadSeed(const Feature& road) {
  const auto lanes = [&](const char* name) { return static_cast<uint32_t>(std::clamp(road.number(name, 1), 0.0, 7.0)); };
  const auto width = static_cast<uint32_t>(std::clamp(std::lround(road.number("lane_width", 3.2) * 10), 24L, 39L));
  return gpu_types::packRoadSeed(lanes("lanes_forward"), lanes("lanes_backward"), road.number("median") > 0.5, road.flag("bus_lane"), width, classNumber(road.text("class")));
}

void buildRoads(const City& city, const RoadNetwork& network, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const Drape drape(terrain);
  for (const RoadEdge& edge : network.edges) {
    if (edge.elevated || edge.tunnel || edge.length - edge.trimFrom - edge.trimTo < 0.3) continue;
    const Ring3 line = lineBetween(edge.line, edge.trimFrom, edge.length - edge.trimTo);
    const RibbonEnds ends{edge.trimFrom > 0 ? glm::dvec2(0) : edge.directionFrom, edge.trimTo > 0 ? glm::dvec2(0) : edge.directionTo, edge.trimFrom};
    const uint32_t object = objectOf(city, edge.road->id);
    const Ribbon ribbon = makeRibbon(line, terrain, 0, false, ends);
    importing::MeshBuilder asphalt(pieces.mesh(kRoads, glm::dvec2(line[line.size() / 2])),
                                   {math::packHex(palette::kAsphalt), gpu_types::packSurface(gpu_types::kSurfaceRoad, 0, roadSeed(*edge.road)), object});
    addDrapedStrip(asphalt, ribbon, drape, -edge.half, edge.half, kRoadLift);
    if (edge.walk > 0.3) addSidewalk(city, edge, line, ends, object, pieces);
    for (const bool atStart : {true, false}) {
      const RoadNode& node = network.nodes[static_cast<size_t>(atStart ? edge.from : edge.to)];
      if (node.signal && node.junction()) addStopLine(city, edge, node, atStart, pieces);
    }
  }
}

void buildCrosswalks(const City& city, Pieces& pieces) {
  constexpr PieceKind kKind{"crosswalks", scene::StaticLayer::GroundDetail, false, 1500, 900, true};
  const Drape drape(city.data.terrain);
  for (const Feature& walk : city.data.crosswalks) {
    if (walk.rings.empty() || walk.rings[0].size() < 2) continue;
    const glm::dvec2 a(walk.rings[0].front());
    const glm::dvec2 b(walk.rings[0].back());
    const double length = glm::distance(a, b);
    if (length < 1) continue;
    const double half = std::clamp(walk.number("width", 4), 1.0, 20.0) / 2;
    const glm::dvec2 across = (b - a) / length;
    const glm::dvec2 left(-across.y * half, across.x * half);
    const std::array<Drape::Corner, 4> corners{{{a - left, {0, 0}}, {b - left, {length, 0}}, {b + left, {length, 2 * half}}, {a + left, {0, 2 * half}}}};
    importing::MeshBuilder builder(pieces.mesh(kKind, a), {math::packHex(palette::kAsphalt), gpu_types::packSurface(gpu_types::kSurfaceCrosswalk), objectOf(city, walk.id)});
    drape.addConvex(builder, corners, kRoadLift + kMarkLift);
  }
}

}  // namespace city

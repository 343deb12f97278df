// SPDX-License-Identifier: Apache-2.0
#include "twin/city/roads.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/city/drape.h"
#include "twin/city/palette.h"
#include "twin/city/ribbon.h"
#include "twin/city/stop_lines.h"
#include "twin/city/surface_index.h"

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

/// True where a sidewalk would run across the carriageway of another road (a crossing without a node, as
/// where a low bridge is drawn at grade).
bool inOtherRoad(const SurfaceIndex& surfaces, int self, glm::dvec2 p) {
  bool inside = false;
  surfaces.forEach(p.x, p.y, 0, [&](const SurfaceIndex::Hit& hit) {
    inside = inside || (!hit.elevated && hit.edge != self);
  });
  return inside;
}

/// The line with a point every 3 m in those segments beside which a sidewalk is interrupted.
Ring3 denseWhereInterrupted(const SurfaceIndex& surfaces, int self, const Ring3& line, double across) {
  Ring3 dense;
  for (size_t i = 0; i + 1 < line.size(); ++i) {
    dense.push_back(line[i]);
    const glm::dvec2 step = glm::dvec2(line[i + 1]) - glm::dvec2(line[i]);
    const double length = glm::length(step);
    const int parts = static_cast<int>(length / 3);
    if (parts < 2) continue;
    const glm::dvec2 right = glm::dvec2(step.y, -step.x) / length * across;
    bool interrupted = false;
    for (int k = 0; k <= parts && !interrupted; ++k) {
      const glm::dvec2 p =
          glm::mix(glm::dvec2(line[i]), glm::dvec2(line[i + 1]), static_cast<double>(k) / parts);
      interrupted = inOtherRoad(surfaces, self, p + right) || inOtherRoad(surfaces, self, p - right);
    }
    for (int k = 1; interrupted && k < parts; ++k)
      dense.push_back(glm::mix(line[i], line[i + 1], static_cast<double>(k) / parts));
  }
  dense.push_back(line.back());
  return dense;
}

/// The stretches of a ribbon beside which nothing interrupts the sidewalk at `across`.
std::vector<Ribbon> openStretches(const SurfaceIndex& surfaces, int self, const Ribbon& ribbon,
                                  double across) {
  std::vector<Ribbon> stretches;
  bool running = false;
  for (size_t i = 0; i + 1 < ribbon.size(); ++i) {
    if (inOtherRoad(surfaces, self, 0.5 * (ribbon.at(i, across) + ribbon.at(i + 1, across)))) {
      running = false;
      continue;
    }
    const auto add = [&](size_t row) {
      stretches.back().centre.push_back(ribbon.centre[row]);
      stretches.back().right.push_back(ribbon.right[row]);
      stretches.back().along.push_back(ribbon.along[row]);
    };
    if (!running) {
      stretches.emplace_back();
      add(i);
    }
    add(i + 1);
    running = true;
  }
  return stretches;
}

void addSidewalk(const City& city, int self, const RoadEdge& edge, const Ring3& centre,
                 const RibbonEnds& ends, uint32_t object, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const SurfaceIndex& surfaces = *city.surfaces;
  const double middle = edge.half + edge.walk / 2;
  const Ring3 line = denseWhereInterrupted(surfaces, self, centre, middle);
  const Ribbon ribbon = makeRibbon(line, terrain, edge.half + edge.walk, false, ends);
  const double top = kRoadLift + kKerbHeight;
  const glm::dvec2 where(line[line.size() / 2]);
  importing::MeshBuilder paving(
      pieces.mesh(kSidewalks, where),
      {math::packHex(palette::kPaving), gpu_types::packSurface(gpu_types::kSurfacePaving), object});
  importing::MeshBuilder kerb(
      pieces.mesh(kKerbs, where),
      {math::packHex(palette::kKerb), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
  for (const double side : {-1.0, 1.0}) {
    const double inner = side * edge.half;
    const double outer = side * (edge.half + edge.walk);
    for (const Ribbon& stretch : openStretches(surfaces, self, ribbon, side * middle)) {
      addRibbonStrip(paving, stretch, terrain, std::min(inner, outer), std::max(inner, outer), top);
      addRibbonWall(kerb, stretch, terrain, inner, 0, top, side < 0);
      addRibbonWall(kerb, stretch, terrain, outer, -0.1, top, side > 0);
    }
  }
}

void addStopLine(const City& city, const RoadEdge& edge, const StopLine& line, Pieces& pieces) {
  const glm::dvec2 h = line.direction * kStopLineHalf;
  const std::array<Drape::Corner, 4> corners{
      {{line.inner - h}, {line.outer - h}, {line.outer + h}, {line.inner + h}}};
  importing::MeshBuilder builder(
      pieces.mesh(kStopLines, 0.5 * (line.inner + line.outer)),
      {math::packHex(palette::kMarking), gpu_types::packSurface(gpu_types::kSurfacePlain),
       objectOf(city, edge.road->id)});
  Drape(city.data.terrain).addConvex(builder, corners, kRoadLift + kMarkLift);
}

}  // namespace

uint32_t objectOf(const City& city, const std::string& id) {
  const auto found = city.parts.find(id);
  return found != city.parts.end() ? found->second.object : gpu_types::kNoObject;
}

uint32_t roadSeed(const Feature& road) {
  const auto lanes = [&](const char* name) {
    return static_cast<uint32_t>(std::clamp(road.number(name, 1), 0.0, 7.0));
  };
  const auto width =
      static_cast<uint32_t>(std::clamp(std::lround(road.number("lane_width", 3.2) * 10), 24L, 39L));
  return gpu_types::packRoadSeed(lanes("lanes_forward"), lanes("lanes_backward"), road.number("median") > 0.5,
                                 road.flag("bus_lane"), width, classNumber(road.text("class")));
}

void buildRoads(const City& city, const RoadNetwork& network, Pieces& pieces) {
  const HeightField& terrain = city.data.terrain;
  const Drape drape(terrain);
  for (int index = 0; index < static_cast<int>(network.edges.size()); ++index) {
    const RoadEdge& edge = network.edges[static_cast<size_t>(index)];
    if (edge.elevated || edge.tunnel || edge.length - edge.trimFrom - edge.trimTo < 0.3) continue;
    const Ring3 line = lineBetween(edge.line, edge.trimFrom, edge.length - edge.trimTo);
    const RibbonEnds ends{edge.trimFrom > 0 ? glm::dvec2(0) : edge.directionFrom,
                          edge.trimTo > 0 ? glm::dvec2(0) : edge.directionTo, edge.trimFrom};
    const uint32_t object = objectOf(city, edge.road->id);
    const Ribbon ribbon = makeRibbon(line, terrain, 0, false, ends);
    importing::MeshBuilder asphalt(
        pieces.mesh(kRoads, glm::dvec2(line[line.size() / 2])),
        {math::packHex(palette::kAsphalt),
         gpu_types::packSurface(gpu_types::kSurfaceRoad, 0, roadSeed(*edge.road)), object});
    addDrapedStrip(asphalt, ribbon, drape, -edge.half, edge.half, kRoadLift);
    if (edge.walk > 0.3) addSidewalk(city, index, edge, line, ends, object, pieces);
  }
  for (const StopLine& stop : stopLines(city.data, network))
    addStopLine(city, network.edges[static_cast<size_t>(stop.edge)], stop, pieces);
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
    const std::array<Drape::Corner, 4> corners{{{a - left, {0, 0}},
                                                {b - left, {length, 0}},
                                                {b + left, {length, 2 * half}},
                                                {a + left, {0, 2 * half}}}};
    importing::MeshBuilder builder(
        pieces.mesh(kKind, a),
        {math::packHex(palette::kAsphalt), gpu_types::packSurface(gpu_types::kSurfaceCrosswalk),
         objectOf(city, walk.id)});
    drape.addConvex(builder, corners, kRoadLift + kMarkLift);
  }
}

}  // namespace city

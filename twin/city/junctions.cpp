// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "twin/city/drape.h"
#include "twin/city/palette.h"
#include "twin/city/planar.h"
#include "twin/city/roads.h"

namespace city {
namespace {

constexpr PieceKind kJunctions{"junctions", scene::StaticLayer::GroundDetail, false, 0, 900, true};
constexpr PieceKind kCorners{"sidewalk corners", scene::StaticLayer::Ground, false, 2500, 900, true};
constexpr PieceKind kKerbs{"kerbs", scene::StaticLayer::Ground, false, 450, 350};

double trimOf(const RoadEdge& edge, bool atStart) { return atStart ? edge.trimFrom : edge.trimTo; }

/// The outline of an arm from behind the node to its trimmed end, `half` to each side.
std::vector<glm::dvec2> armOutline(const RoadEdge& edge, const RoadArm& arm, double half, double back) {
  Ring3 line = lineBetween(edge.line, arm.atStart ? 0 : edge.length - edge.trimTo, arm.atStart ? edge.trimFrom : edge.length);
  if (!arm.atStart) std::reverse(line.begin(), line.end());
  line.front() -= glm::dvec3(arm.out * back, 0);
  std::vector<glm::dvec2> left;
  std::vector<glm::dvec2> right;
  for (size_t i = 0; i < line.size(); ++i) {
    const glm::dvec2 a(line[i > 0 ? i - 1 : 0]);
    const glm::dvec2 b(line[std::min(i + 1, line.size() - 1)]);
    glm::dvec2 d = b - a;
    // The end must meet the ribbon's own end exactly: its last segment decides.
    if (i + 1 == line.size()) d = glm::dvec2(line[i]) - glm::dvec2(line[i - 1]);
    if (glm::length(d) < 1e-9) continue;
    d = glm::normalize(d);
    right.push_back(glm::dvec2(line[i]) + glm::dvec2(d.y, -d.x) * half);
    left.push_back(glm::dvec2(line[i]) - glm::dvec2(d.y, -d.x) * half);
  }
  right.insert(right.end(), left.rbegin(), left.rend());
  return right;
}

/// Upright faces along the parts of a ring that border the carriageway or the open ground: everywhere but
/// at the ends where the strips along the roads go on.
void addKerbs(const City& city, const RoadNetwork& network, const RoadNode& node, const std::vector<glm::dvec2>& ring, importing::MeshBuilder& builder) {
  const HeightField& terrain = city.data.terrain;
  const auto atArmEnd = [&](glm::dvec2 p) {
    for (const RoadArm& arm : node.arms) {
      const RoadEdge& edge = network.edges[static_cast<size_t>(arm.edge)];
      const double trim = trimOf(edge, arm.atStart);
      const auto [end, direction] = pointAlong(edge.line, arm.atStart ? trim : edge.length - trim);
      const glm::dvec2 d = p - glm::dvec2(end);
      if (std::abs(glm::dot(d, direction)) < 0.15 && glm::length(d) < edge.half + edge.walk + 0.5) return true;
    }
    return false;
  };
  const double top = kRoadLift + kKerbHeight;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec2 a = ring[i];
    const glm::dvec2 b = ring[(i + 1) % ring.size()];
    if (atArmEnd(a) && atArmEnd(b)) continue;
    const auto at = [&](glm::dvec2 p, double z) { return glm::vec3(glm::dvec3(p, terrain.at(p.x, p.y) + z)); };
    builder.addQuad({at(a, -0.1), at(b, -0.1), at(b, top), at(a, top)});
  }
}

void addJunction(const City& city, const RoadNetwork& network, const RoadNode& node, const Planar& planar, Pieces& pieces) {
  std::vector<Planar::Area> asphalt;
  std::vector<Planar::Area> paved;
  double radius = 9;
  double narrow = 1e9;
  bool walks = false;
  for (const RoadArm& arm : node.arms) narrow = std::min(narrow, network.edges[static_cast<size_t>(arm.edge)].half);
  for (const RoadArm& arm : node.arms) {
    const RoadEdge& edge = network.edges[static_cast<size_t>(arm.edge)];
    radius = std::min(radius, edge.half > 7 ? 9.0 : edge.half > 4 ? 6.0 : 3.5);
    if (edge.elevated) continue;
    asphalt.push_back(planar.polygon(armOutline(edge, arm, edge.half, 0.6 * narrow)));
    paved.push_back(planar.polygon(armOutline(edge, arm, edge.half + edge.walk, 0.6 * narrow)));
    walks = walks || edge.walk > 0.3;
  }
  const Planar::Area road = planar.rounded(planar.unite(asphalt), radius);
  const Drape drape(city.data.terrain);
  const glm::dvec2 where(node.p);
  importing::MeshBuilder builder(pieces.mesh(kJunctions, where), {math::packHex(palette::kAsphalt), gpu_types::packSurface(gpu_types::kSurfaceJunction)});
  for (const Planar::Polygon& polygon : planar.polygons(road)) drape.addPolygon(builder, polygon.outer, polygon.holes, kRoadLift);
  if (!walks) return;
  paved.push_back(road);
  const Planar::Area corners = planar.subtract(planar.rounded(planar.unite(paved), 1.5), road);
  importing::MeshBuilder paving(pieces.mesh(kCorners, where), {math::packHex(palette::kPaving), gpu_types::packSurface(gpu_types::kSurfacePaving)});
  importing::MeshBuilder kerb(pieces.mesh(kKerbs, where), {math::packHex(palette::kKerb), gpu_types::packSurface(gpu_types::kSurfacePlain)});
  for (const Planar::Polygon& polygon : planar.polygons(corners)) {
    double area = 0;
    for (size_t i = 1; i + 1 < polygon.outer.size(); ++i) {
      const glm::dvec2 u = polygon.outer[i] - polygon.outer[0];
      const glm::dvec2 v = polygon.outer[i + 1] - polygon.outer[0];
      area += (u.x * v.y - u.y * v.x) / 2;
    }
    if (area < 1) continue;  // slivers left by rounding
    drape.addPolygon(paving, polygon.outer, polygon.holes, kRoadLift + kKerbHeight);
    addKerbs(city, network, node, polygon.outer, kerb);
  }
}

}  // namespace

void buildJunctions(const City& city, const RoadNetwork& network, Pieces& pieces) {
  const Planar planar;
  for (const RoadNode& node : network.nodes) {
    if (node.junction()) addJunction(city, network, node, planar, pieces);
  }
}

}  // namespace city

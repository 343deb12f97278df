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
constexpr PieceKind kKerbs{"kerbs", scene::StaticLayer::Ground, false, 400, 560};

double trimOf(const RoadEdge& edge, bool atStart) {
  return atStart ? edge.trimFrom : edge.trimTo;
}

/// What an arm adds to the junction: everything between its cross section behind the node and the one
/// where its ribbon begins. Convex, so that short arms and bends near the node leave no gap.
std::vector<glm::dvec2> armOutline(const RoadEdge& edge, const RoadArm& arm, glm::dvec2 node, double half,
                                   double back, double further = 0) {
  const double trim = std::min(trimOf(edge, arm.atStart) + further, edge.length);
  const auto [end, direction] = pointAlong(edge.line, arm.atStart ? trim : edge.length - trim);
  const glm::dvec2 side(arm.out.y, -arm.out.x);
  const glm::dvec2 endSide(direction.y, -direction.x);
  const glm::dvec2 foot = node - arm.out * back;
  return {foot + side * half,
          foot - side * half,
          node + side * half,
          node - side * half,
          glm::dvec2(end) + endSide * half,
          glm::dvec2(end) - endSide * half};
}

/// Upright faces along the parts of a ring that border the carriageway or the open ground: everywhere but
/// at the ends where the strips along the roads go on.
void addKerbs(const City& city, const RoadNetwork& network, const RoadNode& node,
              const std::vector<glm::dvec2>& ring, importing::MeshBuilder& builder) {
  const HeightField& terrain = city.data.terrain;
  const auto atArmEnd = [&](glm::dvec2 p) {
    for (const RoadArm& arm : node.arms) {
      const RoadEdge& edge = network.edges[static_cast<size_t>(arm.edge)];
      const double trim = trimOf(edge, arm.atStart);
      const auto [end, direction] = pointAlong(edge.line, arm.atStart ? trim : edge.length - trim);
      const glm::dvec2 d = p - glm::dvec2(end);
      if (std::abs(glm::dot(d, direction)) < 0.15 && glm::length(d) < edge.half + edge.walk + 0.5)
        return true;
    }
    return false;
  };
  const double top = kRoadLift + kKerbHeight;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::dvec2 a = ring[i];
    const glm::dvec2 b = ring[(i + 1) % ring.size()];
    if (atArmEnd(a) && atArmEnd(b)) continue;
    const auto at = [&](glm::dvec2 p, double z) {
      return glm::vec3(glm::dvec3(p, terrain.at(p.x, p.y) + z));
    };
    builder.addQuad({at(a, -0.1), at(b, -0.1), at(b, top), at(a, top)});
  }
}

void addJunction(const City& city, const RoadNetwork& network, const RoadNode& node, const Planar& planar,
                 Pieces& pieces) {
  std::vector<Planar::Area> asphalt;
  std::vector<Planar::Area> paved;
  std::vector<Planar::Area>
      kept;  // asphalt and the first metres of the ribbons: no sidewalk of another arm there
  double radius = 9;
  double narrow = 1e9;
  bool walks = false;
  for (const RoadArm& arm : node.arms)
    narrow = std::min(narrow, network.edges[static_cast<size_t>(arm.edge)].half);
  for (const RoadArm& arm : node.arms) {
    const RoadEdge& edge = network.edges[static_cast<size_t>(arm.edge)];
    radius = std::min(radius, edge.half > 7 ? 9.0 : edge.half > 4 ? 6.0 : 3.5);
    // A bridge that comes down here brings its lanes, but only as far as it is at the ground.
    const glm::dvec2 p(node.p);
    asphalt.push_back(planar.hull(armOutline(edge, arm, p, edge.half, 0.6 * narrow)));
    paved.push_back(planar.hull(armOutline(edge, arm, p, edge.half + edge.walk, 0.6 * narrow)));
    kept.push_back(planar.hull(armOutline(edge, arm, p, edge.half, 0, 16)));
    walks = walks || edge.walk > 0.3;
  }
  const Planar::Area road = planar.rounded(planar.unite(asphalt), radius);
  const Drape drape(city.data.terrain);
  const glm::dvec2 where(node.p);
  importing::MeshBuilder builder(
      pieces.mesh(kJunctions, where),
      {math::packHex(palette::kAsphalt), gpu_types::packSurface(gpu_types::kSurfaceJunction)});
  for (const Planar::Polygon& polygon : planar.polygons(road))
    drape.addPolygon(builder, polygon.outer, polygon.holes, kRoadLift);
  if (!walks) return;
  paved.push_back(road);
  kept.push_back(road);
  const Planar::Area corners = planar.subtract(planar.rounded(planar.unite(paved), 1.5), planar.unite(kept));
  importing::MeshBuilder paving(
      pieces.mesh(kCorners, where),
      {math::packHex(palette::kPaving), gpu_types::packSurface(gpu_types::kSurfacePaving)});
  importing::MeshBuilder kerb(pieces.mesh(kKerbs, where), {math::packHex(palette::kKerb),
                                                           gpu_types::packSurface(gpu_types::kSurfacePlain)});
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

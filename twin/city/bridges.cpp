// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "twin/city/palette.h"
#include "twin/city/ribbon.h"
#include "twin/city/roads.h"
#include "twin/city/surface_index.h"

namespace city {
namespace {

constexpr PieceKind kDecks{"bridge decks", scene::StaticLayer::Ground, true, 0, 900, true};
constexpr PieceKind kBodies{"bridges", scene::StaticLayer::Solid, true, 0, 900};
constexpr PieceKind kDetails{"bridge details", scene::StaticLayer::Solid, true, 1100,
                             900};  // parapets' backs, undersides
constexpr double kParapet = 0.95;
constexpr double kParapetWidth = 0.25;
constexpr double kPierSpacing = 30;
constexpr double kClearance = 3.5;  ///< below it the deck rests on an embankment

/// Where a parapet would stand in the carriageway of another deck at the same height (a merge), it is
/// left out.
bool insideOther(const SurfaceIndex& surfaces, int self, const glm::dvec3& p) {
  bool inside = false;
  surfaces.forEach(p.x, p.y, -0.3, [&](const SurfaceIndex::Hit& hit) {
    if (hit.edge == self) return;
    if (hit.elevated && std::abs(hit.z - p.z) < 1.5) inside = true;
  });
  return inside;
}

class BridgeBuilder {
 public:
  BridgeBuilder(const City& city, const SurfaceIndex& surfaces, int index, const RoadEdge& edge,
                Pieces& pieces)
      : city_(city),
        terrain_(city.data.terrain),
        surfaces_(surfaces),
        index_(index),
        edge_(edge),
        pieces_(pieces) {
    const Ring3 line = aboveGround();
    ribbon_ = makeRibbon(line, terrain_, edge.half, true, {edge.directionFrom, edge.directionTo, 0});
    // Ramps lie a little lower, so that where they leave or join the main carriageway one of them wins.
    if (edge.road->text("class") == "ramp") {
      for (glm::dvec3& p : ribbon_.centre) p.z -= 0.04;
    }
  }

  void build() {
    const Feature& road = *edge_.road;
    const uint32_t object = objectOf(city_, road.id);
    const glm::dvec2 where(edge_.line[edge_.line.size() / 2]);
    importing::MeshBuilder deck(pieces_.mesh(kDecks, where),
                                {math::packHex(palette::kAsphalt),
                                 gpu_types::packSurface(gpu_types::kSurfaceRoad, 0, roadSeed(road)), object});
    addRibbonStrip(deck, ribbon_, terrain_, -edge_.half, edge_.half, 0);
    importing::MeshBuilder body(
        pieces_.mesh(kBodies, where),
        {math::packHex(palette::kConcrete), gpu_types::packSurface(gpu_types::kSurfacePlain), object});
    for (size_t i = 0; i + 1 < ribbon_.size(); ++i) {
      importing::MeshBuilder detail(pieces_.mesh(kDetails, glm::dvec2(ribbon_.centre[i])), body.paint());
      for (const double side : {-1.0, 1.0}) addSide(body, detail, i, side);
      addUnderside(detail, i);
    }
    addPiers(body);
  }

 private:
  /// The deck's centre line: where it is near the ground, with points every 5 m that stay above it.
  Ring3 aboveGround() const {
    Ring3 line;
    for (size_t i = 0; i < edge_.line.size(); ++i) {
      const glm::dvec3& a = edge_.line[i];
      line.push_back(lifted(a));
      if (i + 1 == edge_.line.size()) break;
      const glm::dvec3& b = edge_.line[i + 1];
      const double length = glm::distance(glm::dvec2(a), glm::dvec2(b));
      const bool low = std::min(a.z - ground(glm::dvec2(a)), b.z - ground(glm::dvec2(b))) < 2.5;
      const int parts = low ? static_cast<int>(length / 5) : 0;
      for (int k = 1; k < parts; ++k) line.push_back(lifted(glm::mix(a, b, static_cast<double>(k) / parts)));
    }
    return line;
  }

  glm::dvec3 lifted(glm::dvec3 p) const {
    for (const glm::dvec2 d :
         {glm::dvec2(0, 0), glm::dvec2(1, 0), glm::dvec2(-1, 0), glm::dvec2(0, 1), glm::dvec2(0, -1)}) {
      p.z = std::max(p.z, ground(glm::dvec2(p) + d * edge_.half) + kRoadLift + 0.05);
    }
    return p;
  }

  double ground(glm::dvec2 p) const { return terrain_.at(p.x, p.y); }
  glm::vec3 point(size_t i, double across, double z) const {
    return glm::vec3(glm::dvec3(ribbon_.at(i, across), z));
  }

  double bottom(size_t i, double across) const {
    const double low = ground(ribbon_.at(i, across));
    const double z = ribbon_.centre[i].z;
    return z - low < kClearance ? low - 0.5 : z - kDeckThickness;
  }

  void addSide(importing::MeshBuilder& body, importing::MeshBuilder& detail, size_t i, double side) const {
    const double outer = side * (edge_.half + kParapetWidth);
    const double inner = side * edge_.half;
    const auto quad = [&](importing::MeshBuilder& into, glm::vec3 a, glm::vec3 b, glm::vec3 c, glm::vec3 d) {
      if (side > 0)
        into.addQuad({a, b, c, d});
      else
        into.addQuad({d, c, b, a});
    };
    const double za = ribbon_.centre[i].z;
    const double zb = ribbon_.centre[i + 1].z;
    const glm::dvec3 middle =
        0.5 * (glm::dvec3(ribbon_.at(i, outer), za) + glm::dvec3(ribbon_.at(i + 1, outer), zb));
    const bool open = insideOther(surfaces_, index_, middle);
    // Where a ramp comes down to the street nothing may stand in the way.
    const bool down =
        surfaces_.onGroundRoad(middle.x, middle.y, 3) && middle.z - ground(glm::dvec2(middle)) < 1.5;
    if (down) return;
    const double top = open ? -0.02 : kParapet;
    quad(body, point(i, outer, bottom(i, outer)), point(i + 1, outer, bottom(i + 1, outer)),
         point(i + 1, outer, zb + top), point(i, outer, za + top));
    if (open) return;
    quad(detail, point(i, outer, za + top), point(i + 1, outer, zb + top), point(i + 1, inner, zb + top),
         point(i, inner, za + top));
    quad(detail, point(i, inner, za + top), point(i + 1, inner, zb + top), point(i + 1, inner, zb - 0.05),
         point(i, inner, za - 0.05));
  }

  void addUnderside(importing::MeshBuilder& body, size_t i) const {
    const double za = ribbon_.centre[i].z - kDeckThickness;
    const double zb = ribbon_.centre[i + 1].z - kDeckThickness;
    const double w = edge_.half + kParapetWidth;
    if (za - ground(glm::dvec2(ribbon_.centre[i])) < kClearance - kDeckThickness) return;
    body.paint().color = importing::withOpenness(math::packHex(palette::kConcrete), 0.45f);
    body.addQuad({point(i, -w, za), point(i + 1, -w, zb), point(i + 1, w, zb), point(i, w, za)});
    body.paint().color = math::packHex(palette::kConcrete);
  }

  /// A pier with its cap every 30 m, moved along where a road runs below.
  void addPiers(importing::MeshBuilder& body) const {
    const double length = edge_.length;
    const auto count = static_cast<int>(length / kPierSpacing);
    for (int k = 1; k <= count; ++k) {
      double along = length * k / (count + 1.0);
      for (const double shift : {0.0, 6.0, -6.0, 11.0, -11.0}) {
        const auto [p, d] = pointAlong(edge_.line, along + shift);
        if (surfaces_.onGroundRoad(p.x, p.y, 2.2)) continue;
        addPier(body, along + shift);
        break;
      }
    }
  }

  void addPier(importing::MeshBuilder& body, double along) const {
    const auto [p, direction] = pointAlong(edge_.line, along);
    const double low = ground(glm::dvec2(p)) - 0.5;
    const double cap = p.z - kDeckThickness;
    if (cap - low < kClearance) return;
    const auto yaw = static_cast<float>(std::atan2(direction.x, -direction.y));  // long side across the deck
    const double reach = edge_.half * 0.85;
    body.addBox(glm::vec3(glm::dvec3(glm::dvec2(p), cap - 0.55)), glm::vec3(reach, 0.9, 0.6), yaw, true);
    body.addBox(glm::vec3(glm::dvec3(glm::dvec2(p), (low + cap - 1.1) / 2)),
                glm::vec3(std::min(1.6, reach * 0.5), 0.8, (cap - 1.1 - low) / 2), yaw);
  }

  const City& city_;
  const HeightField& terrain_;
  const SurfaceIndex& surfaces_;
  int index_;
  const RoadEdge& edge_;
  Pieces& pieces_;
  Ribbon ribbon_;
};

}  // namespace

void buildBridges(const City& city, const RoadNetwork& network, Pieces& pieces) {
  const SurfaceIndex& surfaces = *city.surfaces;
  for (size_t i = 0; i < network.edges.size(); ++i) {
    if (network.edges[i].elevated)
      BridgeBuilder(city, surfaces, static_cast<int>(i), network.edges[i], pieces).build();
  }
}

}  // namespace city

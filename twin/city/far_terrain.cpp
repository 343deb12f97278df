// SPDX-License-Identifier: Apache-2.0
#include "twin/city/far_terrain.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/hash.h"
#include "engine/import/mesh_build.h"

namespace city {
namespace {

constexpr double kSunk = 6;  // metres that a ring's inner border lies below what it meets, against cracks

/// Param 1: no shadow and no lamp reaches it.
const uint32_t kLand = gpu_types::packSurface(gpu_types::kSurfaceTerrain, 1);

struct RingOfSquares {
  const char* name;  ///< rings overlap in plan: each has a family of meshes of its own
  double cell;   ///< metres
  double reach;  ///< beyond the lattice
};

constexpr std::array kRings{RingOfSquares{"land beyond, near", 80, 900}, RingOfSquares{"land beyond", 140, 3600},
                            RingOfSquares{"land beyond, far", 340, 10500}};
constexpr int kBlock = 16;  ///< squares a side that make one mesh: what is behind the camera is left out

double smooth(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

/// Value noise in -1..1 over squares of `cell` metres.
double noise(glm::dvec2 p, double cell) {
  const glm::dvec2 q = p / cell;
  const glm::dvec2 f = glm::floor(q);
  const auto at = [&](double dx, double dy) {
    const auto x = static_cast<uint64_t>(static_cast<int64_t>(f.x + dx));
    const auto y = static_cast<uint64_t>(static_cast<int64_t>(f.y + dy));
    return 2 * base::unit(base::mix(x) ^ (y * 0x9e3779b97f4a7c15ULL)) - 1;
  };
  const double u = smooth(q.x - f.x);
  const double v = smooth(q.y - f.y);
  return glm::mix(glm::mix(at(0, 0), at(1, 0), u), glm::mix(at(0, 1), at(1, 1), u), v);
}

class FarLand {
 public:
  FarLand(const HeightField& terrain, const GroundTint& tint) : terrain_(terrain), tint_(tint) {
    low_ = tint.southWest;
    high_ = tint.southWest + glm::dvec2(tint.columns - 1, tint.rows - 1) * tint.spacing;
    double sum = 0;
    for (int i = 0; i <= 40; ++i) {
      const double t = i / 40.0;
      for (const glm::dvec2 p :
           {glm::mix(low_, {high_.x, low_.y}, t), glm::mix({low_.x, high_.y}, high_, t),
            glm::mix(low_, {low_.x, high_.y}, t), glm::mix({high_.x, low_.y}, high_, t)}) {
        sum += terrain.at(p.x, p.y) / 164;
      }
    }
    level_ = sum;
  }

  double away(glm::dvec2 p) const {
    return glm::length(glm::max(glm::max(low_ - p, p - high_), glm::dvec2(0)));
  }

  double height(glm::dvec2 p) const {
    if (terrain_.empty()) return 0;
    const double d = away(p);
    const double border = terrain_.at(p.x, p.y);  // clamped: of the nearest point of the border
    const double hills = smooth(d / 900) * (26 * noise(p, 1300) + 12 * noise(p, 520));
    return glm::mix(border, level_ - 4, smooth(d / 1100)) + hills + mountains(p, d);
  }

  uint32_t color(glm::dvec2 p, double z) const {
    const double d = away(p);
    const glm::dvec2 q = glm::clamp((p - tint_.southWest) / tint_.spacing, glm::dvec2(0),
                                    glm::dvec2(tint_.columns - 1, tint_.rows - 1));
    const uint32_t border = tint_.at(static_cast<uint32_t>(q.x), static_cast<uint32_t>(q.y));
    // Woods on what rises and in strips between the fields; here and there a town.
    const double wooded = terrain_.empty() ? smooth((noise(p, 700) + 0.2) * 1.6)
                                           : std::max(smooth((z - level_ - 14) / 30 + 0.5 * noise(p, 480)),
                                                      0.9 * smooth(2.2 * (noise(p, 640) - 0.25)));
    const double built = smooth(2.6 * (noise(p + glm::dvec2(5000), 1500) - 0.12)) * (1 - smooth((z - level_ - 20) / 30));
    const glm::vec4 fields = between(0xA8B085, 0xBDB791, smooth(0.5 + 1.4 * noise(p, 330)));
    const glm::vec4 plain = glm::mix(fields, between(0xB9B5AB, 0xD3CFC6, smooth(0.5 + 1.6 * noise(p, 210))), static_cast<float>(0.5 * built));
    const glm::vec4 far = glm::mix(plain, between(0x66785A, 0x7F8E69, smooth(0.5 + noise(p, 900))), static_cast<float>(wooded));
    return glm::packUnorm4x8(glm::mix(glm::unpackUnorm4x8(border), far, static_cast<float>(smooth(d / 500))));
  }

  /// Ranges one behind the other, each higher than the one before, with crests and side valleys.
  static double mountains(glm::dvec2 p, double away) {
    const double rise = smooth((away - 2300) / 7000);
    if (rise <= 0) return 0;
    const double crest = 1 - std::abs(noise(p + 190 * noise({p.y, p.x}, 900), 3100));
    const double ribs = 1 - std::abs(noise(p, 1150));
    return rise * (crest * crest * (430 + 90 * noise(p, 5200)) + 120 * ribs * ribs * crest + 26 * noise(p, 420));
  }

  static glm::vec4 between(uint32_t a, uint32_t b, double t) {
    return glm::mix(glm::unpackUnorm4x8(math::packHex(a)), glm::unpackUnorm4x8(math::packHex(b)), static_cast<float>(t));
  }

  glm::dvec3 normal(glm::dvec2 p, double step) const {
    const double dx = height(p + glm::dvec2(step, 0)) - height(p - glm::dvec2(step, 0));
    const double dy = height(p + glm::dvec2(0, step)) - height(p - glm::dvec2(0, step));
    return glm::normalize(glm::dvec3(-dx, -dy, 2 * step));
  }

  glm::dvec2 low() const { return low_; }
  glm::dvec2 high() const { return high_; }

 private:
  const HeightField& terrain_;
  const GroundTint& tint_;
  glm::dvec2 low_, high_;
  double level_ = 0;
};

/// A ring between an inner box, which is left open where whole squares fit into it, and an outer one.
class Ring {
 public:
  Ring(const FarLand& land, const RingOfSquares& ring, double innerReach)
      : land_(land),
        low_(land.low() - ring.reach),
        openLow_(land.low() - innerReach),
        openHigh_(land.high() + innerReach),
        step_(ring.cell / 2) {
    const glm::dvec2 span = land.high() + ring.reach - low_;
    const double wanted = std::max(ring.cell, std::max(span.x, span.y) / 80);
    squares_ = glm::ivec2(glm::ceil(span / wanted));
    cell_ = span / glm::dvec2(squares_);
  }

  glm::ivec2 squares() const { return squares_; }
  glm::dvec2 at(glm::ivec2 corner) const { return low_ + glm::dvec2(corner) * cell_; }

  /// The squares from `from` up to `to`.
  void addBlock(glm::ivec2 from, glm::ivec2 to, scene::Mesh& mesh) const {
    importing::MeshBuilder builder(mesh, {.color = 0xffffffff, .surface = kLand});
    const auto first = static_cast<uint32_t>(mesh.vertices.size());
    for (int j = from.y; j <= to.y; ++j)
      for (int i = from.x; i <= to.x; ++i) addCorner(builder, at({i, j}));
    const auto row = static_cast<uint32_t>(to.x - from.x + 1);
    for (int j = from.y; j < to.y; ++j) {
      for (int i = from.x; i < to.x; ++i) {
        if (open({i, j})) continue;
        const uint32_t sw = first + static_cast<uint32_t>(j - from.y) * row + static_cast<uint32_t>(i - from.x);
        builder.addIndices(sw, sw + 1, sw + row + 1);
        builder.addIndices(sw, sw + row + 1, sw + row);
      }
    }
  }

 private:
  void addCorner(importing::MeshBuilder& builder, glm::dvec2 p) const {
    const double z = land_.height(p);
    const bool under = p.x > openLow_.x && p.x < openHigh_.x && p.y > openLow_.y && p.y < openHigh_.y;
    builder.addVertex(glm::vec3(glm::dvec3(p, z - (under ? kSunk : 0))), glm::vec3(land_.normal(p, step_)),
                      glm::vec2(p - glm::round(p / 1024.0) * 1024.0), land_.color(p, z));
  }
  /// The square lies wholly within the inner box and does not touch its border.
  bool open(glm::ivec2 square) const {
    const glm::dvec2 a = at(square);
    const glm::dvec2 b = a + cell_;
    return a.x > openLow_.x && a.y > openLow_.y && b.x < openHigh_.x && b.y < openHigh_.y;
  }

  const FarLand& land_;
  glm::dvec2 low_, openLow_, openHigh_;
  double step_;  ///< metres, for normals
  glm::ivec2 squares_{0};
  glm::dvec2 cell_{0};
};

void addRing(const FarLand& land, const RingOfSquares& squares, double innerReach, Pieces& pieces) {
  const Ring ring(land, squares, innerReach);
  const double side = ring.at({kBlock, 0}).x - ring.at({0, 0}).x;
  for (int j = 0; j < ring.squares().y; j += kBlock) {
    for (int i = 0; i < ring.squares().x; i += kBlock) {
      const glm::ivec2 from(i, j);
      const glm::ivec2 to = glm::min(from + kBlock, ring.squares());
      const PieceKind kind{squares.name, scene::StaticLayer::Terrain, false, 0, side};
      ring.addBlock(from, to, pieces.mesh(kind, 0.5 * (ring.at(from) + ring.at(to))));
    }
  }
}

/// An apron that hangs from the lattice's border: no gap shows where the first ring passes below it.
void addApron(const FarLand& land, const HeightField& terrain, const GroundTint& tint, scene::Mesh& mesh) {
  importing::MeshBuilder builder(
      mesh, {.color = 0xffffffff, .surface = kLand});
  const glm::dvec2 middle = 0.5 * (land.low() + land.high());
  const auto point = [&](uint32_t column, uint32_t row, bool below) {
    const glm::dvec2 p = tint.southWest + glm::dvec2(column, row) * tint.spacing;
    const glm::dvec2 out = glm::normalize(p - middle) * (below ? 40.0 : 0.0);
    const glm::dvec3 normal = terrain.normalAt(p.x, p.y);
    return builder.addVertex(glm::vec3(glm::dvec3(p + out, terrain.at(p.x, p.y) - (below ? kSunk + 2 : 0))),
                             glm::vec3(normal), {0, 0}, tint.at(column, row));
  };
  const auto quad = [&](uint32_t c0, uint32_t r0, uint32_t c1, uint32_t r1) {
    const uint32_t a = point(c0, r0, false);
    const uint32_t b = point(c1, r1, false);
    const uint32_t c = point(c1, r1, true);
    const uint32_t d = point(c0, r0, true);
    builder.addIndices(a, c, b);
    builder.addIndices(a, d, c);
  };
  const uint32_t right = tint.columns - 1;
  const uint32_t top = tint.rows - 1;
  for (uint32_t i = 0; i < right; ++i) {
    quad(i, 0, i + 1, 0);
    quad(i + 1, top, i, top);
  }
  for (uint32_t j = 0; j < top; ++j) {
    quad(right, j, right, j + 1);
    quad(0, j + 1, 0, j);
  }
}

}  // namespace

void buildFarTerrain(const CityData& data, const GroundTint& tint, Pieces& pieces) {
  constexpr PieceKind kKind{"land beyond, apron", scene::StaticLayer::Terrain, false, 0, 1e9};
  const FarLand land(data.terrain, tint);
  scene::Mesh& mesh = pieces.mesh(kKind, {1, 1});
  addApron(land, data.terrain, tint, mesh);
  double inner = 0;
  for (const RingOfSquares& ring : kRings) {
    addRing(land, ring, inner, pieces);
    inner = ring.reach;
  }
}

}  // namespace city

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
  double cell;   ///< metres
  double reach;  ///< beyond the lattice
};

constexpr std::array kRings{RingOfSquares{100, 900}, RingOfSquares{260, 3000}, RingOfSquares{800, 9500}};

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
    const double hills = smooth(d / 900) * (34 * noise(p, 1300) + 14 * noise(p, 520));
    const double mountains =
        smooth((d - 1800) / 4500) * std::max(0.0, 190 + 210 * noise(p, 2600) + 70 * noise(p, 1100));
    return glm::mix(border, level_ - 4, smooth(d / 1100)) + hills + mountains;
  }

  uint32_t color(glm::dvec2 p, double z) const {
    const double d = away(p);
    const glm::dvec2 q = glm::clamp((p - tint_.southWest) / tint_.spacing, glm::dvec2(0),
                                    glm::dvec2(tint_.columns - 1, tint_.rows - 1));
    const uint32_t border = tint_.at(static_cast<uint32_t>(q.x), static_cast<uint32_t>(q.y));
    // Woods on what rises, fields and the far town in the plain.
    const double wooded = terrain_.empty() ? smooth((noise(p, 700) + 0.2) * 1.6)
                                           : smooth((z - level_ - 6) / 26 + 0.35 * noise(p, 300));
    const glm::vec4 plain =
        glm::mix(glm::unpackUnorm4x8(math::packHex(0xB3BA98)), glm::unpackUnorm4x8(math::packHex(0xC3C0AC)),
                 static_cast<float>(smooth(noise(p, 420) + 0.4)));
    const glm::vec4 far =
        glm::mix(plain, glm::unpackUnorm4x8(math::packHex(0x7F8E69)), static_cast<float>(wooded));
    return glm::packUnorm4x8(glm::mix(glm::unpackUnorm4x8(border), far, static_cast<float>(smooth(d / 500))));
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
void addRing(const FarLand& land, const RingOfSquares& ring, double innerReach, scene::Mesh& mesh) {
  const glm::dvec2 low = land.low() - ring.reach;
  const glm::dvec2 high = land.high() + ring.reach;
  const glm::dvec2 openLow = land.low() - innerReach;
  const glm::dvec2 openHigh = land.high() + innerReach;
  const double wanted = std::max(ring.cell, std::max(high.x - low.x, high.y - low.y) / 64);
  const int nx = static_cast<int>(std::ceil((high.x - low.x) / wanted));
  const int ny = static_cast<int>(std::ceil((high.y - low.y) / wanted));
  const glm::dvec2 cell = (high - low) / glm::dvec2(nx, ny);
  importing::MeshBuilder builder(
      mesh, {.color = 0xffffffff, .surface = kLand});
  const auto first = static_cast<uint32_t>(mesh.vertices.size());
  for (int j = 0; j <= ny; ++j) {
    for (int i = 0; i <= nx; ++i) {
      const glm::dvec2 p = low + glm::dvec2(i, j) * cell;
      const double z = land.height(p);
      const bool under = p.x > openLow.x && p.x < openHigh.x && p.y > openLow.y && p.y < openHigh.y;
      builder.addVertex(glm::vec3(glm::dvec3(p, z - (under ? kSunk : 0))),
                        glm::vec3(land.normal(p, ring.cell / 2)),
                        glm::vec2(p - glm::round(p / 1024.0) * 1024.0), land.color(p, z));
    }
  }
  const auto open = [&](int i,
                        int j) {  // the square lies wholly within the box and does not touch its border
    const glm::dvec2 a = low + glm::dvec2(i, j) * cell;
    const glm::dvec2 b = a + cell;
    return a.x > openLow.x && a.y > openLow.y && b.x < openHigh.x && b.y < openHigh.y;
  };
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      if (open(i, j)) continue;
      const uint32_t sw = first + static_cast<uint32_t>(j * (nx + 1) + i);
      const uint32_t row = static_cast<uint32_t>(nx + 1);
      builder.addIndices(sw, sw + 1, sw + row + 1);
      builder.addIndices(sw, sw + row + 1, sw + row);
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
  constexpr PieceKind kKind{"terrain beyond", scene::StaticLayer::Terrain, false, 0, 1e9};
  const FarLand land(data.terrain, tint);
  scene::Mesh& mesh = pieces.mesh(kKind, {1, 1});
  addApron(land, data.terrain, tint, mesh);
  double inner = 0;
  for (const RingOfSquares& ring : kRings) {
    addRing(land, ring, inner, mesh);
    inner = ring.reach;
  }
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/terrain.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/hash.h"
#include "engine/import/mesh_build.h"
#include "twin/city/ground_tint.h"
#include "twin/city/palette.h"

namespace city {
namespace {

constexpr uint32_t kCellsPerTile = 18;
// Far ground needs no shadow map; near ground receives and, being relief, casts nothing that matters.
constexpr PieceKind kKind{"terrain", scene::StaticLayer::Terrain, false, 0, 1e9};

const uint32_t kSurface = gpu_types::packSurface(gpu_types::kSurfaceTerrain);

glm::dvec2 wrapped(glm::dvec2 p) { return p - glm::round(p / 512.0) * 512.0; }

void addTile(const GroundTint& tint, const HeightField& terrain, uint32_t column0, uint32_t row0, scene::Mesh& mesh) {
  const uint32_t column1 = std::min(column0 + kCellsPerTile, tint.columns - 1);
  const uint32_t row1 = std::min(row0 + kCellsPerTile, tint.rows - 1);
  importing::MeshBuilder builder(mesh, {.color = 0xffffffff, .surface = kSurface});
  const uint32_t width = column1 - column0 + 1;
  const auto first = static_cast<uint32_t>(mesh.vertices.size());
  for (uint32_t row = row0; row <= row1; ++row) {
    for (uint32_t column = column0; column <= column1; ++column) {
      const glm::dvec2 p = tint.southWest + glm::dvec2(column, row) * tint.spacing;
      builder.addVertex(glm::vec3(glm::dvec3(p, terrain.at(p.x, p.y))), glm::vec3(terrain.normalAt(p.x, p.y)), glm::vec2(wrapped(p)), tint.at(column, row));
    }
  }
  for (uint32_t row = 0; row + row0 < row1; ++row) {
    for (uint32_t column = 0; column + column0 < column1; ++column) {
      const uint32_t sw = first + row * width + column;
      builder.addIndices(sw, sw + 1, sw + width + 1);
      builder.addIndices(sw, sw + width + 1, sw + width);
    }
  }
}

double smooth(double t) { return t * t * (3 - 2 * t); }

/// Value noise in -1..1 over a grid of `cell` metres.
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

/// A corner of the skirt: a point of the lattice's border and where it moves outward.
struct BorderPoint {
  glm::dvec2 p;
  glm::dvec2 outward;
  uint32_t color;
};

std::vector<BorderPoint> borderOf(const GroundTint& t) {
  std::vector<BorderPoint> border;  // counter-clockwise from the south-west corner
  const uint32_t right = t.columns - 1;
  const uint32_t top = t.rows - 1;
  const auto add = [&](uint32_t column, uint32_t row) {
    const glm::dvec2 outward(column == 0 ? -1 : column == right ? 1 : 0, row == 0 ? -1 : row == top ? 1 : 0);
    border.push_back({t.southWest + glm::dvec2(column, row) * t.spacing, outward, t.at(column, row)});
  };
  for (uint32_t i = 0; i < right; ++i) add(i, 0);
  for (uint32_t j = 0; j < top; ++j) add(right, j);
  for (uint32_t i = right; i > 0; --i) add(i, top);
  for (uint32_t j = top; j > 0; --j) add(0, j);
  return border;
}

void addSkirt(const GroundTint& tint, const HeightField& terrain, scene::Mesh& mesh) {
  const std::vector<BorderPoint> border = borderOf(tint);
  double level = 0;
  for (const BorderPoint& b : border) level += terrain.at(b.p.x, b.p.y) / static_cast<double>(border.size());
  constexpr std::array kDistances{0.0, 120.0, 420.0, 1100.0, 2600.0, 6000.0};
  constexpr double kReach = 6000;
  const double relief = terrain.empty() ? 0 : 55;
  const auto pointAt = [&](const BorderPoint& b, double d) {
    const glm::dvec2 p = b.p + b.outward * d;
    const double away = std::min(d / 2600, 1.0);
    const double hill = relief * smooth(std::min(d / 1500, 1.0)) * (noise(p, 900) + 0.5 * noise(p, 380));
    return glm::dvec3(p, glm::mix(terrain.at(b.p.x, b.p.y), level, smooth(away) * 0.7) + hill);
  };
  importing::MeshBuilder builder(mesh, {.color = 0xffffffff, .surface = kSurface});
  const auto count = static_cast<uint32_t>(border.size());
  for (const double d : kDistances) {
    for (uint32_t i = 0; i < count; ++i) {
      const BorderPoint& b = border[i];
      const glm::dvec3 p = pointAt(b, d);
      const BorderPoint& next = border[(i + 1) % count];
      const glm::dvec3 outward = pointAt(b, std::min(d + 60, kReach * 1.1)) - p;
      const glm::dvec3 along = pointAt(next, d) - p;
      glm::dvec3 normal = d == 0 ? terrain.normalAt(p.x, p.y) : glm::cross(outward, along);
      if (!(glm::length(normal) > 1e-6)) normal = {0, 0, 1};
      if (normal.z < 0) normal = -normal;
      const auto far = static_cast<float>(std::min(d / 900, 1.0));
      const glm::vec4 color = glm::mix(glm::unpackUnorm4x8(b.color), glm::unpackUnorm4x8(math::packHex(0x8E9B78)), far);
      builder.addVertex(glm::vec3(p), glm::vec3(glm::normalize(normal)), glm::vec2(wrapped(glm::dvec2(p))), glm::packUnorm4x8(color));
    }
  }
  for (uint32_t ring = 0; ring + 1 < kDistances.size(); ++ring) {
    for (uint32_t i = 0; i < count; ++i) {
      const uint32_t a = ring * count + i;
      const uint32_t b = ring * count + (i + 1) % count;
      builder.addIndices(a, a + count, b + count);
      builder.addIndices(a, b + count, b);
    }
  }
}

}  // namespace

void buildTerrain(const CityData& data, Pieces& pieces) {
  const GroundTint tint = tintGround(data);
  PieceKind kind = kKind;
  kind.tile = kCellsPerTile * tint.spacing;
  for (uint32_t row = 0; row + 1 < tint.rows; row += kCellsPerTile) {
    for (uint32_t column = 0; column + 1 < tint.columns; column += kCellsPerTile) {
      const glm::dvec2 middle = (glm::dvec2(column, row) + kCellsPerTile / 2.0) * tint.spacing;
      addTile(tint, data.terrain, column, row, pieces.mesh(kind, middle));
    }
  }
  PieceKind skirt = kKind;
  skirt.name = "terrain beyond";
  addSkirt(tint, data.terrain, pieces.mesh(skirt, {0, 0}));
}

}  // namespace city

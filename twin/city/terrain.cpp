// SPDX-License-Identifier: Apache-2.0
#include "twin/city/terrain.h"

#include <algorithm>
#include <cmath>

#include "engine/import/mesh_build.h"
#include "twin/city/far_terrain.h"
#include "twin/city/ground_tint.h"

namespace city {
namespace {

constexpr uint32_t kCellsPerTile = 18;
// Far ground needs no shadow map; near ground receives and, being relief, casts nothing that matters.
constexpr PieceKind kKind{"terrain", scene::StaticLayer::Terrain, false, 0, 1e9};

const uint32_t kSurface = gpu_types::packSurface(gpu_types::kSurfaceTerrain);

glm::dvec2 wrapped(glm::dvec2 p) {
  return p - glm::round(p / 512.0) * 512.0;
}

void addTile(const GroundTint& tint, const HeightField& terrain, uint32_t column0, uint32_t row0,
             scene::Mesh& mesh) {
  const uint32_t column1 = std::min(column0 + kCellsPerTile, tint.columns - 1);
  const uint32_t row1 = std::min(row0 + kCellsPerTile, tint.rows - 1);
  importing::MeshBuilder builder(mesh, {.color = 0xffffffff, .surface = kSurface});
  const uint32_t width = column1 - column0 + 1;
  const auto first = static_cast<uint32_t>(mesh.vertices.size());
  for (uint32_t row = row0; row <= row1; ++row) {
    for (uint32_t column = column0; column <= column1; ++column) {
      const glm::dvec2 p = tint.southWest + glm::dvec2(column, row) * tint.spacing;
      builder.addVertex(glm::vec3(glm::dvec3(p, terrain.at(p.x, p.y))), glm::vec3(terrain.normalAt(p.x, p.y)),
                        glm::vec2(wrapped(p)), tint.at(column, row));
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
  buildFarTerrain(data, tint, pieces);
}

}  // namespace city

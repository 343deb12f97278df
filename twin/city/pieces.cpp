// SPDX-License-Identifier: Apache-2.0
#include "twin/city/pieces.h"

#include <cmath>

namespace city {

scene::Mesh& Pieces::mesh(const PieceKind& kind, glm::dvec2 p) {
  const int column = static_cast<int>(std::floor(p.x / kind.tile));
  const int row = static_cast<int>(std::floor(p.y / kind.tile));
  Piece& piece = pieces_[{kind.name, column, row}];
  if (piece.mesh.name.empty()) {
    piece.kind = kind;
    piece.mesh.name = std::string(kind.name) + " " + std::to_string(column) + " " + std::to_string(row);
  }
  return piece.mesh;
}

void Pieces::join(scene::Scene& scene) {
  for (auto& [key, piece] : pieces_) {
    if (piece.mesh.indices.empty()) continue;
    const scene::MeshId mesh = scene.meshes.add(std::move(piece.mesh));
    scene.bounds.add(scene.meshes.find(mesh)->bounds);
    scene.statics.add({mesh, piece.kind.layer, piece.kind.castsShadow, piece.kind.maxDistance});
  }
  pieces_.clear();
}

size_t Pieces::triangleCount() const {
  size_t count = 0;
  for (const auto& [key, piece] : pieces_) count += piece.mesh.indices.size() / 3;
  return count;
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/pieces.h"

#include <cmath>

namespace city {
namespace {

void dropTurnedOver(scene::Mesh& mesh) {
  size_t kept = 0;
  for (size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::dvec2 a(mesh.vertices[mesh.indices[i]].position);
    const glm::dvec2 u = glm::dvec2(mesh.vertices[mesh.indices[i + 1]].position) - a;
    const glm::dvec2 v = glm::dvec2(mesh.vertices[mesh.indices[i + 2]].position) - a;
    if (u.x * v.y - u.y * v.x <= 1e-6) continue;
    for (size_t k = 0; k < 3; ++k) mesh.indices[kept + k] = mesh.indices[i + k];
    kept += 3;
  }
  mesh.indices.resize(kept);
}

}  // namespace

scene::Mesh& Pieces::mesh(const PieceKind& kind, glm::dvec2 p) {
  const int column = static_cast<int>(std::floor(p.x / (kind.tile * tileScale_)));
  const int row = static_cast<int>(std::floor(p.y / (kind.tile * tileScale_)));
  Piece& piece = pieces_[{kind.name, column, row}];
  if (piece.mesh.name.empty()) {
    piece.kind = kind;
    piece.mesh.name = std::string(kind.name) + " " + std::to_string(column) + " " + std::to_string(row);
  }
  return piece.mesh;
}

void Pieces::join(scene::Scene& scene) {
  for (auto& [key, piece] : pieces_) {
    if (piece.kind.facesUp) dropTurnedOver(piece.mesh);
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

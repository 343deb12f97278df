// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "engine/scene/scene.h"

namespace city {

/// What one family of static meshes has in common.
struct PieceKind {
  const char* name = "";
  scene::StaticLayer layer = scene::StaticLayer::Solid;
  bool castsShadow = false;
  float maxDistance = 0;  ///< metres, 0 = always drawn
  double tile = 500;      ///< side of a tile, metres
  bool facesUp = false;   ///< lies on the ground: triangles that a tight bend has turned over are dropped
};

/// Meshes by kind and tile, filled by one builder on any thread and joined to the scene by one thread.
class Pieces {
 public:
  /// `tileScale` above 1 makes tiles larger, for cities so wide that there would be too many.
  explicit Pieces(double tileScale = 1) : tileScale_(tileScale) {}

  /// The mesh that takes what lies at `p`; the reference holds until the pieces are joined.
  scene::Mesh& mesh(const PieceKind& kind, glm::dvec2 p);
  /// Moves every mesh into the scene as a batch, in order of kind and tile.
  void join(scene::Scene& scene);
  size_t triangleCount() const;

 private:
  struct Piece {
    PieceKind kind;
    scene::Mesh mesh;
  };
  double tileScale_;
  std::map<std::tuple<std::string, int, int>, Piece> pieces_;
};

}  // namespace city

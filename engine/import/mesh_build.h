// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "engine/import/triangulate.h"
#include "engine/math/pack.h"
#include "engine/scene/mesh_store.h"

namespace importing {

/// What every vertex gets until it is changed.
struct Paint {
  uint32_t color = 0xffffffff;  ///< sRGB (math::packHex), alpha = openness 255 open .. 0 occluded
  uint32_t surface = 0;         ///< gpu_types::packSurface
  uint32_t object = gpu_types::kNoObject;
};

/// `color` with another openness, 0 occluded .. 1 open.
uint32_t withOpenness(uint32_t color, float openness);

/// Appends packed vertices to a mesh. Metres, z up, triangles counter-clockwise seen from outside.
/// Degenerate faces are left out. The mesh must outlive the builder.
class MeshBuilder {
 public:
  explicit MeshBuilder(scene::Mesh& mesh, Paint paint = {}) : mesh_(mesh), paint_(paint) {}

  void setPaint(const Paint& paint) { paint_ = paint; }
  Paint& paint() { return paint_; }
  size_t triangleCount() const { return mesh_.indices.size() / 3; }

  /// `normal` of unit length, `uv` in metres (-512 .. 511.98, clamped); returns the index.
  uint32_t addVertex(glm::vec3 position, glm::vec3 normal, glm::vec2 uv);
  uint32_t addVertex(glm::vec3 position, glm::vec3 normal, glm::vec2 uv, uint32_t color);
  /// Three indices that addVertex returned.
  void addIndices(uint32_t a, uint32_t b, uint32_t c) { mesh_.indices.insert(mesh_.indices.end(), {a, b, c}); }

  /// One flat face; its normal comes from the corners.
  void addTriangle(const std::array<glm::vec3, 3>& corners, const std::array<glm::vec2, 3>& uv = {});
  /// Two triangles over four corners in turn (planar or nearly so), one normal.
  void addQuad(const std::array<glm::vec3, 4>& corners, const std::array<glm::vec2, 4>& uv = {});

  /// A level face at height `z`, facing up (or down). Rings may turn either way. uv = world x, y metres,
  /// counted from the multiple of 64 m nearest to the ring, so slab patterns run on across polygons.
  void addPolygon(std::span<const glm::vec2> outer, float z, bool up = true, std::span<const Ring> holes = {});
  /// The same face draped: one height per point, outer then holes, normals per triangle.
  void addDraped(std::span<const glm::vec2> outer, std::span<const float> heights, std::span<const Ring> holes = {});
  /// A convex planar outline in space, as a fan; uv along its first edge and square to it.
  void addConvex(std::span<const glm::vec3> outline);

  /// Walls round a ring from z0 to z1, facing out (a hole's ring: pass `inward`). uv = (metres along
  /// the ring, metres above z0); u starts anew at an edge before it would leave the packable range.
  /// `footOpenness` (0..1) multiplies the openness at z0, for contact with the ground.
  void addWalls(std::span<const glm::vec2> ring, float z0, float z1, bool inward = false, float footOpenness = 1.f);
  /// Walls and roof (no floor) of a prism, roof painted with `roof`.
  void addPrism(std::span<const glm::vec2> outer, float z0, float z1, const Paint& roof,
                std::span<const Ring> holes = {}, float footOpenness = 1.f);

  /// A box about `centre`, turned by `yaw` (radians, counter-clockwise); the bottom face is optional.
  void addBox(glm::vec3 centre, glm::vec3 halfSize, float yaw = 0.f, bool bottom = false);
  /// An upright prism of `sides` with smooth normals, `topRadius` 0 gives a cone; capped on top.
  void addColumn(glm::vec3 foot, float radius, float topRadius, float height, int sides);
  /// A sphere-like crown or dome, smooth normals; `rings` >= 2, `sides` >= 3.
  void addEllipsoid(glm::vec3 centre, glm::vec3 radii, int sides, int rings);

  /// A ribbon between two polylines of equal length (left, right seen along it), facing up; corner uv =
  /// (across[i], along[i]) as given: metres right of the centre line and metres along.
  void addStrip(std::span<const glm::vec3> left, std::span<const glm::vec3> right, std::span<const float> along,
                float acrossLeft, float acrossRight);

 private:
  scene::Mesh& mesh_;
  Paint paint_;
};

}  // namespace importing

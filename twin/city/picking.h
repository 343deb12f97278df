// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "engine/scene/scene.h"
#include "twin/city/height_field.h"

namespace city {

/// Where a ray meets what is drawn.
struct RayHit {
  glm::dvec3 point{0};
  uint32_t pick = 0;    ///< as in the id attachment: object + 1, or slot | kPickInstance; 0 bare ground
  double distance = 0;  ///< metres from the origin
};

/// Rays against the fixed city and its instances, on the CPU: for tests against the GPU's ids and for a
/// camera that must not enter walls. The fixed city is indexed once; make a new caster when the scene's
/// statics change. Hidden things are not hit.
class RayCaster {
 public:
  explicit RayCaster(const scene::Scene& scene);

  /// The nearest hit within `reach` metres; instances stand where they are drawn at `timeMs`.
  std::optional<RayHit> cast(glm::dvec3 origin, glm::dvec3 direction, uint32_t timeMs,
                             double reach = 20'000) const;

 private:
  struct Node {
    glm::vec3 low, high;
    uint32_t first = 0;  ///< of children, or of triangles in a leaf
    uint32_t count = 0;  ///< triangles; 0: inner node with children `first` and `first` + 1
  };
  struct Batch {
    scene::MeshId mesh;
    scene::StaticLayer layer = scene::StaticLayer::Solid;
    float maxDistance = 0;
    std::vector<uint32_t> triangles;  ///< first index / 3, in the order of the leaves
    std::vector<Node> nodes;
  };

  void split(Batch& batch, const scene::Mesh& mesh, uint32_t node, int depth) const;
  void castBatch(const Batch& batch, glm::dvec3 origin, glm::dvec3 direction, RayHit& best) const;
  void castInstances(glm::dvec3 origin, glm::dvec3 direction, uint32_t timeMs, RayHit& best) const;

  const scene::Scene& scene_;
  std::vector<Batch> batches_;
};

/// One ray without keeping the index.
std::optional<RayHit> castRay(const scene::Scene& scene, glm::dvec3 origin, glm::dvec3 direction,
                              uint32_t timeMs);

/// Where a ray meets the bare ground from above; nothing within 50 km.
std::optional<glm::dvec3> hitGround(const HeightField& terrain, glm::dvec3 origin, glm::dvec3 direction);

}  // namespace city

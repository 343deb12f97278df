// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/slot_map.h"
#include "engine/math/bounds.h"
#include "shaders/shared/gpu_types.h"

namespace scene {

using Vertex = gpu_types::Vertex;

/// Triangles, counter-clockwise seen from outside. Indices count from the mesh's own first vertex.
struct Mesh {
  std::string name;
  std::vector<Vertex> vertices;
  std::vector<uint32_t> indices;
  math::Bounds bounds;
};

using MeshId = base::Handle<Mesh>;

/// The CPU side of every mesh. The renderer uploads what takeAdded() names, and keeps its own ranges.
class MeshStore {
 public:
  /// Computes the bounds. An empty mesh is allowed and draws nothing.
  MeshId add(Mesh mesh);
  void remove(MeshId id);
  const Mesh* find(MeshId id) const { return meshes_.find(id); }
  /// Around every vertex that any mesh so far gave to a static object; empty: none did. Does not shrink.
  math::Bounds objectBounds(uint32_t object) const { return object < objectBounds_.size() ? objectBounds_[object] : math::Bounds{}; }
  size_t size() const { return meshes_.size(); }

  /// Meshes added or removed since the last call; for the one uploader.
  std::vector<MeshId> takeAdded();
  std::vector<MeshId> takeRemoved();

 private:
  base::SlotMap<Mesh> meshes_;
  std::vector<math::Bounds> objectBounds_;
  std::vector<MeshId> added_;
  std::vector<MeshId> removed_;
};

}  // namespace scene

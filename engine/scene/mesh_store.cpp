// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/mesh_store.h"

namespace scene {

MeshId MeshStore::add(Mesh mesh) {
  mesh.bounds = {};
  for (const Vertex& v : mesh.vertices) {
    mesh.bounds.add(v.position);
    if (v.object == gpu_types::kNoObject) continue;
    if (v.object >= objectBounds_.size()) objectBounds_.resize(v.object + size_t{1});
    objectBounds_[v.object].add(v.position);
  }
  const MeshId id = meshes_.insert(std::move(mesh));
  added_.push_back(id);
  return id;
}

void MeshStore::remove(MeshId id) {
  meshes_.erase(id);
  std::erase(added_, id);
  removed_.push_back(id);
}

std::vector<MeshId> MeshStore::takeAdded() { return std::exchange(added_, {}); }
std::vector<MeshId> MeshStore::takeRemoved() { return std::exchange(removed_, {}); }

}  // namespace scene

// SPDX-License-Identifier: Apache-2.0
#include "engine/render/mesh_arena.h"

#include <array>

#include "engine/gpu/barrier.h"

namespace render {
namespace {

SurfaceClass classOfTriangle(const scene::Mesh& mesh, size_t triangle) {
  return classOfVertex(mesh.vertices[mesh.indices[triangle * 3]].surface);
}

/// The indices by class, each class in its old order, and where each class begins.
std::vector<uint32_t> byClass(const scene::Mesh& mesh, uint32_t firstIndex, std::vector<MeshPart>& parts) {
  std::array<uint32_t, kSurfaceClasses> counts{};
  const size_t triangles = mesh.indices.size() / 3;
  for (size_t t = 0; t < triangles; ++t) ++counts[static_cast<size_t>(classOfTriangle(mesh, t))];
  std::array<uint32_t, kSurfaceClasses> next{};
  uint32_t at = 0;
  parts.clear();
  for (uint32_t c = 0; c < kSurfaceClasses; ++c) {
    next[c] = at;
    if (counts[c] > 0) parts.push_back({static_cast<SurfaceClass>(c), firstIndex + at, counts[c] * 3});
    at += counts[c] * 3;
  }
  std::vector<uint32_t> indices(triangles * 3);
  for (size_t t = 0; t < triangles; ++t) {
    uint32_t& to = next[static_cast<size_t>(classOfTriangle(mesh, t))];
    for (size_t k = 0; k < 3; ++k) indices[to++] = mesh.indices[t * 3 + k];
  }
  return indices;
}

}  // namespace

base::Result<MeshArena> MeshArena::create(gpu::Device& device) {
  MeshArena arena;
  base::Result<gpu::GrowingBuffer> vertices =
      gpu::GrowingBuffer::create(device, VK_BUFFER_USAGE_VERTEX_BUFFER_BIT, 1 << 20, "vertices");
  if (!vertices) return base::Error{vertices.error()};
  base::Result<gpu::GrowingBuffer> indices =
      gpu::GrowingBuffer::create(device, VK_BUFFER_USAGE_INDEX_BUFFER_BIT, 1 << 19, "indices");
  if (!indices) return base::Error{indices.error()};
  arena.vertices_ = std::move(*vertices);
  arena.indices_ = std::move(*indices);
  return arena;
}

base::Result<uint64_t> MeshArena::sync(VkCommandBuffer commands, gpu::UploadArena& upload, scene::MeshStore& meshes) {
  for (const scene::MeshId id : meshes.takeRemoved()) drop(id.slot);
  const std::vector<scene::MeshId> added = meshes.takeAdded();
  uint64_t bytes = 0;
  // Reserve first: growing copies whole buffers, so once is enough.
  for (const scene::MeshId id : added) {
    const scene::Mesh* mesh = meshes.find(id);
    if (mesh == nullptr) continue;
    if (id.slot >= ranges_.size()) {
      ranges_.resize(id.slot + 1);
      parts_.resize(id.slot + 1);
    }
    drop(id.slot);
    const auto vertexCount = static_cast<uint32_t>(mesh->vertices.size());
    const auto indexCount = static_cast<uint32_t>(mesh->indices.size() / 3 * 3);
    ranges_[id.slot] = {indexRanges_.allocate(indexCount), indexCount, vertexRanges_.allocate(vertexCount), vertexCount,
                        id.slot};
  }
  if (base::Status s = vertices_.ensure(commands, VkDeviceSize{vertexRanges_.end()} * sizeof(scene::Vertex)); !s)
    return base::Error{s.error()};
  if (base::Status s = indices_.ensure(commands, VkDeviceSize{indexRanges_.end()} * sizeof(uint32_t)); !s)
    return base::Error{s.error()};
  for (const scene::MeshId id : added) {
    const scene::Mesh* mesh = meshes.find(id);
    if (mesh == nullptr) continue;
    if (base::Status s = place(commands, upload, id.slot, *mesh); !s) return base::Error{s.error()};
    bytes += mesh->vertices.size() * sizeof(scene::Vertex) + mesh->indices.size() * sizeof(uint32_t);
  }
  return bytes;
}

base::Status MeshArena::place(VkCommandBuffer commands, gpu::UploadArena& upload, uint32_t slot, const scene::Mesh& mesh) {
  const MeshRange& r = ranges_[slot];
  const std::vector<uint32_t> indices = byClass(mesh, r.firstIndex, parts_[slot]);
  const bool copied =
      upload.copyTo(commands, vertices_.handle(), VkDeviceSize{r.firstVertex} * sizeof(scene::Vertex),
                    gpu::bytesOf(mesh.vertices)) &&
      upload.copyTo(commands, indices_.handle(), VkDeviceSize{r.firstIndex} * sizeof(uint32_t), gpu::bytesOf(indices));
  if (!copied) return base::Error{"no memory to upload the mesh " + mesh.name};
  return base::okStatus();
}

void MeshArena::drop(uint32_t slot) {
  if (slot >= ranges_.size()) return;
  const MeshRange r = ranges_[slot];
  vertexRanges_.free(r.firstVertex, r.vertexCount);
  indexRanges_.free(r.firstIndex, r.indexCount);
  ranges_[slot] = {};
  parts_[slot].clear();
}

}  // namespace render

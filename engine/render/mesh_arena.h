// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/gpu/growing_buffer.h"
#include "engine/render/range_allocator.h"
#include "engine/render/surface_class.h"
#include "engine/scene/mesh_store.h"

namespace render {

/// Where a mesh lies in the arena; indexCount 0 = not there, or empty.
struct MeshRange {
  uint32_t firstIndex = 0;
  uint32_t indexCount = 0;
  uint32_t firstVertex = 0;
  uint32_t vertexCount = 0;
  uint32_t slot = 0;         ///< of the mesh, for parts()
};

/// The triangles of one surface class within a mesh.
struct MeshPart {
  SurfaceClass surfaceClass = SurfaceClass::Other;
  uint32_t firstIndex = 0;   ///< in the arena
  uint32_t indexCount = 0;
};

/// Every mesh in one vertex and one index buffer, so that a pass binds them once. The triangles of a mesh
/// are put in the order of their surface classes.
class MeshArena {
 public:
  MeshArena() = default;
  static base::Result<MeshArena> create(gpu::Device& device);

  /// Uploads what was added and frees what was removed. The bytes that were copied.
  base::Result<uint64_t> sync(VkCommandBuffer commands, gpu::UploadArena& upload, scene::MeshStore& meshes);
  MeshRange range(scene::MeshId id) const { return id && id.slot < ranges_.size() ? ranges_[id.slot] : MeshRange{}; }
  /// The parts of the mesh in a slot, by class; together they are the whole range.
  std::span<const MeshPart> parts(uint32_t slot) const { return parts_[slot]; }
  VkBuffer vertices() const { return vertices_.handle(); }
  VkBuffer indices() const { return indices_.handle(); }

 private:
  base::Status place(VkCommandBuffer commands, gpu::UploadArena& upload, uint32_t slot, const scene::Mesh& mesh);
  void drop(uint32_t slot);

  gpu::GrowingBuffer vertices_;
  gpu::GrowingBuffer indices_;
  RangeAllocator vertexRanges_;
  RangeAllocator indexRanges_;
  std::vector<MeshRange> ranges_;              // by mesh slot
  std::vector<std::vector<MeshPart>> parts_;   // by mesh slot
};

}  // namespace render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/gpu/frame_ring.h"
#include "engine/gpu/growing_buffer.h"
#include "engine/render/instance_lists.h"
#include "engine/scene/scene.h"

namespace render {

/// A stretch of the groves' index buffer.
struct GroveRange {
  uint32_t firstIndex = 0;
  uint32_t indexCount = 0;
};

/// Cell `cell` of InstanceLists::models()[model].
struct CellIndex {
  size_t model = 0;
  size_t cell = 0;
};

/// What a coarse level of a standing model looks like at every one of its places, merged into one mesh: a
/// software device pays more for each instance than for the few triangles of a distant tree. Levels of a
/// handful of vertices that need nothing but their place (plain and leaf surfaces) qualify. Neighbouring cells
/// lie side by side in the index buffer, so that a whole wood is one draw.
class Groves {
 public:
  static base::Result<Groves> create(gpu::Device& device);

  /// Merges again when the lists did, and records the copies. The bytes that were copied.
  base::Result<uint64_t> sync(gpu::Frame& frame, const scene::Scene& scene, const InstanceLists& lists);
  /// The merged trees of one cell at one level of their model; indexCount 0: drawn as instances.
  GroveRange range(CellIndex at, size_t level) const;
  VkBuffer vertices() const { return vertices_.handle(); }
  VkBuffer indices() const { return indices_.handle(); }

 private:
  gpu::GrowingBuffer vertices_;
  gpu::GrowingBuffer indices_;
  std::vector<std::vector<std::vector<GroveRange>>> ranges_;  // by model, level, cell
  uint64_t listsRevision_ = UINT64_MAX;
};

/// In the order of the buffer, neighbours joined.
void joinGroves(std::vector<GroveRange>& list);

}  // namespace render

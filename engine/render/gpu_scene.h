// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/gpu/descriptors.h"
#include "engine/gpu/frame_ring.h"
#include "engine/gpu/growing_buffer.h"
#include "engine/gpu/sampler.h"
#include "engine/render/ground_field.h"
#include "engine/render/groves.h"
#include "engine/render/instance_lists.h"
#include "engine/render/mesh_arena.h"
#include "engine/scene/scene.h"

namespace render {

/// Which points of the line buffer are drawn how.
struct LineSpan {
  uint32_t first = 0;
  uint32_t count = 0;  ///< points
};

/// Of gpu_types::LinePoint::flags.
constexpr uint32_t kFirstPoint = 1;
constexpr uint32_t kLastPoint = 2;

/// The scene's copy on the device: meshes, instances, objects, lights, lines, ground field. sync()
/// copies only what changed.
class GpuScene {
 public:
  static base::Result<GpuScene> create(gpu::Device& device);

  /// Records the copies of a frame, one barrier behind them. The bytes that were copied.
  base::Result<uint64_t> sync(gpu::Device& device, gpu::Frame& frame, scene::Scene& scene);

  const MeshArena& meshes() const { return meshes_; }
  const InstanceLists& lists() const { return lists_; }
  const Groves& groves() const { return groves_; }
  GroundFieldImages& field() { return field_; }
  VkBuffer instances() const { return instances_.handle(); }
  VkBuffer objects() const { return objects_.handle(); }
  VkBuffer lights() const { return lights_.handle(); }
  VkBuffer lines() const { return lines_.handle(); }
  uint32_t lightCount() const { return lightCount_; }
  /// The points on the device, in the same order.
  std::span<const gpu_types::LinePoint> linePoints() const { return linePoints_; }
  const LineSpan& plainLines() const { return plainLines_; }
  const LineSpan& throughLines() const { return throughLines_; }
  const math::Bounds& bounds() const { return bounds_; }
  /// Rises when anything that casts a standing shadow changed.
  uint64_t shadowRevision() const { return shadowRevision_; }
  /// Rises when anything that is still (see Part) was added, removed, hidden or marked.
  uint64_t stillRevision() const { return stillRevision_; }
  /// Whether the last sync() brought other lamps.
  bool lampsChanged() const { return lampsChanged_; }

 private:
  using Ranges = std::vector<base::ChangeSet::Range>;
  base::Status syncInstances(gpu::Frame& frame, const scene::InstanceStore& store, const Ranges& changed);
  base::Result<bool> syncObjects(gpu::Frame& frame, scene::StaticStore& store);
  base::Result<bool> syncLights(gpu::Frame& frame, scene::LightStore& store);
  base::Status syncLines(gpu::Frame& frame, const scene::LineStore& store);
  void followShadows(const scene::Scene& scene);
  void followStill(const scene::Scene& scene, bool changed);

  MeshArena meshes_;
  gpu::GrowingBuffer instances_;
  gpu::GrowingBuffer objects_;
  gpu::GrowingBuffer lights_;
  gpu::GrowingBuffer lines_;
  GroundFieldImages field_;
  InstanceLists lists_;
  Groves groves_;
  uint32_t lightCount_ = 0;
  bool lampsChanged_ = false;
  std::vector<gpu_types::LinePoint> linePoints_;
  LineSpan plainLines_;
  LineSpan throughLines_;
  uint64_t lineRevision_ = UINT64_MAX;
  std::array<uint64_t, 3> shadowSources_{UINT64_MAX, UINT64_MAX, UINT64_MAX};
  std::array<uint64_t, 2> stillSources_{UINT64_MAX, UINT64_MAX};
  uint64_t shadowRevision_ = 0;
  uint64_t stillRevision_ = 0;
  math::Bounds bounds_;
  uint64_t uploaded_ = 0;
};

}  // namespace render

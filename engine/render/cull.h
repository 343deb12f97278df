// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/math/frustum.h"
#include "engine/render/groves.h"
#include "engine/render/instance_lists.h"
#include "engine/render/mesh_arena.h"
#include "engine/scene/scene.h"

namespace render {

struct StaticDraw {
  MeshRange mesh;
  scene::StaticLayer layer = scene::StaticLayer::Solid;
};

/// Instances of one mesh: `count` entries of the visible list from `visibleBase` on.
struct InstanceDraw {
  MeshRange mesh;
  uint32_t visibleBase = 0;
  uint32_t count = 0;
  float leastSize = 0;  ///< per metre of distance, as a share of the model's radius; 0 = as it is
  bool lampsByNightOnly = false;  ///< scene::ModelLevel
};

/// What one view, or one shadow map, draws.
struct DrawLists {
  std::vector<StaticDraw> opaque;        ///< by layer
  std::vector<StaticDraw> transparent;
  std::vector<InstanceDraw> instances;
  std::vector<GroveRange> groves;        ///< whole cells of standing things at their coarsest level
  std::vector<InstanceDraw> blobs;       ///< contact shadows, for the transparent pass
  uint32_t visibleInstances = 0;
};

/// Which of a picture's opaque things: what seldom changes (the built city, trees) or the rest. What is transparent
/// belongs to the rest.
enum class Part : uint8_t { Whole, Still, Live };

/// How a view decides what is large enough.
struct CullView {
  math::Frustum frustum;
  glm::vec3 eye{0};
  float pixelsPerRadian = 1000;  ///< at 1080 lines; level thresholds are in these pixels
  float detail = 1;              ///< share of those pixels that choose a level: less where few of them are shaded
  float metresPerTexel = 0;      ///< above 0: an orthographic shadow map, sizes count in its texels
  uint32_t timeMs = 0;
  bool castersOnly = false;
  bool moving = true;            ///< include what moves
  Part part = Part::Whole;
};

/// Chooses on the CPU, in slot order, so that the picture is the same on every machine. Instance slots
/// are appended to `visible`, shared by all views of a frame.
DrawLists cull(const scene::Scene& scene, const MeshArena& meshes, const InstanceLists& lists, const Groves& groves,
               const CullView& view, std::vector<uint32_t>& visible);

}  // namespace render

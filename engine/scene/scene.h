// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/scene/environment.h"
#include "engine/scene/instance_store.h"
#include "engine/scene/label_store.h"
#include "engine/scene/light_store.h"
#include "engine/scene/line_store.h"
#include "engine/scene/mesh_store.h"
#include "engine/scene/static_store.h"

namespace scene {

/// The ground as an image: openness to the sky baked from above, one byte a texel (255 open). Rows run
/// from south to north. The renderer adds lamp light to it each night frame.
struct GroundField {
  uint32_t width = 0;
  uint32_t height = 0;
  glm::vec2 origin{0};  ///< world xy of the south-west corner
  glm::vec2 size{1};    ///< metres
  std::vector<uint8_t> openness;
  uint64_t revision = 0;
};

/// Everything that can be seen, with no word of Vulkan and none of cities.
struct Scene {
  MeshStore meshes;
  StaticStore statics;
  InstanceStore instances;
  LightStore lights;
  LineStore lines;
  LabelStore labels;
  Environment environment;
  GroundField ground;
  math::Bounds bounds;       ///< of the whole city, for the far shadow cascade
  uint32_t selectedPick = 0; ///< outlined
  uint32_t hoveredPick = 0;
};

}  // namespace scene

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "engine/scene/camera.h"

namespace scene {

/// One picture within the target: a rectangle in pixels, and, for walls, the tile of a larger image.
struct View {
  Camera camera;
  int32_t x = 0;
  int32_t y = 0;
  uint32_t width = 0;
  uint32_t height = 0;
  glm::vec4 tile{0, 0, 1, 1};  ///< part of the full image, y down
};

}  // namespace scene

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/clock.h"
#include "engine/math/glm.h"

namespace app {

/// What the pointer did over several frames.
struct PointerState {
  glm::dvec2 cursor{0};
  glm::dvec2 move{0};            ///< pixels since the last frame
  glm::dvec2 pressedAt{-1};      ///< where the left button went down
  bool doubleClick = false;      ///< this frame
  base::MonoNs lastPress = 0;
  base::MonoNs hoverSince = 0;
  uint32_t hoverPick = 0;
};

}  // namespace app

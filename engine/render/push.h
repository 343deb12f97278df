// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/math/glm.h"

namespace render {

/// PushBlock of shaders/lib/bindings.glsl (scalar layout).
struct Push {
  glm::mat4 shadowMatrix{1};
  uint32_t layer = 0;
  uint32_t flags = 0;
};
static_assert(sizeof(Push) == 72);

}  // namespace render

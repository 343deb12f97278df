// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/math/glm.h"

namespace math {

/// Vulkan clip space (y down, depth 1 at `near`, 0 at infinity: reverse-z) from a right-handed view
/// space that looks along -z. `verticalFov` in radians, `near` in metres.
glm::mat4 perspectiveReverseZ(float verticalFov, float aspect, float near);

/// Off-axis form for walls: the tile [x0,x1] x [y0,y1] of the full image, in [0,1], y down.
glm::mat4 perspectiveTile(float verticalFov, float aspect, float near, glm::vec4 tile);

/// Orthographic box, depth 1 at `near`, 0 at `far` (reverse-z), y down.
glm::mat4 orthographicReverseZ(float left, float right, float bottom, float top, float near, float far);

/// The part of a projection's picture between two shares of its width (0 left .. 1 right), as a projection of its own;
/// for culling what is drawn with the whole one and a scissor.
glm::mat4 columnsOf(const glm::mat4& viewProjection, float low, float high);

}  // namespace math

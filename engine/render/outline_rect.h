// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gpu/vk.h"
#include "engine/scene/scene.h"

namespace render {

/// The pixels of `viewRect` (of the target) in which the thing of a pick id and its outline can be, so that only they
/// need be searched for its edge. All of them when that is not known, or when it reaches behind the camera; none when
/// it is out of the picture.
VkRect2D outlineRect(uint32_t pick, const scene::Scene& scene, const glm::mat4& viewProjection, const VkRect2D& viewRect, uint32_t timeMs);

}  // namespace render

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/render/frame.h"
#include "engine/render/gpu_scene.h"
#include "engine/render/pass.h"

namespace render {

/// Where a view can show anything of Part::Live: instances with their shadows and headlights, lines, transparent
/// things. `visible` is the frame's list, into which the view's draws and `lights` point. In the view's pixels.
std::vector<VkRect2D> liveTiles(const FrameInput& input, const GpuScene& scene, const ViewFrame& view, const LightFrame& lights,
                                std::span<const uint32_t> visible);

}  // namespace render

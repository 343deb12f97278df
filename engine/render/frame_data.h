// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/render/cascades.h"
#include "engine/render/frame.h"
#include "engine/render/ground_field.h"

namespace render {

/// What the camera of a view means in numbers.
struct ViewMatrices {
  glm::mat4 view{1};
  glm::mat4 projection{1};
  glm::mat4 viewProjection{1};
  float pixelsPerRadian = 1000;  ///< at 1080 lines of the full image
};

ViewMatrices matricesOf(const scene::View& view);

/// Where the camera looks on the ground at height `groundZ`: the point, or one ahead when it looks up.
glm::vec3 groundFocus(const scene::Camera& camera, float groundZ);

/// The one place where scene, view and shadow maps become the FrameData that shaders read.
gpu_types::FrameData frameDataOf(const FrameInput& input, const scene::View& view, const ViewMatrices& matrices,
                                 const Cascades& cascades, const GroundFieldImages& field, glm::vec2 viewportSize,
                                 uint64_t frameNumber);

}  // namespace render

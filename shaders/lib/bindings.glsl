// SPDX-License-Identifier: Apache-2.0
// Set 0, the same in every scene pass; engine/render/gpu_scene fills it.
#extension GL_EXT_scalar_block_layout : require
#include "shared/gpu_types.h"

layout(constant_id = 0) const uint kQuality = 0u;  // 0 low, 1 medium, 2 high: shading, never content

layout(set = 0, binding = 0, scalar) uniform FrameBlock { FrameData frame; };
layout(set = 0, binding = 1, scalar) readonly buffer InstanceBlock { Instance instances[]; };
layout(set = 0, binding = 2, scalar) readonly buffer VisibleBlock { uint visible[]; };  // instance slots, by gl_InstanceIndex
layout(set = 0, binding = 3, scalar) readonly buffer ObjectBlock { Object objects[]; };
layout(set = 0, binding = 4, scalar) readonly buffer LightBlock { Light lights[]; };
layout(set = 0, binding = 5) uniform sampler2DArrayShadow shadowMaps;  // one layer per cascade, reverse-z (GREATER_OR_EQUAL)
layout(set = 0, binding = 6) uniform sampler2D groundField;            // r: lamp light, g: openness

// Push constants of the draws.
layout(push_constant, scalar) uniform PushBlock {
  mat4 shadowMatrix;  // shadow passes: world to clip of the cascade
  uint layer;         // static draws: scene::StaticLayer, for the depth pull
  uint flags;
} push;

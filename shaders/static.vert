#version 460
// SPDX-License-Identifier: Apache-2.0
// The fixed city: world-space vertices whose object table row may hide, tint or select them.
#extension GL_GOOGLE_include_directive : require
#define VERTEX_STAGE
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/tone.glsl"
#include "lib/sky.glsl"
#include "lib/varyings.glsl"
#include "lib/light.glsl"
#include "lib/land.glsl"
#include "lib/surface_vertex.glsl"

layout(location = 0) in vec3 inPosition;
layout(location = 1) in uint inNormal;
layout(location = 2) in uint inColor;
layout(location = 3) in uint inUv;
layout(location = 4) in uint inSurface;
layout(location = 5) in uint inObject;

// Surfaces of the ground lie on each other: each layer is pushed back by a share of its distance
// (0.2 m per kilometre and step), so that the upper wins without a gap. Solid things are not moved.
const float kPush[5] = float[](6e-4, 2e-4, 0.0, 0.0, 0.0);

void main() {
  Object object = Object(0u, 0u);
  if (inObject != kNoObject) object = objects[inObject];
  if ((object.state & kStateHidden) != 0u) {
    gl_Position = kNowhere;
    return;
  }
  gl_Position = frame.viewProjection * vec4(inPosition, 1.0);
  gl_Position.z *= 1.0 - kPush[min(push.layer, 4u)];
  const vec4 color = unpackColor(inColor);
  vec3 albedo = color.rgb;
  uint emission = 0u;
  if ((object.state & kStateTinted) != 0u) {
    albedo = mix(albedo, unpackColor(object.color).rgb, 0.85);
    emission = 40u;
  }
  writeCorner(Corner(inPosition, unpackNormal(inNormal), albedo, color.a, unpackUv(inUv), inSurface, object.state,
                     inObject + 1u, emission, inSurface >> 16));  // kNoObject + 1 = 0: nothing
}

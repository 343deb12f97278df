#version 460
// SPDX-License-Identifier: Apache-2.0
// Distant trees, many merged into one mesh by engine/render/groves.cpp: what instance.vert makes of their
// coarsest level, without its arithmetic. inObject is the instance's slot.
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
#include "lib/leaves.glsl"
#include "lib/surface_vertex.glsl"

layout(location = 0) in vec3 inPosition;
layout(location = 1) in uint inNormal;
layout(location = 2) in uint inColor;
layout(location = 3) in uint inUv;       // the instance's seed
layout(location = 4) in uint inSurface;  // seed: the leaf's pick and shade, a byte each
layout(location = 5) in uint inObject;

void main() {
  gl_Position = frame.viewProjection * vec4(inPosition, 1.0);
  const vec4 color = unpackColor(inColor);
  vec3 albedo = color.rgb;
  if ((inSurface & 255u) == kSurfaceFoliage)
    albedo = leafAlbedo(albedo, (inSurface >> 8 & 255u) == 1u, float(inSurface >> 16 & 255u) * (1.0 / 255.0),
                        float(inSurface >> 24) * (1.0 / 255.0));
  writeCorner(Corner(inPosition, unpackNormal(inNormal), albedo, color.a, vec2(0.0), inSurface & 0xffffu,
                     instances[inObject].state, inObject | kPickInstance, 0u, inUv));
}

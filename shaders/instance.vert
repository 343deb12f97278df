#version 460
// SPDX-License-Identifier: Apache-2.0
// Things drawn many times, between their two timed poses.
#extension GL_GOOGLE_include_directive : require
#define VERTEX_STAGE
#include "lib/bindings.glsl"
#include "lib/instance_source.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/pose.glsl"
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
layout(location = 3) in uint inUv;
layout(location = 4) in uint inSurface;

// The instance's own colour where the surface takes it; a leaf's season.
vec3 albedoOf(uint kind, uint param, vec3 color, vec3 own, uint seed) {
  if (may(kSurfaceBody) && kind == kSurfaceBody) return color * own;
  if (kind == kSurfaceStatus || kind == kSurfaceGauge || kind == kSurfaceScreen) return own;
  if (may(kSurfaceFoliage) && kind == kSurfaceFoliage)
    return leafAlbedo(color, param == 1u, hash01(seed * 3u + 7u), hash01(seed + 101u));
  return color;
}

void main() {
  const Instance i = instanceHere();
  if ((i.state & kStateHidden) != 0u) {
    gl_Position = kNowhere;
    return;
  }
  const Pose pose = poseAt(i, frame.timeMs);
  const mat3 turn = poseRotation(pose.yaw, i.pitch);
  const vec2 scale = unpackHalf2x16(i.scale);
  // Marks keep a least size on screen: push.flags is that size per metre of distance, as a share of the model.
  const float grow = max(1.0, uintBitsToFloat(push.flags) * distance(pose.position, frame.cameraPosition) / scale.y);
  const vec3 position = pose.position + turn * (inPosition * (scale.xxy * grow));
  gl_Position = frame.viewProjection * vec4(position, 1.0);

  const uint kind = inSurface & 255u;
  const vec4 own = unpackColor(i.color);
  const vec4 color = unpackColor(inColor);
  // Coloured bodies (shuttle, bus, taxi) are data: they glow a little; grey traffic does not.
  uint emission = 0u;
  if (may(kSurfaceBody) && kind == kSurfaceBody) {
    const float high = max(own.r, max(own.g, own.b));
    const float low = min(own.r, min(own.g, own.b));
    emission = uint(own.a * (high - low) / max(high, 1e-3) * (14.0 + 34.0 * frame.nightFactor));
  }
  writeCorner(Corner(position, turn * normalize(unpackNormal(inNormal) / scale.xxy),
                     albedoOf(kind, inSurface >> 8 & 255u, color.rgb, own.rgb, i.seed), color.a, unpackUv(inUv), inSurface,
                     i.state, i.pick, emission, i.seed));
}

#version 460
// SPDX-License-Identifier: Apache-2.0
// Things drawn many times, between their two timed poses.
#extension GL_GOOGLE_include_directive : require
#define VERTEX_STAGE
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/pose.glsl"
#include "lib/sky.glsl"
#include "lib/varyings.glsl"
#include "lib/light.glsl"
#include "lib/surface_vertex.glsl"

layout(location = 0) in vec3 inPosition;
layout(location = 1) in uint inNormal;
layout(location = 2) in uint inColor;
layout(location = 3) in uint inUv;
layout(location = 4) in uint inSurface;

// The instance's own colour where the surface takes it; a leaf's season.
vec3 albedoOf(uint kind, uint param, vec4 vertexColor, vec4 own, uint seed) {
  switch (kind) {
    case kSurfaceBody: return vertexColor.rgb * own.rgb;
    case kSurfaceStatus:
    case kSurfaceGauge:
    case kSurfaceScreen: return own.rgb;
    case kSurfaceFoliage: {
      const float pick = hash01(seed * 3u + 7u);
      const float shade = 0.86 + 0.28 * hash01(seed + 101u);
      vec3 c = vertexColor.rgb * shade;
      if (param == 1u) {
        // A third turn gold, a few rust, the rest only fade.
        const vec3 turned = pick < 0.33 ? hex(0xC79A4Bu) : pick < 0.40 ? hex(0xA9714Eu) : mix(c, hex(0x9C9660u), 0.45);
        c = mix(c, turned * (0.55 + 0.3 * shade), frame.autumn);
      }
      return c;
    }
    default: return vertexColor.rgb;
  }
}

void main() {
  const Instance i = instances[visible[push.visibleBase + uint(gl_InstanceIndex)]];
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
  writeShade(position, turn * normalize(unpackNormal(inNormal) / scale.xxy), unpackUnorm4x8(inColor).a);

  if (kQuality == 0u) {
    // Trees and cars are many small triangles: their shadow is looked up per vertex. Crowns are lumps of
    // leaves, not solids: they let light through, and their shadow on themselves starts inside.
    const bool leaf = (inSurface & 255u) == kSurfaceFoliage;
    if (leaf) vShade.x = 0.25 + 0.75 * vShade.x;
    if ((kLights & 1u) != 0u) vShade.x *= sunShadow(position + frame.sunDirection * (leaf ? 1.6 : 0.1), vec3(0.0));
  }

  const vec4 own = unpackColor(i.color);
  const vec4 vertexColor = unpackColor(inColor);
  vAlbedo = vec4(albedoOf(inSurface & 255u, inSurface >> 8 & 255u, vertexColor, own, i.seed), vertexColor.a);
  vUv = unpackUv(inUv);
  // Coloured bodies (shuttle, bus, taxi) are data: they glow a little; grey traffic does not.
  uint emission = 0u;
  if ((inSurface & 255u) == kSurfaceBody) {
    const float high = max(own.r, max(own.g, own.b));
    const float low = min(own.r, min(own.g, own.b));
    emission = uint(own.a * (high - low) / max(high, 1e-3) * (14.0 + 34.0 * frame.nightFactor));
  }
  vFlat = uvec4(inSurface, i.state, i.pick, emission << 24 | (i.seed & 0xffffffu));
}

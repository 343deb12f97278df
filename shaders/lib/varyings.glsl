// SPDX-License-Identifier: Apache-2.0
// What static.vert, instance.vert and grove.vert hand to surface.frag and transparent.frag. Each slot costs
// a software device time per triangle and per pixel, so what belongs together shares few of them.
#ifndef VARYINGS_GLSL
#define VARYINGS_GLSL
#ifdef VERTEX_STAGE
#define VARYING out
#else
#define VARYING in
#endif

// Which kinds a draw may hold, one bit each. A software device runs every branch of a switch, so the
// renderer draws each mesh with the variant that holds its kinds and few others.
layout(constant_id = 1) const uint kKinds = 0xffffffffu;
layout(constant_id = 2) const uint kLights = 3u;     // what can reach anything now: 1 key light, 2 lamps, 4 key light without shadow
layout(constant_id = 3) const bool kInstanced = false;  // surface.frag behind instance.vert or grove.vert

const uint kFinishedKinds = 1u << kSurfacePlain | 1u << kSurfaceTerrain | 1u << kSurfaceFoliage | 1u << kSurfaceGlass | 1u << kSurfaceBody;
const uint kBlendedKinds = 1u << kSurfaceWater | 1u << kSurfaceGhost | 1u << kSurfaceBlob;
// Low: surfaces without a pattern are lit at their vertices; the pixel adds the shadow and the tone.
const bool kFinished = (kQuality | (kKinds & ~kFinishedKinds)) == 0u;
const bool kBlended = (kKinds & ~kBlendedKinds) == 0u;

bool may(uint kind) { return (kKinds >> kind & 1u) != 0u; }

//                                    medium, high        low                          low, finished
layout(location = 0) VARYING vec4 v0;  // position, fog    position.xy shadow.z*, fog    light that is always there, shadow.x
layout(location = 1) VARYING vec4 v1;  // normal, openness ambient, sun share            sunlight without shadow, shadow.y
layout(location = 2) VARYING vec4 v2;  // albedo, -        albedo, mirror share          lamp light at full, -
layout(location = 3) VARYING vec4 v3;  // uv, -            uv, shadow.xy                 position.xy, shadow.z, -
layout(location = 4) flat VARYING uvec4 vFlat;  // surface, state, pick id, emission << 24 | seed
// *: blended things have no use for the shadow: position.z. Instanced at low: the shadow is in the light,
// and finished ones are v0.rgb as displayed.

#ifndef VERTEX_STAGE
// The same by name; unpackVaryings() fills what the variant has.
vec3 vPosition;  // world; z not at low, but for what is blended
vec4 vShade;     // normal and fog; low: sun share, -, mirror share, fog
vec4 vAlbedo;    // linear, alpha = openness (medium and high)
vec2 vUv;        // metres
vec3 vAmbient;   // low: sky and ground light, times openness
vec3 vShadow;    // low: place in the first shadow map

void unpackVaryings() {
  vPosition = v0.xyz;
  vUv = v3.xy;
  const bool low = kQuality == 0u;
  vShade = low ? vec4(v1.w, 0.5, v2.w, v0.w) : vec4(v1.xyz, v0.w);
  vAlbedo = vec4(v2.rgb, low ? 1.0 : v1.w);
  vAmbient = v1.rgb;
  vShadow = vec3(v3.zw, v0.z);
}
#endif

#endif

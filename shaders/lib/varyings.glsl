// SPDX-License-Identifier: Apache-2.0
// What static.vert and instance.vert hand to surface.frag and transparent.frag. Each slot costs a
// software device time per pixel, so low quality reuses the normal's slot for finished terms.
#ifndef VARYINGS_GLSL
#define VARYINGS_GLSL
#ifdef VERTEX_STAGE
#define VARYING out
#else
#define VARYING in
#endif

layout(constant_id = 2) const uint kLights = 3u;     // what can reach anything now: 1 key light, 2 lamps
layout(constant_id = 3) const bool kInstanced = false;  // surface.frag behind instance.vert

layout(location = 0) VARYING vec3 vPosition;  // world
layout(location = 1) VARYING vec4 vShade;     // normal and fog; low: sun share, sky share, mirror share, fog
layout(location = 2) VARYING vec4 vAlbedo;    // linear, alpha = openness
layout(location = 3) VARYING vec2 vUv;        // metres
// Low only: a software device loads a constant as dearly as a texel, so the vertices bring finished light.
layout(location = 5) VARYING vec3 vAmbient;   // sky and ground light, times openness
layout(location = 6) VARYING vec3 vShadow0;   // place in the first shadow map
layout(location = 7) VARYING vec3 vShadow1;   // and in the second
layout(location = 4) flat VARYING uvec4 vFlat;  // surface, state, pick id, emission << 24 | seed

#endif

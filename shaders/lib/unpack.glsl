// SPDX-License-Identifier: Apache-2.0
// The inverse of engine/math/pack.h.
#ifndef UNPACK_GLSL
#define UNPACK_GLSL

vec3 unpackNormal(uint packed) {
  const vec2 e = unpackSnorm2x16(packed);
  vec3 n = vec3(e, 1.0 - abs(e.x) - abs(e.y));
  const float t = max(-n.z, 0.0);
  n.x += n.x >= 0.0 ? -t : t;
  n.y += n.y >= 0.0 ? -t : t;
  return normalize(n);
}

// Surface coordinates in metres, -512..512 in steps of 1/64.
vec2 unpackUv(uint packed) { return vec2(packed & 0xffffu, packed >> 16) * (1.0 / 64.0) - 512.0; }

// sRGB to linear light, a cubic within 0.4 % of IEC 61966-2-1 (exact at 0 and 1).
vec3 toLinear(vec3 c) { return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878); }

vec4 unpackColor(uint packed) {
  const vec4 c = unpackUnorm4x8(packed);
  return vec4(toLinear(c.rgb), c.a);
}

// 0xRRGGBB as style sheets write it.
vec3 hex(uint rgb) { return toLinear(vec3(rgb >> 16 & 255u, rgb >> 8 & 255u, rgb & 255u) * (1.0 / 255.0)); }

#endif

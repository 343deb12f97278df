// SPDX-License-Identifier: Apache-2.0
// Terrain, grass, roofs, seats.
#ifndef GROUND_GLSL
#define GROUND_GLSL

void shadePitch(inout Matter m, vec2 uv, vec2 w) {
  m.albedo *= 0.90 + 0.20 * stripes(uv.y, 10.0, 5.0, w.y);
}

void shadeRoof(inout Matter m, vec2 uv, vec2 w) {
  const uint seed = surfaceSeed();
  m.albedo *= 0.92 + 0.14 * hash01(seed * 13u + 9u);
  m.albedo *= 0.97 + 0.06 * waves2(vPosition.xy * 0.23 + float(seed & 63u));
  m.lamp = 0.0;
}

// Rows 0.8 m deep, a gangway every 12 m.
void shadeSeats(inout Matter m, vec2 uv, vec2 w) {
  const float row = stripes(uv.y, 0.8, 0.5, w.y);
  const float gangway = stripes(uv.x, 12.0, 1.1, w.x);
  m.albedo = mix(m.albedo * (0.62 + 0.5 * row), vec3(0.42, 0.41, 0.39), gangway);
}

#endif

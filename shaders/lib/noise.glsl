// SPDX-License-Identifier: Apache-2.0
#ifndef NOISE_GLSL
#define NOISE_GLSL

// Integer hash (PCG, Jarzynski and Olano 2020, JCGT 9(3)).
uint hashUint(uint v) {
  const uint s = v * 747796405u + 2891336453u;
  const uint w = ((s >> ((s >> 28u) + 4u)) ^ s) * 277803737u;
  return (w >> 22u) ^ w;
}
float hash01(uint v) { return float(hashUint(v) >> 8) * (1.0 / 16777216.0); }
float hashCell(ivec2 cell, uint seed) {
  return hash01(uint(cell.x) * 0x9e3779b1u ^ uint(cell.y) * 0x85ebca77u ^ seed * 0xc2b2ae3du);
}

// Value noise, 0..1, one lattice cell per unit.
float noise2(vec2 p) {
  const vec2 f = floor(p);
  const ivec2 c = ivec2(f);
  vec2 t = p - f;
  t = t * t * (3.0 - 2.0 * t);
  return mix(mix(hashCell(c, 1u), hashCell(c + ivec2(1, 0), 1u), t.x),
             mix(hashCell(c + ivec2(0, 1), 1u), hashCell(c + ivec2(1, 1), 1u), t.x), t.y);
}

// Land beyond the city, in the terrain's own colours: wood floor #7D8C66 and meadow #A9B58C.
vec3 landAlbedo(vec2 xy) {
  const float broad = 0.6 * noise2(xy * 0.0017) + 0.4 * noise2(xy * 0.0061 + 7.0);
  return mix(vec3(0.205, 0.250, 0.135), vec3(0.285, 0.325, 0.195), smoothstep(0.32, 0.68, broad));  // quiet: a backdrop
}

// A soft undulation from a few sines, 0..1: broad variation at a fraction of the price of noise2.
float waves2(vec2 p) {
  return 0.5 + 0.25 * (sin(p.x + 1.7 * sin(p.y * 0.73)) + sin(p.y * 1.13 + 2.1 * sin(p.x * 0.61 + 1.3)));
}

#endif

// SPDX-License-Identifier: Apache-2.0
// Sun, shadow and lamp light at a point.
#ifndef LIGHT_GLSL
#define LIGHT_GLSL

const vec3 kLampTint = vec3(1.28, 0.96, 0.61);  // 4,000 K against a 6,500 K white, times a lamp's power

// Taps of a 4 x 4 pattern on a disc, low discrepancy (Vogel's spiral).
vec2 vogel(uint i, uint count, float turn) {
  const float r = sqrt((float(i) + 0.5) / float(count));
  const float a = float(i) * 2.399963 + turn;
  return r * vec2(cos(a), sin(a));
}

// Where `p` falls in the map of one cascade, and whether it does: constant indices, since a software
// device fetches a dynamically indexed matrix once per pixel.
struct InMap {
  vec3 at;
  float layer;
  float radius;
};

float shadowTap(vec3 at, float layer) { return texture(shadowMaps, vec4(at.xy, layer, at.z)); }

// The place of `p` in a cascade's map, moved towards the sun against self-shadowing.
vec3 inCascade(mat4 cascade, float radius, vec3 p) {
  const float texels = float(textureSize(shadowMaps, 0).x);
  return (cascade * vec4(p + frame.sunDirection * (2.4 * radius / texels + 0.05), 1.0)).xyz;
}

InMap choose(InMap best, mat4 cascade, float layer, float radius, vec3 p, float texels) {
  const vec3 lifted = p + frame.sunDirection * (2.4 * radius / texels + 0.05);
  vec3 at = (cascade * vec4(lifted, 1.0)).xyz;
  at.z = max(at.z, 0.0);  // beyond the far plane: only what was drawn casts
  const vec2 edge = abs(at.xy - 0.5);
  return max(edge.x, edge.y) < 0.495 ? InMap(at, layer, radius) : best;
}

// The finest map that holds `p`; outside all of them: a place that is always lit. Unused maps have
// radius 0 and an identity matrix; they are left out by the count.
InMap mapOf(vec3 p, float texels) {
  InMap m = InMap(vec3(0.5, 0.5, 2.0), 0.0, 1.0);
  if (kQuality > 1u && frame.cascadeCount > 3u) m = choose(m, frame.cascade[3], 3.0, frame.cascadeRadius.w, p, texels);
  if (kQuality > 0u && frame.cascadeCount > 2u) m = choose(m, frame.cascade[2], 2.0, frame.cascadeRadius.z, p, texels);
  if (frame.cascadeCount > 1u) m = choose(m, frame.cascade[1], 1.0, frame.cascadeRadius.y, p, texels);
  if (frame.cascadeCount > 0u) m = choose(m, frame.cascade[0], 0.0, frame.cascadeRadius.x, p, texels);
  return m;
}

// Low quality has two maps; engine/render/frame_data.cpp puts the way from the first to the second into an
// unused matrix: xy of the first * x + yz, z + w.
vec4 secondMap() { return frame.cascade[3][0]; }

// One tap in the finer of two maps, from the place in the first.
float lowShadow(vec3 first) {
  const vec2 edge = abs(first.xy - 0.5);
  const bool inFirst = max(edge.x, edge.y) < 0.495;
  const vec4 way = secondMap();
  const vec3 second = vec3(first.xy * way.x + way.yz, first.z + way.w);
  const vec3 at = inFirst ? first : second;
  return shadowTap(vec3(at.xy, max(at.z, 0.0)), inFirst ? 0.0 : 1.0);
}

// Share of the sun that reaches `p`: 1 lit. `normal` lifts the receiver against self-shadowing
// (a zero vector is allowed).
float sunShadow(vec3 p, vec3 normal) {
  const vec2 size = vec2(textureSize(shadowMaps, 0).xy);
  if (kQuality == 0u) return lowShadow(inCascade(frame.cascade[0], frame.cascadeRadius.x, p));
  const InMap m = mapOf(p + normal * 0.12, size.x);
  const vec3 at = m.at;
  if (kQuality == 1u) {
    const vec2 o = 0.75 / size;
    return 0.25 * (shadowTap(at + vec3(o.x, o.y * 0.4, 0), m.layer) + shadowTap(at + vec3(-o.x * 0.4, o.y, 0), m.layer) +
                   shadowTap(at + vec3(-o.x, -o.y * 0.4, 0), m.layer) + shadowTap(at + vec3(o.x * 0.4, -o.y, 0), m.layer));
  }
#ifndef VERTEX_STAGE
  // High: the penumbra grows with the distance to the caster. The compare sampler hides the depths, so
  // the distance is probed: the caster is far where lifting the receiver towards the sun by 4, 12 and
  // 36 m leaves it in shadow.
  const float turn = 6.2831853 * fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  const mat4 cascade = frame.cascade[uint(m.layer)];
  const vec3 perMetre = (cascade * vec4(frame.sunDirection, 0.0)).xyz;
  float far = 0.0;
  const vec2 probe = 3.0 / size;
  far += 4.0 * (1.0 - shadowTap(at + perMetre * 4.0 + vec3(vogel(1u, 4u, turn) * probe, 0), m.layer));
  far += 9.0 * (1.0 - shadowTap(at + perMetre * 12.0 + vec3(vogel(2u, 4u, turn) * probe, 0), m.layer));
  far += 26.0 * (1.0 - shadowTap(at + perMetre * 36.0 + vec3(vogel(3u, 4u, turn) * probe, 0), m.layer));
  const float metres = 0.06 + 0.012 * far;  // the sun is half a degree wide; a little softer reads better
  const vec2 spread = vec2(max(metres / (2.0 * m.radius), 0.9 / size.x));
  float lit = 0.0;
  for (uint t = 0u; t < 16u; ++t) lit += shadowTap(at + vec3(vogel(t, 16u, turn) * spread, 0), m.layer);
  return lit * (1.0 / 16.0);
#else
  return 1.0;
#endif
}

// Lamp and headlight light that falls on the ground at `xy`, linear.
vec3 fieldLight(vec2 xy) {
  const vec2 uv = (xy - frame.fieldOrigin) * frame.fieldInverseSize;
  if (any(greaterThan(abs(uv - 0.5), vec2(0.5)))) return vec3(0.0);
  return kLampTint * textureLod(groundField, uv, 0.0).r;
}

// How much sky the ground at `xy` sees: less beside buildings and under crowns, baked by the city.
float groundOpenness(vec2 xy) {
  const vec2 uv = (xy - frame.fieldOrigin) * frame.fieldInverseSize;
  const bool outside = any(greaterThan(abs(uv - 0.5), vec2(0.5)));
  return outside ? 1.0 : mix(0.35, 1.0, textureLod(groundField, uv, 0.0).g);
}

#endif

#version 460
// SPDX-License-Identifier: Apache-2.0
// Everything behind the city: sky above the horizon, and below it a plain that continues the ground
// into the haze, so that the table has no edge.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/tone.glsl"
#include "lib/sky.glsl"

layout(location = 0) in vec3 vRay;
layout(location = 0) out vec4 outColor;
layout(location = 1) out uint outId;

// Thin high cloud on a plane, drifting; drawn out by the wind.
vec3 withCloud(vec3 sky, vec3 d) {
  const vec2 p = d.xy / (d.z + 0.12) + vec2(float(frame.timeMs & 0xffffffu) * 2.5e-6, 0.0);
  const vec2 q = vec2(p.x * 0.9 + p.y * 0.3, p.y * 1.7 - p.x * 0.2);
  const float n = 0.5 * noise2(q * 1.7) + 0.27 * noise2(q * 4.1 + 3.0) + 0.15 * noise2(q * 9.3) + 0.08 * noise2(q * 21.0);
  const float veil = smoothstep(0.46, 0.86, n) * smoothstep(0.02, 0.22, d.z) * 0.55;
  const float towards = max(dot(d, frame.sunDirection), 0.0);
  const vec3 lit = mix(frame.skyHorizon * 1.08, frame.skyHorizon + frame.skyGlow * 0.8, towards * towards);
  return mix(sky, lit, veil);
}

vec3 withStars(vec3 sky, vec3 d) {
  const vec3 a = abs(d);
  const vec2 face = a.z > max(a.x, a.y) ? d.xy / a.z : a.x > a.y ? d.yz / a.x : d.xz / a.y;
  const vec2 grid = face * 90.0;
  const ivec2 cell = ivec2(floor(grid));
  const float draw = hashCell(cell, 11u);
  if (draw < 0.965) return sky;
  const vec2 at = vec2(hashCell(cell, 12u), hashCell(cell, 13u)) * 0.6 + 0.2;
  const float r = length(grid - vec2(cell) - at);
  const float w = max(fwidth(grid.x) + fwidth(grid.y), 1e-3);
  return sky + vec3(0.75, 0.82, 1.0) * (0.16 * hashCell(cell, 14u) * smoothstep(max(0.05, 0.6 * w), 0.0, r) * smoothstep(0.02, 0.3, d.z) * frame.nightFactor * max(1.6 * frame.sunVisibility - 0.6, 0.0));
}

void main() {
  outId = 0u;
  const vec3 d = normalize(vRay);
  vec3 c = skyColor(d);
  if (d.z > 0.0) {
    if (kQuality > 0u) {
      if (frame.nightFactor > 0.5) c = withStars(c, d);
      c = withCloud(c, d);
    }
    const float towards = dot(d, frame.sunDirection);
    const float disc = smoothstep(0.99993, 0.99996, towards);  // the sun, slightly large
    c += frame.sunColor * (disc * frame.sunVisibility * mix(6.0, 0.6, frame.nightFactor));
  } else {
    const float drop = max(frame.cameraPosition.z - frame.fogBase, 30.0);
    const float reach = drop / max(-d.z, 1e-4);
    const vec3 at = frame.cameraPosition + d * reach;
    const float fog = fogBetween(at);
    const vec3 land = landAlbedo(at.xy);
    const vec3 light = frame.sunColor * (frame.sunVisibility * max(frame.sunDirection.z, 0.0)) + ambientLight(1.0);
    c = mix(land * light, frame.fogColor, max(fog, exp2(d.z * 90.0)));
  }
  if (kQuality == 0u) {
    const vec3 encoded = encodeSrgb(toneCurve(c * frame.exposure));
    outColor = vec4(encoded, lumaOf(encoded));
  } else {
    outColor = vec4(c, 0.0);
  }
}

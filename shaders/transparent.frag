#version 460
// SPDX-License-Identifier: Apache-2.0
// Blended things, premultiplied alpha: water, proposal buildings, contact shadows.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/filter.glsl"
#include "lib/tone.glsl"
#include "lib/sky.glsl"
#include "lib/varyings.glsl"

layout(location = 0) out vec4 outColor;
layout(location = 1) out uint outId;

vec3 normalHere() {
  if (kQuality > 0u) return normalize(vShade.xyz);
  return normalize(cross(dFdx(vPosition), dFdy(vPosition))) * -1.0;
}

vec4 water() {
  const vec3 v = normalize(frame.cameraPosition - vPosition);
  const float t = float(frame.timeMs % 600000u) * 0.001;
  vec3 n = vec3(0, 0, 1);
  const float calm = clamp(1.0 - length(frame.cameraPosition - vPosition) / 900.0, 0.0, 1.0);
  if (kQuality > 0u) {
    const vec2 p = vPosition.xy;
    n.x += calm * 0.020 * (sin(p.x * 1.3 + p.y * 0.7 + t * 1.1) + sin(p.x * -0.6 + p.y * 2.1 - t * 1.7) + 0.6 * sin(p.x * 3.7 + p.y * 2.9 + t * 2.3));
    n.y += calm * 0.020 * (sin(p.y * 1.5 - p.x * 0.9 - t * 1.3) + sin(p.y * 2.7 + p.x * 1.9 + t * 1.9));
    n = normalize(n);
  }
  const float f = 1.0 - max(dot(n, v), 0.0);
  const float fresnel = 0.06 + 0.94 * f * f * f * f * f;
  vec3 r = reflect(-v, n);
  r.z = abs(r.z);
  const vec3 body = vAlbedo.rgb * (frame.sunColor * (frame.sunVisibility * max(frame.sunDirection.z, 0.0) * 0.6) + ambientLight(1.0));
  vec3 c = mix(body * 0.9, mix(skyColor(r), frame.skyHorizon, 0.35), clamp(fresnel + 0.16, 0.0, 1.0));
  if (kQuality > 0u) {
    const float glint = max(dot(r, frame.sunDirection), 0.0);
    c += frame.sunColor * (frame.sunVisibility * pow(glint, 220.0) * 2.0);
  }
  return vec4(c, 0.94);
}

// A proposal: translucent white, brighter where it turns away, with a fine edge along its corners.
vec4 ghost() {
  const vec3 n = normalHere();
  const vec3 v = normalize(frame.cameraPosition - vPosition);
  const float turn = 1.0 - abs(dot(n, v));
  const vec2 w = max(fwidth(vUv), vec2(1e-3));
  const float storeys = stripes(vUv.y, 3.5, 0.12, w.y);
  const float edge = clamp(max(storeys * 0.5, turn * turn * turn), 0.0, 1.0);
  const vec3 light = ambientLight(0.5 + 0.5 * n.z) + frame.sunColor * (frame.sunVisibility * 0.6 * max(dot(n, frame.sunDirection), 0.0));
  const vec3 white = vec3(0.86) * mix(light, vec3(0.55) / frame.exposure, 0.35);
  return vec4(white * (0.86 + 0.3 * edge), mix(0.62, 0.86, edge));
}

// An area on the ground: a thin wash of its own colour with broad diagonal hatching that fades where it
// would only flicker.
vec4 zone() {
  const float across = (vUv.x + vUv.y) * 0.70711;
  const float hatch = stripes(across, 18.0, 7.0, max(fwidth(across), 1e-3));
  return vec4(vAlbedo.rgb * (0.62 / frame.exposure), 0.20 + 0.20 * hatch);
}

vec4 blob() {
  const vec2 e = abs(vUv);
  const float r = e.x * e.x + e.y * e.y;
  const float dark = clamp(1.0 - r, 0.0, 1.0);
  return vec4(vec3(0.0), 0.62 * dark * dark);
}

void main() {
  unpackVaryings();
  const uint kind = vFlat.x & 255u;
  outId = vFlat.z;
  vec4 c;
  if (kind == kSurfaceBlob) {
    c = blob();
    outColor = vec4(vec3(0.0), c.a * (1.0 - vShade.w));
    return;
  }
  c = kind == kSurfaceWater ? water() : kind == kSurfaceZone ? zone() : ghost();
  if ((vFlat.y & (kStateSelected | kStateHovered)) != 0u) c.rgb *= 1.12;
  c.rgb = mix(c.rgb, frame.fogColor, vShade.w);
  if (kQuality == 0u) c.rgb = encodeSrgb(toneCurve(c.rgb * frame.exposure));
  outColor = vec4(c.rgb * c.a, c.a);
}

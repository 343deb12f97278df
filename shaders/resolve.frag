#version 460
// SPDX-License-Identifier: Apache-2.0
// The last step of the picture: (medium, high: occlusion, bloom, exposure, tone,) anti-aliasing of
// what stands out, and the outline of what is selected or under the pointer. Writes display colour.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/post_bindings.glsl"
#include "lib/noise.glsl"
#include "lib/tone.glsl"

layout(location = 0) out vec4 outColor;
layout(constant_id = 1) const bool kExtras = true;  // outlines or rain are wanted in this frame

layout(constant_id = 2) const bool kScaled = false;  // the picture has fewer pixels than the target; push.shadowMatrix[0]: factor, offset

const vec3 kSelected = vec3(1.0, 0.831, 0.0);  // #FFD400, as displayed
const vec3 kHovered = vec3(1.0);

ivec2 imageMax() { return textureSize(colorImage, 0) - 1; }

// Display colour with luma at a pixel.
vec4 shownAt(ivec2 p) {
  const vec4 c = texelFetch(colorImage, clamp(p, ivec2(0), imageMax()), 0);
  if (kQuality == 0u) return vec4(c.rgb, lumaOf(c.rgb));  // blended things left no luma in alpha
  const vec2 uv = (vec2(p) + 0.5) / vec2(textureSize(colorImage, 0));
  const float ao = mix(1.0, texture(aoImage, uv).r, clamp(c.a, 0.0, 1.0));
  vec3 light = c.rgb * ao;
  light += 0.25 * textureLod(bloomImage, uv, 0.0).rgb;
  const vec3 encoded = encodeSrgb(toneCurve(light * frame.exposure));
  return vec4(encoded, lumaOf(encoded));
}

// FXAA's idea (Lottes 2009) in five fetches: where luma steps, blend across the step.
vec3 smoothed(ivec2 p) {
  const vec4 m = shownAt(p);
  const vec4 n = shownAt(p + ivec2(0, -1));
  const vec4 s = shownAt(p + ivec2(0, 1));
  const vec4 w = shownAt(p + ivec2(-1, 0));
  const vec4 e = shownAt(p + ivec2(1, 0));
  const float low = min(m.a, min(min(n.a, s.a), min(w.a, e.a)));
  const float high = max(m.a, max(max(n.a, s.a), max(w.a, e.a)));
  const float range = high - low;
  if (range < max(0.04, high * 0.125)) return m.rgb;
  const float mean = 0.25 * (n.a + s.a + w.a + e.a);
  const float step = clamp(abs(mean - m.a) / range, 0.0, 1.0);
  // Blend towards the side that differs most, along the steeper axis.
  const bool horizontal = abs(n.a + s.a - 2.0 * m.a) >= abs(w.a + e.a - 2.0 * m.a);
  const vec4 a = horizontal ? n : w;
  const vec4 b = horizontal ? s : e;
  const vec3 other = abs(a.a - m.a) > abs(b.a - m.a) ? a.rgb : b.rgb;
  const float amount = smoothstep(0.0, 1.0, step);
  return mix(m.rgb, mix(other, 0.25 * (n.rgb + s.rgb + w.rgb + e.rgb), 0.5), 0.62 * amount * amount + 0.12 * step);
}

// Between the pixels of a smaller picture; its blur is the anti-aliasing.
vec3 stretched(vec2 at) {
  const vec2 corner = floor(at - 0.5);
  const vec2 t = at - 0.5 - corner;
  const ivec2 p = ivec2(corner);
  return mix(mix(shownAt(p).rgb, shownAt(p + ivec2(1, 0)).rgb, t.x),
             mix(shownAt(p + ivec2(0, 1)).rgb, shownAt(p + ivec2(1, 1)).rgb, t.x), t.y);
}

uint idAt(ivec2 p) { return texelFetch(idImage, clamp(p, ivec2(0), imageMax()), 0).r; }

// Share of an outline outside the thing `pick`, `width` pixels.
float outlineOf(uint pick, ivec2 p, uint here, int width) {
  if (here == pick) return 0.0;
  float nearest = 1e3;
  for (int y = -width; y <= width; ++y) {
    for (int x = -width; x <= width; ++x) {
      const float d = length(vec2(x, y));
      if (d < nearest && idAt(p + ivec2(x, y)) == pick) nearest = d;
    }
  }
  return clamp(float(width) + 0.5 - nearest, 0.0, 1.0);
}

// Rain as fine slanted streaks in front of the picture.
float rainStreaks(vec2 pixel) {
  const float scale = frame.viewportSize.y / 1080.0;
  float sum = 0.0;
  for (int layer = 0; layer < 2; ++layer) {
    const float size = (layer == 0 ? 9.0 : 5.0) * scale;
    const vec2 p = vec2(pixel.x + pixel.y * (0.10 + 0.03 * float(layer)), pixel.y);
    const float column = floor(p.x / size);
    const float speed = 900.0 + 700.0 * hash01(uint(int(column)) + 31u * uint(layer));
    const float y = p.y / scale - speed * float(frame.timeMs % 100000u) * 0.001;
    const float cell = floor(y / 260.0);
    const float draw = hashCell(ivec2(int(column), int(cell)), 41u + uint(layer));
    const float inside = fract(y / 260.0);
    const float across = abs(fract(p.x / size) - 0.5) * size;
    sum += step(draw, 0.35 * frame.rain) * smoothstep(0.55, 0.75, inside) * smoothstep(1.0, 0.85, inside) * clamp(1.0 * scale - across, 0.0, 1.0);
  }
  return sum;
}

void main() {
  const vec2 at = kScaled ? gl_FragCoord.xy * push.shadowMatrix[0].xy + push.shadowMatrix[0].zw : gl_FragCoord.xy;
  const ivec2 p = ivec2(at);
  vec3 c = kScaled ? stretched(at) : smoothed(p);
  if (kExtras && kQuality > 0u && frame.rain > 0.0) {
    const float s = rainStreaks(gl_FragCoord.xy) * (0.10 + 0.10 * frame.rain);
    c = mix(c, encodeSrgb(toneCurve(frame.skyHorizon * frame.exposure)) + 0.12, s);
  }
  if (kExtras && (frame.selectedPick | frame.hoveredPick) != 0u) {
    const float scale = max(frame.viewportSize.y / 1080.0, 0.5);
    const uint here = idAt(p);
    if (frame.hoveredPick != 0u && frame.hoveredPick != frame.selectedPick) {
      c = mix(c, kHovered, 0.9 * outlineOf(frame.hoveredPick, p, here, max(int(scale + 0.5), 1)));
    }
    if (frame.selectedPick != 0u) {
      c = mix(c, kSelected, outlineOf(frame.selectedPick, p, here, max(int(2.0 * scale + 0.5), 2)));
    }
  }
  outColor = vec4(c, 1.0);
}

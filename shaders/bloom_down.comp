#version 460
// SPDX-License-Identifier: Apache-2.0
// Half the size, 13 taps (Jimenez 2014, "Next generation post processing in Call of Duty").
// push.flags: the level written; level 0 reads the colour image and keeps only what emits: light
// well above paper white.
#extension GL_GOOGLE_include_directive : require
#define POST_OUTPUT rgba16f
#include "lib/bindings.glsl"
#include "lib/post_bindings.glsl"
#include "lib/tone.glsl"

layout(local_size_x = 8, local_size_y = 8) in;

vec3 tap(vec2 uv) {
  if (push.flags > 0u) return textureLod(bloomImage, uv, 0.0).rgb;
  const vec3 c = min(textureLod(colorImage, uv, 0.0).rgb * frame.exposure, vec3(16.0));
  const float l = max(c.r, max(c.g, c.b));
  return c * smoothstep(1.0, 1.6, l) / frame.exposure;
}

void main() {
  const ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  const ivec2 size = imageSize(outputImage);
  if (any(greaterThanEqual(p, size))) return;
  const vec2 uv = (vec2(p) + 0.5) / vec2(size);
  const vec2 t = push.flags > 0u ? 1.0 / vec2(textureSize(bloomImage, 0)) : 1.0 / vec2(textureSize(colorImage, 0));
  vec3 sum = 0.125 * tap(uv);
  sum += 0.125 * (tap(uv + t * vec2(-1, -1)) + tap(uv + t * vec2(1, -1)) + tap(uv + t * vec2(-1, 1)) + tap(uv + t * vec2(1, 1)));
  sum += 0.0625 * (tap(uv + t * vec2(-2, 0)) + tap(uv + t * vec2(2, 0)) + tap(uv + t * vec2(0, -2)) + tap(uv + t * vec2(0, 2)));
  sum += 0.03125 * (tap(uv + t * vec2(-2, -2)) + tap(uv + t * vec2(2, -2)) + tap(uv + t * vec2(-2, 2)) + tap(uv + t * vec2(2, 2)));
  imageStore(outputImage, p, vec4(sum, 1.0));
}

// SPDX-License-Identifier: Apache-2.0
// From scene light to the display. Linear up to the knee, so that an albedo in even light is shown
// as the style sheet wrote it; a rational shoulder above, so that lamps and glare keep their colour.
#ifndef TONE_GLSL
#define TONE_GLSL

const float kKnee = 0.5;

vec3 toneCurve(vec3 c) {
  const vec3 t = max(c - kKnee, 0.0) * (1.0 / (1.0 - kKnee));
  return min(c, kKnee) + (1.0 - kKnee) * t / (1.0 + t);
}

// Linear to sRGB by square roots, within 0.3 % above 0.004.
vec3 encodeSrgb(vec3 c) {
  const vec3 s1 = sqrt(max(c, 0.0));
  const vec3 s2 = sqrt(s1);
  const vec3 s3 = sqrt(s2);
  return max(0.585122381 * s1 + 0.783140355 * s2 - 0.368262736 * s3, 12.92 * min(c, 0.0031308) * step(c, vec3(0.0031308)));
}

float lumaOf(vec3 encoded) { return dot(encoded, vec3(0.299, 0.587, 0.114)); }
float luminance(vec3 linear) { return dot(linear, vec3(0.2126, 0.7152, 0.0722)); }

#endif

// SPDX-License-Identifier: Apache-2.0
// Procedural patterns integrated over the pixel, so that they fade to their mean instead of
// shimmering. `w` is the pixel's footprint in the pattern's own unit (fwidth of the coordinate).
#ifndef FILTER_GLSL
#define FILTER_GLSL

// Share of [x - w/2, x + w/2] within the band |x| < half.
float band(float x, float halfWidth, float w) {
  const float inverse = 1.0 / max(w, 1e-4);
  const float a = clamp((x + halfWidth) * inverse + 0.5, 0.0, 1.0);
  const float b = clamp((x - halfWidth) * inverse + 0.5, 0.0, 1.0);
  return a - b;
}

// Integral of the unit square wave that is 1 for fract(x) < duty.
float stripeIntegral(float x, float duty) { return floor(x) * duty + min(fract(x), duty); }

// Share of the pixel within stripes of `width`, one every `period`, starting at 0.
float stripes(float x, float period, float width, float w) {
  const float inverse = 1.0 / period;
  const float duty = width * inverse;
  const float f = max(w * inverse, 1e-3);
  const float c = x * inverse - 0.5 * f;
  return (stripeIntegral(c + f, duty) - stripeIntegral(c, duty)) / f;
}

#endif

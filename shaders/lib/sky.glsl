// SPDX-License-Identifier: Apache-2.0
// The air: what a ray sees that meets nothing, and what lies between the eye and what it meets.
#ifndef SKY_GLSL
#define SKY_GLSL

// Share of fog between the camera and `p`: density falls exponentially with height, integrated
// along the ray (Wenzel 2006, "Real-time atmospheric effects in games").
float fogBetween(vec3 p) {
  const vec3 ray = p - frame.cameraPosition;
  const float k = frame.fogFalloff;
  const float base = exp(clamp(-k * (frame.cameraPosition.z - frame.fogBase), -8.0, 8.0));
  const float x = clamp(k * ray.z, -8.0, 8.0);
  const float mean = abs(x) < 1e-3 ? 1.0 - 0.5 * x : (1.0 - exp(-x)) / x;
  const float depth = frame.fogDensity * length(ray) * base * mean;
  return 1.0 - exp(-depth * (1.0 + 2.0 * depth));  // the far thickens: near roofs stay clear, hills dissolve
}

// Sky above the horizon in direction `d` (unit), without the disc: gradient and the glow about the sun.
vec3 skyColor(vec3 d) {
  const float up = max(d.z, 0.0);
  const float towards = max(dot(d, frame.sunDirection), 0.0);
  const float rise = 1.0 - up;
  const float low = rise * rise;
  vec3 c = mix(frame.skyZenith, frame.skyHorizon, low * rise);
  c = mix(c, frame.fogColor, exp2(-18.0 * up) * 0.85);
  const float t2 = towards * towards;
  const float t8 = t2 * t2 * t2 * t2;
  return c + frame.skyGlow * (t8 * (0.25 + 0.75 * t8 * t8) * (0.25 + 0.75 * low * low));
}

// Mean sky light on a surface whose normal leans `upShare` (0 down .. 1 up) to the sky.
vec3 ambientLight(float upShare) {
  // Under a clear sun the sky fills less than it is bright to the eye; at dusk it is all there is.
  const float fill = mix(1.12, 0.74, frame.sunVisibility * (1.0 - frame.nightFactor));
  const vec3 sky = (0.45 * frame.skyZenith + 0.55 * frame.skyHorizon) * fill;
  return mix(frame.groundAmbient, sky, upShare);
}

// The sky about the place where the sun went lights what faces it, though the sun casts no shadow.
vec3 afterglow(float facing) { return frame.skyGlow * ((1.0 - frame.sunVisibility) * 0.34 * facing); }

#endif

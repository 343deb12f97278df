// SPDX-License-Identifier: Apache-2.0
// The light of two dipped headlights on the road, in metres ahead of the model's origin and aside.
#ifndef BEAM_GLSL
#define BEAM_GLSL

const vec3 kAsphalt = vec3(0.070, 0.078, 0.091);  // linear #4B4F55: city palette
const float kBeamPower = 0.55;  // in lamps, as the ground field counts

// The quad in which there is any, from a corner of -1 to 1.
vec2 beamCorner(vec2 corner) { return vec2(corner.x * 8.5 + 9.5, corner.y * 5.0); }

// Narrow near the car, widening, brightest at 6 m, gone at 18; 1 at most.
float dippedBeam(vec2 at) {
  const float ahead = at.x - 1.5;
  const float width = 0.8 + 0.16 * ahead;
  const float aside = abs(at.y) / width;
  const float rise = smoothstep(0.0, 5.0, ahead);
  const float fall = 1.0 - smoothstep(5.0, 16.0, ahead);
  return rise * fall * exp(-aside * aside * 1.4);
}

#endif

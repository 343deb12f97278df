#version 460
// SPDX-License-Identifier: Apache-2.0
// What headlights add to the road, encoded for the display, and such that the screen blend over dry asphalt without
// other lamps gives what shading both lights at once would: that road is taken for granted.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/tone.glsl"
#include "lib/light.glsl"
#include "lib/beam.glsl"

const float kTakes = 1.9;  // of lamp light, as in street() of lib/road.glsl

layout(location = 0) in vec2 vAt;
layout(location = 1) flat in float vClear;
layout(location = 2) flat in vec3 vDark;
layout(location = 0) out vec4 outColor;

void main() {
  const vec3 light = kLampTint * (kBeamPower * dippedBeam(vAt));
  const vec3 before = encodeSrgb(toneCurve(vDark));
  const vec3 after = encodeSrgb(toneCurve(vDark + kAsphalt * light * (kTakes * frame.exposure * vClear)));
  const vec3 c = (after - before) / (1.0 - before);  // toneCurve() stays below 1
  outColor = vec4(c, lumaOf(c));
}

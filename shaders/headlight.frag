#version 460
// SPDX-License-Identifier: Apache-2.0
// What headlights add to the road, encoded for the display: dry asphalt is taken for granted.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/tone.glsl"
#include "lib/light.glsl"
#include "lib/beam.glsl"

// Of the lamp light on it: linear #4B4F55 (palette::kAsphalt), and 1.9 as in street() of lib/road.glsl.
const vec3 kAsphaltTakes = vec3(0.070, 0.078, 0.091) * 1.9;

layout(location = 0) in vec2 vAt;
layout(location = 1) flat in float vClear;
layout(location = 0) out vec4 outColor;

void main() {
  const vec3 light = kLampTint * (kBeamPower * dippedBeam(vAt));
  const vec3 c = encodeSrgb(toneCurve(kAsphaltTakes * light * (frame.exposure * vClear)));
  outColor = vec4(c, lumaOf(c));
}

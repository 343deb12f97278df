#version 460
// SPDX-License-Identifier: Apache-2.0
// Premultiplied alpha. push.flags bit 0: the part behind something, drawn faintly.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/filter.glsl"
#include "lib/tone.glsl"

layout(location = 0) noperspective in vec3 vAcross;
layout(location = 1) in float vAlong;
layout(location = 2) flat in vec4 vColor;
layout(location = 3) flat in vec2 vFlow;
layout(location = 4) flat in vec2 vLength;
layout(location = 0) out vec4 outColor;
layout(location = 1) out uint outId;

void main() {
  outId = 0u;
  // Distance to the segment: soft sides, round joints.
  const float past = max(max(-vAcross.y, vAcross.y - vLength.x), 0.0);
  const float d = length(vec2(vAcross.x, past));
  float alpha = vColor.a * clamp(vAcross.z + 0.5 - d, 0.0, 1.0);

  float bright = 1.0;
  if (vFlow.x != 0.0) {
    // Comets that run with the flow: a bright head, a tail over 40 m.
    const float seconds = float(frame.timeMs % 3600000u) * 0.001;
    const float phase = fract((vAlong - vFlow.x * seconds) / 40.0);
    const float tail = vFlow.x > 0.0 ? phase : 1.0 - phase;
    bright = 0.45 + 0.6 * tail * tail * tail;
    alpha *= 0.55 + 0.45 * tail * tail;
  }
  if (vFlow.y > 0.5) {
    // Dashes of twelve pixels or more: the period in metres grows in powers of two with the distance.
    const float metres = exp2(ceil(log2(24.0 / max(vLength.y, 1e-3))));
    alpha *= stripes(vAlong, max(metres, 2.0), 0.55 * max(metres, 2.0), 1.0 / max(vLength.y, 1e-3));
  }
  if ((push.flags & 1u) != 0u) alpha *= 0.25;
  vec3 c = vColor.rgb * bright;
  c = kQuality == 0u ? encodeSrgb(toneCurve(c)) : c / frame.exposure;
  outColor = vec4(c * alpha, alpha);
}

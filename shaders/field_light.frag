#version 460
// SPDX-License-Identifier: Apache-2.0
#extension GL_GOOGLE_include_directive : require
#include "lib/beam.glsl"

layout(location = 0) in vec2 vAt;
layout(location = 1) flat in vec4 vLight;
layout(location = 0) out vec4 outLight;

void main() {
  float light;
  if (vLight.w > 0.5) {
    light = dippedBeam(vAt);
  } else {
    // Inverse square and Lambert from the lamp's height: h^3 / (h^2 + d^2)^(3/2), which is 1 at the
    // foot; windowed so that it ends at the radius (Karis 2013).
    const float d2 = dot(vAt, vAt);
    const float h2 = vLight.y * vLight.y;
    const float q = h2 / (h2 + d2);
    const float x2 = d2 / (vLight.x * vLight.x);
    const float window = clamp(1.0 - x2 * x2, 0.0, 1.0);
    light = q * sqrt(q) * window * window;
  }
  outLight = vec4(light * vLight.z, 0.0, 0.0, 0.0);
}

#version 460
// SPDX-License-Identifier: Apache-2.0
// One triangle at infinity (reverse-z: depth 0).
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"

layout(location = 0) out vec3 vRay;  // from the camera, not unit

void main() {
  const vec2 ndc = vec2(float(gl_VertexIndex & 1), float(gl_VertexIndex >> 1)) * 4.0 - 1.0;
  gl_Position = vec4(ndc, 0.0, 1.0);
  // The projection is linear in x and y, also off axis: undo it, then turn into the world.
  const vec3 view = vec3((ndc.x + frame.projection[2][0]) / frame.projection[0][0],
                         (ndc.y + frame.projection[2][1]) / frame.projection[1][1], -1.0);
  vRay = transpose(mat3(frame.view)) * view;
}

#version 460
// SPDX-License-Identifier: Apache-2.0
void main() {
  gl_Position = vec4(vec2(float(gl_VertexIndex & 1), float(gl_VertexIndex >> 1)) * 4.0 - 1.0, 0.0, 1.0);
}

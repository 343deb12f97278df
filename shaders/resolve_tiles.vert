#version 460
// SPDX-License-Identifier: Apache-2.0
// Low quality: the last step of the picture in given rectangles of the view only, one per instance.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/corner.glsl"

layout(location = 0) in ivec4 inRect;  // left, top, width, height; pixels

void main() {
  const vec2 pixel = vec2(inRect.xy) + vec2(inRect.zw) * (quadCorner(gl_VertexIndex) * 0.5 + 0.5);
  gl_Position = vec4(pixel * frame.inverseViewport * 2.0 - 1.0, 0.0, 1.0);
}

#version 460
// SPDX-License-Identifier: Apache-2.0
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"

layout(location = 0) in vec3 inPosition;
layout(location = 5) in uint inObject;

void main() {
  const bool hidden = inObject != kNoObject && (objects[inObject].state & (kStateHidden | kStateGhost)) != 0u;
  gl_Position = hidden ? vec4(2.0, 2.0, 2.0, 1.0) : push.shadowMatrix * vec4(inPosition, 1.0);
}

#version 460
// SPDX-License-Identifier: Apache-2.0
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/instance_source.glsl"
#include "lib/pose.glsl"

layout(location = 0) in vec3 inPosition;

void main() {
  const Instance i = instanceHere();
  if ((i.state & (kStateHidden | kStateGhost)) != 0u) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  const Pose pose = poseAt(i, frame.timeMs);
  const vec2 scale = unpackHalf2x16(i.scale);
  gl_Position = push.shadowMatrix * vec4(pose.position + poseRotation(pose.yaw, i.pitch) * (inPosition * scale.xxy), 1.0);
}

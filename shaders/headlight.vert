#version 460
// SPDX-License-Identifier: Apache-2.0
// Low quality: the headlights of one vehicle, as a quad that lies on the road ahead of it.
#extension GL_GOOGLE_include_directive : require
#define VERTEX_STAGE
#include "lib/bindings.glsl"
#include "lib/instance_source.glsl"
#include "lib/pose.glsl"
#include "lib/corner.glsl"
#include "lib/sky.glsl"
#include "lib/beam.glsl"

layout(location = 0) out vec2 vAt;          // metres ahead of the vehicle and aside
layout(location = 1) flat out float vClear;  // share that the air between lets through
layout(location = 2) flat out vec3 vDark;    // the road without the headlights, linear, exposed

const float kLift = 0.1;   // metres
const float kPull = 1e-3;  // towards the eye, as a share of the distance: over what lies on the road

void main() {
  const Instance i = instanceHere();
  const Pose pose = poseAt(i, frame.timeMs);
  vAt = beamCorner(quadCorner(gl_VertexIndex));
  vClear = 1.0 - fogBetween(pose.position);
  vDark = mix(frame.fogColor, kAsphalt * ambientLight(1.0), vClear) * frame.exposure;
  gl_Position = frame.viewProjection * vec4(pose.position + poseRotation(pose.yaw, i.pitch) * vec3(vAt, kLift), 1.0);
  gl_Position.z *= 1.0 + kPull;
}

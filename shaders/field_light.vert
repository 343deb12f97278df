#version 460
// SPDX-License-Identifier: Apache-2.0
// Lamps into the ground field: one quad per light (gl_InstanceIndex its slot), or, with push.flags
// bit 0, one per visible vehicle, ahead of it. Additive, red channel.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/instance_source.glsl"
#include "lib/pose.glsl"
#include "lib/corner.glsl"
#include "lib/beam.glsl"

layout(location = 0) out vec2 vAt;               // lamp: metres from its foot; headlights: metres ahead and aside
layout(location = 1) flat out vec4 vLight;       // radius, height, power, mode

void main() {
  const vec2 corner = quadCorner(gl_VertexIndex);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vec2 at;
  if ((push.flags & 1u) != 0u) {
    const Instance i = instanceHere();
    if ((i.state & kStateHeadlights) == 0u || (i.state & kStateHidden) != 0u) return;
    const Pose pose = poseAt(i, frame.timeMs);
    const vec2 forward = vec2(cos(pose.yaw), sin(pose.yaw));
    vAt = beamCorner(corner);
    at = pose.position.xy + forward * vAt.x + vec2(-forward.y, forward.x) * vAt.y;
    vLight = vec4(0.0, 0.0, kBeamPower, 1.0);
  } else {
    const Light light = lights[gl_InstanceIndex];
    if (light.intensity <= 0.0 || light.radius <= 0.0) return;
    vAt = corner * light.radius;
    at = light.position.xy + vAt;
    const float power = dot(light.color, vec3(0.2126, 0.7152, 0.0722)) * light.intensity;
    // Lamps hang 4 to 12 m high; a pool's shape follows from its radius where the ground is unknown.
    vLight = vec4(light.radius, 0.38 * light.radius, power, 0.0);
  }
  const vec2 uv = (at - frame.fieldOrigin) * frame.fieldInverseSize;
  gl_Position = vec4(uv * 2.0 - 1.0, 0.5, 1.0);
}

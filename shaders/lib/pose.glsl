// SPDX-License-Identifier: Apache-2.0
// Where an instance stands at the frame's time: scene::positionAt and yawAt, the same arithmetic.
#ifndef POSE_GLSL
#define POSE_GLSL

struct Pose {
  vec3 position;
  float yaw;
};

Pose poseAt(Instance i, uint timeMs) {
  const int span = int(i.time1 - i.time0);
  const float blend = span <= 0 ? 1.0 : clamp(float(int(timeMs - i.time0)) / float(span), 0.0, 1.0);
  const float turn = i.yaw1 - i.yaw0;
  const float kTurn = 6.283185307;
  Pose p;
  p.position = mix(i.position0, i.position1, blend);
  p.yaw = i.yaw0 + (turn - kTurn * roundEven(turn / kTurn)) * blend;
  return p;
}

// Model frame (x forward, y left, z up) to world, without the translation; pitch lifts the nose.
mat3 poseRotation(float yaw, float pitch) {
  const float c = cos(yaw);
  const float s = sin(yaw);
  const float cp = cos(pitch);
  const float sp = sin(pitch);
  return mat3(vec3(c * cp, s * cp, sp), vec3(-s, c, 0.0), vec3(-c * sp, -s * sp, cp));
}

#endif

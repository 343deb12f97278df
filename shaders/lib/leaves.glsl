// SPDX-License-Identifier: Apache-2.0
// A leaf's season. `pick` and `shade`, 0..1, differ from tree to tree; engine/render/groves.cpp bakes the
// same two for distant trees.
#ifndef LEAVES_GLSL
#define LEAVES_GLSL

vec3 leafAlbedo(vec3 color, bool deciduous, float pick, float shade) {
  const float lightness = 0.86 + 0.28 * shade;
  const vec3 c = color * lightness;
  if (!deciduous) return c;
  // A third turn gold, a few rust, the rest only fade.
  const vec3 turned = pick < 0.33 ? hex(0xC79A4Bu) : pick < 0.40 ? hex(0xA9714Eu) : mix(c, hex(0x9C9660u), 0.45);
  return mix(c, turned * (0.55 + 0.3 * lightness), frame.autumn);
}

#endif

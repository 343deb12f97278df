// SPDX-License-Identifier: Apache-2.0
// What a surface is made of at a pixel, before light. The surface kinds fill it.
#ifndef MATTER_GLSL
#define MATTER_GLSL

struct Matter {
  vec3 albedo;
  vec3 emission;    // linear, in the scene's light
  vec3 shown;       // linear, as displayed: data glow, the same by day and by night
  float mirror;     // 0 matte .. 1 mirror: how much sky it throws back
  float roughness;  // 0.05 .. 1, for the sun's highlight at high quality
  float lamp;       // share of the ground's lamp light it takes
  float wets;       // share of the rain's shine it takes: 1 asphalt, 0 walls
};

uint surfaceKind() { return vFlat.x & 255u; }
uint surfaceParam() { return vFlat.x >> 8 & 255u; }
uint surfaceSeed() { return vFlat.x >> 16; }
uint stateBits() { return vFlat.y; }
// How much a face looks down or aside, to where the lamps are; at low quality leaves are lit at their vertices.
float upLight() { return kQuality == 0u ? 0.5 : 0.5 - 0.5 * vShade.z; }
float stateLevel() { return float(vFlat.y >> kStateLevelShift & 255u) * (1.0 / 255.0); }

#endif

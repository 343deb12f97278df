// SPDX-License-Identifier: Apache-2.0
// Terrain's albedo, for the pixel or, at low quality, for the vertex.
#ifndef LAND_GLSL
#define LAND_GLSL

// Broad patches, as a model maker lays two mixes of flock.
vec3 terrainAlbedo(vec3 albedo, vec2 xy) {
  const float broad = waves2(xy * 0.013);
  float v = 0.93 + 0.14 * broad;
  if (kQuality > 0u) v *= 0.94 + 0.12 * noise2(xy * 0.21);
  // Outside the ground field nobody has planted anything: woods and meadows run on to the horizon.
  const vec2 uv = abs((xy - frame.fieldOrigin) * frame.fieldInverseSize - 0.5);
  return mix(albedo * v, landAlbedo(xy), 0.35 * smoothstep(0.5, 0.56, max(uv.x, uv.y)));
}

#endif

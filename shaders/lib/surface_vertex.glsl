// SPDX-License-Identifier: Apache-2.0
// The part that static.vert, instance.vert and grove.vert share. Needs bindings, unpack, noise, sky, tone,
// varyings, light, land.

const vec4 kNowhere = vec4(2.0, 2.0, 2.0, 1.0);  // outside the clip volume: the triangle vanishes

// A vertex of a surface, as the vertex shaders know it.
struct Corner {
  vec3 position;
  vec3 normal;
  vec3 albedo;
  float openness;
  vec2 uv;
  uint surface;
  uint state;
  uint pick;
  uint emission;  // data glow, 0..255
  uint seed;
};

// Crowns are lumps of leaves, not solids: they let light through, and their shadow on themselves starts inside.
bool isLeaf(uint kind) { return may(kSurfaceFoliage) && kind == kSurfaceFoliage; }
float vertexSunShadow(vec3 p, bool leaf) { return sunShadow(p + frame.sunDirection * (leaf ? 1.6 : 0.1), vec3(0.0)); }

// How much a mirror that only knows the horizon shows of it.
float grazing(vec3 position, vec3 normal) {
  const float facing = 1.0 - abs(dot(normalize(position - frame.cameraPosition), normal));
  const float facing2 = facing * facing;
  return facing2 * facing2 * facing;
}

// Low: all that can be known at the vertex, in the order of litLow() and finish() in shade.glsl, times
// exposure. What remains for the pixel is linear in shadow and lamps.
void writeFinished(Corner c) {
  const uint kind = c.surface & 255u;
  const float up = 0.5 + 0.5 * c.normal.z;
  const bool leaf = isLeaf(kind);
  float lamp = 0.35;
  float mirror = 0.0;
  if (leaf) lamp = 0.42 * (1.0 - up);
  if (may(kSurfaceGlass) && kind == kSurfaceGlass) mirror = 0.7;
  if (may(kSurfaceBody) && kind == kSurfaceBody) { mirror = 0.28; lamp = 0.6; }
  if (may(kSurfaceTerrain) && kind == kSurfaceTerrain) {
    lamp = 0.8;
    mirror = 0.042 * frame.wetness;
    c.albedo = terrainAlbedo(c.albedo, c.position.xy) * (1.0 - 0.165 * frame.wetness);
  }
  float sun = max(dot(c.normal, frame.sunDirection), 0.0);
  const vec3 ambient = ambientLight(up) * c.openness + afterglow(sun);
  if (leaf) sun = 0.25 + 0.75 * sun;
  const float air = fogBetween(c.position);
  const float clear = 1.0 - air;
  const float thrown = mirror > 0.0 ? mirror * (0.10 + 0.75 * grazing(c.position, c.normal)) : 0.0;
  const bool chosen = (c.state & (kStateSelected | kStateHovered)) != 0u;
  const float gain = chosen ? 1.12 : 1.0;
  const float lift = chosen ? ((c.state & kStateSelected) != 0u ? 0.05 : 0.03) : 0.0;
  const vec3 takes = c.albedo * (frame.exposure * clear * gain * (1.0 - thrown));
  vec3 light = takes * ambient + frame.fogColor * (frame.exposure * (gain * thrown * clear + air));
  light += (c.albedo * (float(c.emission) * (0.9 / 255.0)) + lift) * clear;
  const vec3 sunlight = takes * frame.sunColor * (frame.sunVisibility * sun);
  const vec3 lamps = takes * lamp;
  if (kInstanced) {
    if ((kLights & 1u) != 0u) light += sunlight * vertexSunShadow(c.position, leaf);
    if ((kLights & 2u) != 0u) light += lamps * fieldLight(c.position.xy);
    v0 = vec4(encodeSrgb(toneCurve(light)), 0.0);
    return;
  }
  if ((kLights & 4u) != 0u) light += sunlight;
  vec3 shadow = vec3(0.0);
  if ((kLights & 1u) != 0u) shadow = inCascade(frame.cascade[0], frame.cascadeRadius.x, c.position);
  v0 = vec4(light, shadow.x);
  if ((kLights & 1u) != 0u) v1 = vec4(sunlight, shadow.y);
  if ((kLights & 2u) != 0u) v2 = vec4(lamps, 0.0);
  v3 = vec4(c.position.xy, shadow.z, 0.0);
}

void writeLow(Corner c) {
  const float sun = max(dot(c.normal, frame.sunDirection), 0.0);
  const float up = 0.5 + 0.5 * c.normal.z;
  float share = sun;
  vec3 shadow = vec3(0.0);
  if (kInstanced) {
    // Trees and cars are many small triangles: their shadow is looked up per vertex.
    const bool leaf = isLeaf(c.surface & 255u);
    if (leaf) share = 0.25 + 0.75 * share;
    if ((kLights & 1u) != 0u) share *= vertexSunShadow(c.position, leaf);
  } else if ((kLights & 1u) != 0u) {
    shadow = inCascade(frame.cascade[0], frame.cascadeRadius.x, c.position);
  }
  v0 = vec4(c.position.xy, kBlended ? c.position.z : shadow.z, fogBetween(c.position));
  v1 = vec4(ambientLight(up) * c.openness + afterglow(sun), share);
  v2 = vec4(c.albedo, grazing(c.position, c.normal));
  v3 = vec4(c.uv, shadow.xy);
}

void writeCorner(Corner c) {
  if (kFinished) {
    writeFinished(c);
  } else if (kQuality == 0u) {
    writeLow(c);
  } else {
    v0 = vec4(c.position, fogBetween(c.position));
    v1 = vec4(c.normal, c.openness);
    v2 = vec4(c.albedo, 0.0);
    v3 = vec4(c.uv, 0.0, 0.0);
  }
  vFlat = uvec4(c.surface, c.state, c.pick, c.emission << 24 | (c.seed & 0xffffffu));
}

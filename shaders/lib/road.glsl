// SPDX-License-Identifier: Apache-2.0
// Carriageways: asphalt, lane markings by Korea's rules of the road (yellow divides the directions,
// white divides lanes: 3 m dashes, 5 m gaps in town), crosswalk bars, parking bays.
#ifndef ROAD_GLSL
#define ROAD_GLSL

const vec3 kMarkWhite = vec3(0.83, 0.82, 0.79);   // #ECEBE6
const vec3 kMarkYellow = vec3(0.76, 0.50, 0.10);
const vec3 kBusLane = vec3(0.19, 0.065, 0.055);   // #7B4B45, as a tint

// Grain and wear of asphalt about the given albedo.
vec3 asphalt(vec3 albedo, vec2 at, float w) {
  const float wear = waves2(at * 0.11) - 0.5;
  vec3 c = albedo * (1.05 + 0.12 * wear);
  if (kQuality > 0u && w < 0.12) {
    const float grain = hashCell(ivec2(floor(at * 12.0)), 3u) - 0.5;
    c *= 1.0 + 0.14 * grain * clamp(1.0 - w * 8.0, 0.0, 1.0);
  }
  return c;
}

// Asphalt takes the lamps fully and shines a little where it is seen flat, more at dusk.
void street(inout Matter m) {
  m.wets = 1.0;
  m.lamp = 1.9;
  m.mirror = 0.22 + 0.14 * frame.nightFactor;
  m.roughness = 0.45;
}

struct RoadLanes {
  float forward, backward, width, divider, half_;
  bool median, bus;
};

RoadLanes roadLanes(uint seed) {
  RoadLanes r;
  r.forward = float(seed & 7u);
  r.backward = float(seed >> 3 & 7u);
  r.median = (seed & 64u) != 0u;
  r.bus = (seed & 128u) != 0u;
  r.width = float((seed >> 8 & 15u) + 24u) * 0.1;
  r.half_ = 0.5 * (r.forward + r.backward) * r.width;
  r.divider = r.backward * r.width - r.half_;
  return r;
}

void shadeRoad(inout Matter m, vec2 uv, vec2 w) {
  const RoadLanes r = roadLanes(surfaceSeed());
  const uint roadClass = surfaceSeed() >> 12;
  const float x = uv.x;
  vec3 c = asphalt(m.albedo, vPosition.xy, w.x);
  // Wheel tracks: a little darker, twice per lane.
  const float lane = (x - r.divider) / r.width;
  if (kQuality > 0u) c *= 1.0 - 0.05 * smoothstep(0.3, 0.9, 0.5 - 0.5 * cos(12.566371 * (lane - 0.25 + 0.25)));
  if (r.bus) {
    c = mix(c, kBusLane, 0.5 * band(x - (r.half_ - 0.5 * r.width), 0.5 * r.width - 0.12, w.x));
    if (r.backward > 0.0) c = mix(c, kBusLane, 0.5 * band(x + (r.half_ - 0.5 * r.width), 0.5 * r.width - 0.12, w.x));
  }
  // Lines thinner than a pixel fade; beyond about 0.7 km nothing is left to draw.
  if (w.x < 1.6 && r.forward + r.backward > 1.5) {
    const float line = 0.075;
    const float dash = stripes(uv.y, 8.0, 3.0, w.y);
    const float index = floor(lane + 0.5);
    const bool inner = index > -r.backward + 0.5 && index < r.forward - 0.5 && abs(index) > 0.5;
    float white = inner ? band((lane - index) * r.width, line, w.x) * dash : 0.0;
    white = max(white, band(abs(x) - (r.half_ - 0.28), line, w.x) * (roadClass < 3u ? 1.0 : 0.55));
    float yellow = 0.0;
    if (r.backward > 0.0 && r.forward > 0.0 && !r.median) {
      const float d = x - r.divider;
      yellow = r.forward + r.backward >= 4.0 ? band(abs(d) - 0.17, line, w.x) : band(d, line, w.x);
    }
    const float wear = 0.82 + 0.12 * waves2(vPosition.xy * 0.7);
    c = mix(c, kMarkWhite, white * wear);
    c = mix(c, kMarkYellow, yellow * wear);
  }
  m.albedo = c;
}

void shadeCrosswalk(inout Matter m, vec2 uv, vec2 w) {
  const vec3 c = asphalt(m.albedo, vPosition.xy, w.x);
  m.albedo = mix(c, kMarkWhite, 0.92 * stripes(uv.x, 1.0, 0.5, w.x));
}

void shadeParking(inout Matter m, vec2 uv, vec2 w) {
  vec3 c = asphalt(m.albedo, vPosition.xy, w.x);
  if (w.x < 1.5) {
    // Bays of 2.5 x 5 m in double rows with a 6 m aisle.
    const float row = uv.y - 16.0 * floor(uv.y / 16.0);
    const float inBays = 1.0 - band(row - 13.0, 3.0, w.y);
    float line = stripes(uv.x + 0.05, 2.5, 0.1, w.x) * inBays;
    line = max(line, band(row - 5.0, 0.05, w.y));
    c = mix(c, kMarkWhite, 0.8 * line);
  }
  m.albedo = c;
}

void shadePaving(inout Matter m, vec2 w) {
  const float f = max(w.x, w.y);
  vec3 c = m.albedo * (0.97 + 0.06 * waves2(vPosition.xy * 0.09));
  if (f < 0.5) {
    const vec2 p = vPosition.xy;
    const float fw = max(fwidth(p.x), fwidth(p.y));
    const float joints = max(stripes(p.x, 0.6, 0.03, fw), stripes(p.y, 0.6, 0.03, fw));
    c *= 1.0 - 0.22 * joints;
    if (kQuality > 0u && fw < 0.3) c *= 1.0 + 0.07 * (hashCell(ivec2(floor(p / 0.6)), 5u) - 0.5);
  }
  m.albedo = c;
}

#endif

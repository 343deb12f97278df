// SPDX-License-Identifier: Apache-2.0
// Walls: storeys and windows from metres along and up the wall, filtered to their mean at a
// distance, and the rooms that light up by use and hour.
#ifndef FACADE_GLSL
#define FACADE_GLSL
#include "shared/facade_module.h"

struct FacadeStyle {
  float storey;                // metres
  float windowWidth, windowHeight;  // share of the module and the storey
  float ground;                // height of the ground floor, metres
  float groundGlass;           // its share of glass
};

FacadeStyle facadeStyle(uint use) {
  switch (use) {
    case kUseApartment: return FacadeStyle(2.9, 0.66, 0.52, 3.4, 0.10);
    case kUseDetached: return FacadeStyle(3.2, 0.36, 0.42, 3.2, 0.30);
    case kUseShop: return FacadeStyle(3.8, 0.62, 0.50, 4.2, 0.82);
    case kUseMall: return FacadeStyle(6.0, 0.55, 0.26, 6.0, 0.75);
    case kUsePublic: return FacadeStyle(3.9, 0.52, 0.50, 4.2, 0.55);
    case kUseCulture: return FacadeStyle(5.0, 0.30, 0.30, 5.0, 0.50);
    case kUseParking: return FacadeStyle(3.3, 0.94, 0.40, 3.3, 0.40);
    case kUsePlant: return FacadeStyle(6.0, 0.0, 0.0, 6.0, 0.0);
    default: return FacadeStyle(4.0, 0.78, 0.60, 5.0, 0.80);
  }
}

// Share of rooms lit at the hour (0..24), by use; nobody lights a room by day.
float litShare(uint use, float hour) {
  const float evening = hour < 12.0 ? hour + 24.0 : hour;  // 12..36
  float share;
  switch (use) {
    case kUseApartment:
    case kUseDetached:
      share = 0.50 * smoothstep(16.8, 19.6, evening) * (1.0 - 0.93 * smoothstep(22.6, 25.2, evening));
      break;
    case kUseShop: share = 0.72 * (1.0 - 0.92 * smoothstep(21.5, 23.8, evening)); break;
    case kUseMall: share = 0.85 * (1.0 - 0.95 * smoothstep(21.8, 22.6, evening)); break;
    case kUseParking: share = 0.9 - 0.4 * smoothstep(23.0, 25.0, evening); break;
    case kUseCulture: share = 0.6 * (1.0 - 0.85 * smoothstep(18.5, 20.5, evening)); break;
    case kUsePlant: share = 0.15; break;
    default: share = 0.74 * (1.0 - 0.90 * smoothstep(18.2, 22.2, evening)); break;
  }
  // Early risers.
  if (use == kUseApartment || use == kUseDetached) share += 0.35 * smoothstep(29.0, 30.6, evening) * (1.0 - smoothstep(31.5, 33.0, evening));
  return share;
}

// 2,700 K to 4,000 K against the display's white, linear.
vec3 roomTint(float t) { return mix(vec3(1.0, 0.47, 0.15), vec3(1.0, 0.70, 0.40), t); }

void shadeFacade(inout Matter m, vec2 uv, vec2 w) {
  const uint use = surfaceParam();
  const uint seed = surfaceSeed();
  const FacadeStyle s = facadeStyle(use);
  const float own = hash01(seed * 5u + 1u);
  // Slight variety between neighbours: lightness, and warmth against coolness.
  m.albedo *= 0.95 + 0.09 * own;
  m.albedo *= mix(vec3(1.02, 1.0, 0.97), vec3(0.97, 1.0, 1.02), hash01(seed * 7u + 3u));

  const bool atGround = uv.y < s.ground;
  const float storeyPos = (uv.y - s.ground) / s.storey;
  const float floorIndex = atGround ? -1.0 : floor(storeyPos);
  const float moduleWidth = facadeModule(use, seed);
  const float columnPos = uv.x / moduleWidth;

  // Glass share of the pixel: windows above, shop fronts and doors on the ground floor.
  float glass;
  if (atGround) {
    const float bottom = 0.15;
    const float top = s.ground * 0.74;
    glass = s.groundGlass * band(uv.y - 0.5 * (bottom + top), 0.5 * (top - bottom), w.y);
    glass *= stripes(uv.x, moduleWidth, moduleWidth * 0.92, w.x);
  } else {
    const bool ribbon = use == kUseOffice && (seed & 3u) == 0u;  // every fourth office has ribbon windows
    const float columns = ribbon ? 1.0 : stripes(uv.x + 0.5 * (s.windowWidth - 1.0) * moduleWidth, moduleWidth, moduleWidth * s.windowWidth, w.x);
    const float sill = (1.0 - s.windowHeight) * 0.45 * s.storey;
    glass = columns * stripes(uv.y - s.ground - sill, s.storey, s.storey * s.windowHeight, w.y);
  }

  // The reveal: the wall's thickness throws a shadow on the upper edge of the glass.
  const float sillTop = (1.0 - s.windowHeight) * 0.45 * s.storey + s.windowHeight * s.storey;
  const float reveal = atGround ? band(uv.y - s.ground * 0.70, s.ground * 0.05, w.y)
                                : stripes(uv.y - s.ground - sillTop + 0.32, s.storey, 0.32, w.y);

  // A shadow gap under each slab and a plinth where the wall meets the street.
  const float slab = stripes(uv.y - s.ground + 0.06, s.storey, 0.14, w.y);
  m.albedo *= 1.0 - 0.10 * slab * (use == kUsePlant ? 0.4 : 1.0);
  m.albedo *= 1.0 - 0.28 * band(uv.y, 0.35, max(w.y, 0.02));

  if (use == kUseParking && !atGround) {
    m.albedo = mix(m.albedo, vec3(0.03, 0.032, 0.035), glass * 0.85);  // open decks: depth, not glass
  } else {
    const vec3 dark = vec3(0.095, 0.135, 0.165) * (0.8 + 0.4 * own) * (1.0 - 0.55 * reveal);
    m.albedo = mix(m.albedo, dark, glass * 0.86);
    m.mirror = max(m.mirror, glass * (0.62 - 0.3 * reveal));
    m.roughness = mix(m.roughness, 0.08, glass);
  }

  const float dusk = smoothstep(0.12, 0.75, frame.nightFactor);
  if ((kLights & 2u) != 0u) {
    const ivec2 room = ivec2(int(floor(use == kUseOffice ? columnPos * 0.5 : columnPos)), int(floorIndex));
    const float share = litShare(use, frame.hour) * (0.4 + 0.6 * smoothstep(0.55, 1.0, frame.nightFactor));
    // People come home one by one: each room has its own threshold; it never moves with the frame.
    const float draw = hashCell(room, seed);
    const float dense = clamp(1.7 - 1.4 * max(w.x / moduleWidth, w.y / s.storey), 0.0, 1.0);
    float on = mix(share, clamp((share - draw) * 24.0 + 0.5, 0.0, 1.0), dense);
    // Some rooms are bright, most are not; a ceiling's light falls off towards the sill.
    const float mood = hashCell(room, seed + 77u);
    float power = (0.16 + 0.84 * mood * mood) * (0.82 + 0.36 * fract(max(storeyPos, 0.0)));
    power = mix(0.42, power, dense);
    float warm = (use == kUseApartment || use == kUseDetached) ? 0.15 + 0.5 * draw : 0.55 + 0.45 * own;
    if (atGround && (use == kUseShop || use == kUseMall || use == kUseOffice)) {
      on = use == kUseOffice ? 0.5 * step(0.4, own) * share * 1.6 : share;
      power = 0.75;
      warm = 0.35 + 0.4 * own;
    }
    if (use == kUseParking) { power = 0.28; warm = 1.0; }
    m.mirror *= 1.0 - 0.6 * on * dusk;
    m.emission += roomTint(warm) * (1.25 * on * power * glass * dusk * (1.0 - 0.4 * reveal));
  }
  // The lamps reach the lower wall.
  m.lamp = 0.55 * exp2(-0.30 * max(uv.y, 0.0));
}

#endif

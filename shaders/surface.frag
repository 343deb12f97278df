#version 460
// SPDX-License-Identifier: Apache-2.0
// Every opaque thing. Low quality finishes the picture here: display colour with luma in alpha, so
// that no later pass needs to touch it but anti-aliasing. Else linear light, alpha = the share of it
// that ambient occlusion may dim.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/noise.glsl"
#include "lib/filter.glsl"
#include "lib/tone.glsl"
#include "lib/sky.glsl"
#include "lib/light.glsl"
#include "lib/varyings.glsl"
#include "lib/matter.glsl"
#include "lib/road.glsl"
#include "lib/facade.glsl"
#include "lib/device.glsl"
#include "lib/ground.glsl"
#include "lib/shade.glsl"

layout(location = 0) out vec4 outColor;
layout(location = 1) out uint outId;

Matter matterHere() {
  Matter m = Matter(vAlbedo.rgb, vec3(0), vec3(0), 0.0, 0.85, 0.35, false);
  const uint kind = surfaceKind();
  const vec2 w = fwidth(vUv);
  switch (kind) {
    case kSurfaceTerrain: m.ground = true; m.lamp = 0.8; m.albedo = terrainAlbedo(m.albedo, vPosition.xy); break;
    case kSurfaceRoad: m.ground = true; m.lamp = 1.0; shadeRoad(m, vUv, w); break;
    case kSurfaceJunction: m.ground = true; m.lamp = 1.0; m.albedo = asphalt(m.albedo, vPosition.xy, w.x); break;
    case kSurfaceCrosswalk: m.ground = true; m.lamp = 1.0; shadeCrosswalk(m, vUv, w); break;
    case kSurfaceParking: m.ground = true; m.lamp = 1.0; shadeParking(m, vUv, w); break;
    case kSurfacePaving: m.ground = true; m.lamp = 1.0; shadePaving(m, w); break;
    case kSurfacePitch: m.ground = true; m.lamp = 0.9; shadePitch(m, vUv, w); break;
    case kSurfaceFacade: shadeFacade(m, vUv, w); break;
    case kSurfaceRoof: shadeRoof(m, vUv, w); break;
    case kSurfaceFoliage: m.lamp = 0.45; break;
    case kSurfaceGlass: m.mirror = 0.7; m.roughness = 0.06; break;
    case kSurfaceBody: m.mirror = 0.28; m.roughness = 0.3; m.lamp = 0.6; break;
    case kSurfaceHeadlight: shadeHeadlight(m); break;
    case kSurfaceTaillight: shadeTaillight(m); break;
    case kSurfaceIndicator: shadeIndicator(m); break;
    case kSurfaceLens: shadeLens(m); break;
    case kSurfaceLampHead: shadeLampHead(m); break;
    case kSurfaceSeats: shadeSeats(m, vUv, w); break;
    case kSurfaceScreen: shadeScreen(m); break;
    case kSurfaceStatus: shadeStatus(m); break;
    case kSurfaceGauge: shadeGauge(m); break;
    default: break;
  }
  return m;
}

void main() {
  outId = vFlat.z;
  Matter m = matterHere();
  const Lit light = lit(m);
  outColor = finish(m, light);
}

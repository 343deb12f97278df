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
#include "lib/land.glsl"
#include "lib/ground.glsl"
#include "lib/shade.glsl"

layout(location = 0) out vec4 outColor;
layout(location = 1) out uint outId;

// Vehicles, not trees: a discard costs a software device its early depth test.
const bool kMayBeGhost = kInstanced && (kKinds & ~(1u << kSurfacePlain | 1u << kSurfaceFoliage)) != 0u;

Matter matterHere() {
  Matter m = Matter(vAlbedo.rgb, vec3(0), vec3(0), 0.0, 0.85, 0.35, 0.0);
  const uint kind = surfaceKind();
  const vec2 w = fwidth(vUv);
  if (may(kSurfaceTerrain) && kind == kSurfaceTerrain) { m.wets = 0.06; m.lamp = 0.8; m.albedo = terrainAlbedo(m.albedo, vPosition.xy); }
  if (may(kSurfaceRoad) && kind == kSurfaceRoad) { street(m); shadeRoad(m, vUv, w); }
  if (may(kSurfaceJunction) && kind == kSurfaceJunction) { street(m); m.albedo = asphalt(m.albedo, vPosition.xy, w.x); }
  if (may(kSurfaceCrosswalk) && kind == kSurfaceCrosswalk) { street(m); shadeCrosswalk(m, vUv, w); }
  if (may(kSurfaceParking) && kind == kSurfaceParking) { street(m); shadeParking(m, vUv, w); }
  if (may(kSurfacePaving) && kind == kSurfacePaving) { m.wets = 0.75; m.lamp = 1.0; shadePaving(m, w); }
  if (may(kSurfacePitch) && kind == kSurfacePitch) { m.wets = 0.06; m.lamp = 0.9; shadePitch(m, vUv, w); }
  if (may(kSurfaceFacade) && kind == kSurfaceFacade) { shadeFacade(m, vUv, w); }
  if (may(kSurfaceRoof) && kind == kSurfaceRoof) { shadeRoof(m, vUv, w); }
  if (may(kSurfaceFoliage) && kind == kSurfaceFoliage) { m.lamp = 0.42 * upLight(); }
  if (may(kSurfaceGlass) && kind == kSurfaceGlass) { m.mirror = 0.7; m.roughness = 0.06; }
  if (may(kSurfaceBody) && kind == kSurfaceBody) { m.mirror = 0.28; m.roughness = 0.3; m.lamp = 0.6; }
  if (may(kSurfaceHeadlight) && kind == kSurfaceHeadlight) { shadeHeadlight(m); }
  if (may(kSurfaceTaillight) && kind == kSurfaceTaillight) { shadeTaillight(m); }
  if (may(kSurfaceIndicator) && kind == kSurfaceIndicator) { shadeIndicator(m); }
  if (may(kSurfaceLens) && kind == kSurfaceLens) { shadeLens(m); }
  if (may(kSurfaceLampHead) && kind == kSurfaceLampHead) { shadeLampHead(m); }
  if (may(kSurfaceSeats) && kind == kSurfaceSeats) { shadeSeats(m, vUv, w); }
  if (may(kSurfaceScreen) && kind == kSurfaceScreen) { shadeScreen(m); }
  if (may(kSurfaceStatus) && kind == kSurfaceStatus) { shadeStatus(m); }
  if (may(kSurfaceGauge) && kind == kSurfaceGauge) { shadeGauge(m); }
  return m;
}

void main() {
  if (kMayBeGhost) {
    // What has not happened is seen through, like a screen; it hides nothing.
    const bool seenThrough = ((uint(gl_FragCoord.x) + uint(gl_FragCoord.y)) & 1u) == 0u;
    if ((vFlat.y & kStateGhost) != 0u && seenThrough) discard;
  }
  outId = vFlat.z;
  if (kFinished) {
    outColor = finishedColor();
    return;
  }
  unpackVaryings();
  Matter m = matterHere();
  const Lit light = lit(m);
  outColor = finish(m, light);
}

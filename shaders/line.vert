#version 460
// SPDX-License-Identifier: Apache-2.0
// One quad per pair of points (LinePoint), which advance per instance: a ribbon of so many pixels (at 1080 lines), or as
// wide as so many metres where the width is negative.
#extension GL_GOOGLE_include_directive : require
#include "lib/bindings.glsl"
#include "lib/unpack.glsl"
#include "lib/corner.glsl"

layout(location = 0) in vec4 inFrom;       // position, along
layout(location = 1) in vec4 inTo;
layout(location = 2) in uvec4 inLook;      // of the first: color, width, flow, flags
layout(location = 3) in uint inFlagsTo;

layout(location = 0) noperspective out vec3 vAcross;  // -1..1 across, pixels beyond the ends, half width in pixels
layout(location = 1) out float vAlong;                // metres
layout(location = 2) flat out vec4 vColor;            // linear, alpha
layout(location = 3) flat out vec2 vFlow;             // m/s, dashed
layout(location = 4) flat out vec2 vLength;           // pixels of the segment, pixels per metre

void main() {
  const float width = uintBitsToFloat(inLook.y);
  const uint flags = inLook.w;
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if ((flags & 2u) != 0u || (inFlagsTo & 1u) != 0u) return;
  vec4 ca = frame.viewProjection * vec4(inFrom.xyz, 1.0);
  vec4 cb = frame.viewProjection * vec4(inTo.xyz, 1.0);
  float alongA = inFrom.w;
  float alongB = inTo.w;
  const float near = frame.nearPlane;
  if (ca.w < near && cb.w < near) return;
  if (ca.w < near) {
    const float t = (near - ca.w) / (cb.w - ca.w);
    ca = mix(ca, cb, t);
    alongA = mix(alongA, alongB, t);
  } else if (cb.w < near) {
    const float t = (near - cb.w) / (ca.w - cb.w);
    cb = mix(cb, ca, t);
    alongB = mix(alongB, alongA, t);
  }
  const vec2 toPixels = 0.5 * frame.viewportSize;
  const vec2 pa = ca.xy / ca.w * toPixels;
  const vec2 pb = cb.xy / cb.w * toPixels;
  const float pixels = length(pb - pa);
  const vec2 forward = pixels > 1e-3 ? (pb - pa) / pixels : vec2(1, 0);
  const vec2 side = vec2(-forward.y, forward.x);

  const vec2 corner = quadCorner(gl_VertexIndex);
  const bool atEnd = corner.x > 0.0;
  const vec4 here = atEnd ? cb : ca;
  float halfWidth;
  if (width < 0.0) {
    // Metres seen face on: what that length spans on screen at this depth.
    halfWidth = max(-0.5 * width * abs(frame.projection[1][1]) * toPixels.y / here.w, 0.6);
  } else {
    halfWidth = max(0.5 * width * frame.viewportSize.y / 1080.0, 0.6);
  }
  const float reach = halfWidth + 1.0;  // room for the soft edge and the round joint
  const vec2 at = (atEnd ? pb : pa) + side * (corner.y * reach) + forward * (corner.x * reach);
  gl_Position = vec4(at / toPixels * here.w, here.z * 1.0004, here.w);  // a hair nearer than what it lies on

  vAcross = vec3(corner.y * reach, atEnd ? pixels + reach : -reach, halfWidth);
  const float perPixel = pixels > 1e-3 ? (alongB - alongA) / pixels : 0.0;
  vAlong = (atEnd ? alongB : alongA) + corner.x * reach * perPixel;
  vColor = unpackColor(inLook.x);
  vFlow = vec2(uintBitsToFloat(inLook.z), float(flags >> 3 & 1u));
  vLength = vec2(pixels, perPixel > 0.0 ? 1.0 / perPixel : 1.0);
}

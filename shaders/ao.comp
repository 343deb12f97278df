#version 460
// SPDX-License-Identifier: Apache-2.0
// Ambient occlusion at half size from depth alone: horizon angles in three directions, in the manner
// of GTAO (Jimenez 2016), turned per pixel in a 4 x 4 pattern that the last step averages out.
#extension GL_GOOGLE_include_directive : require
#define POST_OUTPUT r8
#include "lib/bindings.glsl"
#include "lib/post_bindings.glsl"

layout(local_size_x = 8, local_size_y = 8) in;

const float kRadius = 5.0;   // metres: eaves, cars, the foot of a wall
const int kDirections = 3;
const int kSteps = 4;

ivec2 depthSize;

float depthAt(ivec2 p) { return texelFetch(depthImage, clamp(p, ivec2(0), depthSize - 1), 0).r; }

// View space from a pixel and its reverse-z depth (infinite far plane: distance = near / depth).
vec3 viewAt(ivec2 p, float depth) {
  const float away = frame.nearPlane / max(depth, 1e-7);
  const vec2 ndc = (vec2(p) + 0.5) / vec2(depthSize) * 2.0 - 1.0;
  return vec3((ndc.x + frame.projection[2][0]) / frame.projection[0][0] * away,
              (ndc.y + frame.projection[2][1]) / frame.projection[1][1] * away, -away);
}

vec3 viewOf(ivec2 p) { return viewAt(p, depthAt(p)); }

// The flatter of the two differences: edges do not bend the normal.
vec3 difference(vec3 before, vec3 here, vec3 after) {
  const vec3 a = here - before;
  const vec3 b = after - here;
  return abs(a.z) < abs(b.z) ? a : b;
}

void main() {
  const ivec2 half_ = ivec2(gl_GlobalInvocationID.xy);
  const ivec2 outSize = imageSize(outputImage);
  if (any(greaterThanEqual(half_, outSize))) return;
  depthSize = textureSize(depthImage, 0);
  const ivec2 p = min(half_ * 2, depthSize - 1);
  const float depth = depthAt(p);
  if (depth <= 0.0) {
    imageStore(outputImage, half_, vec4(1.0));
    return;
  }
  const vec3 here = viewAt(p, depth);
  const vec3 dx = difference(viewOf(p - ivec2(1, 0)), here, viewOf(p + ivec2(1, 0)));
  const vec3 dy = difference(viewOf(p - ivec2(0, 1)), here, viewOf(p + ivec2(0, 1)));
  vec3 n = normalize(cross(dx, dy));
  if (dot(n, here) > 0.0) n = -n;

  const float metresPerPixel = -here.z / (abs(frame.projection[1][1]) * 0.5 * float(depthSize.y));
  const float pixels = min(kRadius / metresPerPixel, 90.0 * float(depthSize.y) / 1080.0);
  if (pixels < 1.5) {
    imageStore(outputImage, half_, vec4(1.0));
    return;
  }
  const ivec2 cell = half_ & 3;
  const float turn = float(cell.x * 4 + ((cell.y * 2 + cell.x) & 3)) * (1.0 / 16.0);
  const float offset = float((cell.x + cell.y * 3) & 3) * 0.25 + 0.125;
  float occluded = 0.0;
  for (int d = 0; d < kDirections; ++d) {
    const float angle = 3.14159265 * (float(d) + turn) / float(kDirections);
    const vec2 along = vec2(cos(angle), sin(angle));
    for (int side = -1; side <= 1; side += 2) {
      float highest = 0.0;
      for (int s = 0; s < kSteps; ++s) {
        const float t = (float(s) + offset) / float(kSteps);
        const vec2 step = along * (float(side) * max(t * t * pixels, 1.0 + float(s)));
        const vec3 to = viewOf(p + ivec2(round(step))) - here;
        const float far = length(to);
        // Sine above the tangent plane, less with distance, a small bias against flat ground's grain.
        const float sine = dot(n, to) / max(far, 1e-4) - 0.06;
        highest = max(highest, sine * clamp(1.3 - far / kRadius, 0.0, 1.0));
      }
      occluded += highest * highest * 0.6 + highest * 0.4;
    }
  }
  const float open = clamp(1.0 - 1.15 * occluded / float(2 * kDirections), 0.0, 1.0);
  imageStore(outputImage, half_, vec4(open));
}

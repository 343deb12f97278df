#version 460
// SPDX-License-Identifier: Apache-2.0
// Adds the blurred smaller level (bloomImage) to this level's own (colorImage): 3 x 3 tent.
#extension GL_GOOGLE_include_directive : require
#define POST_OUTPUT rgba16f
#include "lib/bindings.glsl"
#include "lib/post_bindings.glsl"

layout(local_size_x = 8, local_size_y = 8) in;

void main() {
  const ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  const ivec2 size = imageSize(outputImage);
  if (any(greaterThanEqual(p, size))) return;
  const vec2 uv = (vec2(p) + 0.5) / vec2(size);
  const vec2 t = 1.0 / vec2(textureSize(bloomImage, 0));
  vec3 blur = vec3(0.0);
  for (int y = -1; y <= 1; ++y) {
    for (int x = -1; x <= 1; ++x) {
      blur += textureLod(bloomImage, uv + t * vec2(x, y), 0.0).rgb * float((2 - abs(x)) * (2 - abs(y)));
    }
  }
  const vec3 own = texelFetch(colorImage, p, 0).rgb;
  imageStore(outputImage, p, vec4(mix(own, blur * (1.0 / 16.0), 0.6), 1.0));
}

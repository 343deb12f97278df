// SPDX-License-Identifier: Apache-2.0
// Set 1 of the passes after the scene: what they read, and the image that a compute pass writes.
// A pass that lacks one of them is given any image of the right kind.
//   ao.comp          reads depth (full size), writes r8 at half size: 1 open .. 0 occluded
//   bloom_down.comp  reads bloom (level i; the colour image for level 0), writes rgba16f at half size
//   bloom_up.comp    reads bloom (level i + 1) and colour (level i), writes rgba16f at level i's size
//   resolve.frag     reads colour, ids, depth, ao, bloom (level 0)
layout(set = 1, binding = 0) uniform sampler2D colorImage;  // linear filter, clamped
layout(set = 1, binding = 1) uniform usampler2D idImage;    // nearest
layout(set = 1, binding = 2) uniform sampler2D depthImage;  // nearest, reverse-z
layout(set = 1, binding = 3) uniform sampler2D aoImage;     // linear
layout(set = 1, binding = 4) uniform sampler2D bloomImage;  // linear, clamped
#ifdef POST_OUTPUT
layout(set = 1, binding = 5, POST_OUTPUT) uniform writeonly image2D outputImage;
#endif

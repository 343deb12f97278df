// SPDX-License-Identifier: Apache-2.0
// The instance that a vertex belongs to. A software device reads a storage buffer lane by lane, word by word, for every
// vertex anew; an attribute that advances per instance it reads once. There (INSTANCE_ROWS) the renderer copies what is
// visible into a vertex buffer, in the order of the visible list.
#ifdef INSTANCE_ROWS
layout(location = 6) in vec4 inPose0;   // position, yaw
layout(location = 7) in vec4 inPose1;
layout(location = 8) in uvec4 inWhen;   // time0, time1, pitch, scale
layout(location = 9) in uvec4 inLooks;  // color, state, pick, seed

Instance instanceHere() {
  return Instance(inPose0.xyz, inPose0.w, inPose1.xyz, inPose1.w, inWhen.x, inWhen.y, uintBitsToFloat(inWhen.z), inWhen.w,
                  inLooks.x, inLooks.y, inLooks.z, inLooks.w);
}
#else
Instance instanceHere() { return instances[visible[gl_InstanceIndex]]; }
#endif

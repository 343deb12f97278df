// SPDX-License-Identifier: Apache-2.0
// The width of one window with its piers. The facade shader draws windows by it, and the city's builder
// makes each wall a whole number of modules long, so that no window is cut by a corner.
#ifndef ALPHACITY_FACADE_MODULE_H
#define ALPHACITY_FACADE_MODULE_H
#ifdef __cplusplus
#include "shaders/shared/gpu_types.h"
namespace gpu_types {
#define GPU_INLINE inline
#else
#define GPU_INLINE
#endif

/// Metres, by use (kUse...) and the building's 16-bit seed.
GPU_INLINE float facadeModule(uint use, uint seed) {
  float usual = 2.4f;
  if (use == kUseApartment) usual = 3.6f;
  if (use == kUseDetached) usual = 4.2f;
  if (use == kUseShop) usual = 3.8f;
  if (use == kUseMall) usual = 8.0f;
  if (use == kUsePublic) usual = 3.2f;
  if (use == kUseCulture) usual = 9.0f;
  if (use == kUseParking) usual = 9.0f;
  if (use == kUsePlant) usual = 12.0f;
  // PCG hash (Jarzynski and Olano 2020, JCGT 9(3)).
  const uint state = (seed * 11u + 5u) * 747796405u + 2891336453u;
  const uint word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  const uint hash = (word >> 22u) ^ word;
  return usual * (0.88f + 0.26f * (float(hash >> 8u) * 5.9604645e-8f));
}

#ifdef __cplusplus
}  // namespace gpu_types
#endif
#undef GPU_INLINE
#endif  // ALPHACITY_FACADE_MODULE_H

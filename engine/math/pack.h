// SPDX-License-Identifier: Apache-2.0
// Packed vertex attributes; shaders/lib/unpack.glsl reads them back.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/math/glm.h"

namespace math {

/// A unit vector in 2 x snorm16 by octahedral mapping (Cigolle et al. 2014, JCGT 3(2)).
inline uint32_t packNormal(const glm::vec3& n) {
  const glm::vec3 v = n / (std::abs(n.x) + std::abs(n.y) + std::abs(n.z));
  glm::vec2 e(v.x, v.y);
  if (v.z < 0) {
    e = glm::vec2((1.f - std::abs(v.y)) * (v.x >= 0 ? 1.f : -1.f), (1.f - std::abs(v.x)) * (v.y >= 0 ? 1.f : -1.f));
  }
  return glm::packSnorm2x16(e);
}

/// sRGB bytes (r, g, b, a), r in the lowest byte.
constexpr uint32_t packColor(uint32_t r, uint32_t g, uint32_t b, uint32_t a = 255) { return r | g << 8 | b << 16 | a << 24; }
/// 0xRRGGBB, as written in style files.
constexpr uint32_t packHex(uint32_t rgb, uint32_t a = 255) { return packColor(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, a); }

/// Surface coordinates in metres, each -512..511.98 in steps of 1/64 m.
inline uint32_t packSurfaceUv(glm::vec2 metres) {
  const auto fixed = [](float x) { return static_cast<uint32_t>(std::clamp(std::lround((x + 512.f) * 64.f), 0L, 65535L)); };
  return fixed(metres.x) | fixed(metres.y) << 16;
}

}  // namespace math

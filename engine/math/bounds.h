// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>

#include "engine/math/glm.h"

namespace math {

/// Axis-aligned box; empty until the first point.
struct Bounds {
  glm::vec3 low{std::numeric_limits<float>::max()};
  glm::vec3 high{std::numeric_limits<float>::lowest()};

  bool empty() const { return low.x > high.x; }
  void add(const glm::vec3& p) { low = glm::min(low, p); high = glm::max(high, p); }
  void add(const Bounds& b) { if (!b.empty()) { add(b.low); add(b.high); } }
  glm::vec3 centre() const { return empty() ? glm::vec3(0) : (low + high) * 0.5f; }
  float radius() const { return empty() ? 0.f : glm::length(high - low) * 0.5f; }
};

}  // namespace math

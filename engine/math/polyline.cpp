// SPDX-License-Identifier: Apache-2.0
#include "engine/math/polyline.h"

#include <algorithm>

namespace math {
namespace {

float distanceToPiece(const glm::vec3& p, const glm::vec3& a, const glm::vec3& b) {
  const glm::vec3 along = b - a;
  const float length2 = glm::dot(along, along);
  const float t = length2 > 0 ? std::clamp(glm::dot(p - a, along) / length2, 0.f, 1.f) : 0.f;
  return glm::length(p - (a + along * t));
}

}  // namespace

std::vector<size_t> worthDrawing(std::span<const glm::vec3> line, float tolerance, float longest) {
  std::vector<size_t> kept;
  if (line.empty()) return kept;
  kept.push_back(0);
  const auto spans = [&](size_t from, size_t to) {
    if (glm::length(line[to] - line[from]) > longest) return false;
    for (size_t i = from + 1; i < to; ++i)
      if (distanceToPiece(line[i], line[from], line[to]) > tolerance) return false;
    return true;
  };
  for (size_t from = 0; from + 1 < line.size();) {
    size_t to = from + 1;
    while (to + 1 < line.size() && spans(from, to + 1)) ++to;
    kept.push_back(to);
    from = to;
  }
  return kept;
}

}  // namespace math

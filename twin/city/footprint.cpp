// SPDX-License-Identifier: Apache-2.0
#include "twin/city/footprint.h"

#include <algorithm>
#include <cmath>

namespace city {
namespace {

constexpr float kSamePoint = 0.05f;  // metres
constexpr float kMinimumArea = 2.f;  // square metres; less is no building

float cross(glm::vec2 a, glm::vec2 b) {
  return a.x * b.y - a.y * b.x;
}

/// Without points that repeat a neighbour or lie on the line between their neighbours.
Ring cleanRing(const std::vector<glm::dvec3>& points) {
  Ring ring;
  for (const glm::dvec3& p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return {};
    const glm::vec2 q(static_cast<float>(p.x), static_cast<float>(p.y));
    if (ring.empty() || glm::distance(ring.back(), q) > kSamePoint) ring.push_back(q);
  }
  while (ring.size() > 1 && glm::distance(ring.front(), ring.back()) <= kSamePoint) ring.pop_back();
  for (size_t i = 0; ring.size() >= 3 && i < ring.size();) {
    const glm::vec2 a = ring[(i + ring.size() - 1) % ring.size()];
    const glm::vec2 b = ring[i];
    const glm::vec2 c = ring[(i + 1) % ring.size()];
    const bool collinear = std::abs(cross(b - a, c - b)) < 0.02f * glm::distance(a, c) + 1e-4f;
    if (collinear) {
      ring.erase(ring.begin() + static_cast<std::ptrdiff_t>(i));
      i = i > 0 ? i - 1 : 0;
    } else {
      ++i;
    }
  }
  return ring.size() >= 3 ? ring : Ring{};
}

bool segmentsCross(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d) {
  const float s1 = cross(b - a, c - a);
  const float s2 = cross(b - a, d - a);
  const float t1 = cross(d - c, a - c);
  const float t2 = cross(d - c, b - c);
  return ((s1 > 0 && s2 < 0) || (s1 < 0 && s2 > 0)) && ((t1 > 0 && t2 < 0) || (t1 < 0 && t2 > 0));
}

void orient(Ring& ring, bool counterClockwise) {
  if ((importing::signedArea(ring) > 0) != counterClockwise) std::reverse(ring.begin(), ring.end());
}

}  // namespace

bool isSimple(std::span<const glm::vec2> ring) {
  const size_t n = ring.size();
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = i + 2; j < n; ++j) {
      if (i == 0 && j == n - 1) continue;
      if (segmentsCross(ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n])) return false;
    }
  }
  return true;
}

bool contains(std::span<const glm::vec2> ring, glm::vec2 p) {
  bool inside = false;
  for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const glm::vec2 a = ring[i];
    const glm::vec2 b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

base::Result<Footprint> cleanFootprint(const Feature& feature) {
  if (feature.type != GeometryType::Polygon || feature.rings.empty()) return base::Error{"not a polygon"};
  Footprint footprint;
  footprint.outer = cleanRing(feature.rings[0]);
  if (footprint.outer.empty()) return base::Error{"fewer than three distinct corners"};
  if (std::abs(importing::signedArea(footprint.outer)) < kMinimumArea) return base::Error{"almost no area"};
  if (!isSimple(footprint.outer)) return base::Error{"its outline crosses itself"};
  orient(footprint.outer, true);
  std::vector<std::string> warnings;
  for (size_t i = 1; i < feature.rings.size(); ++i) {
    Ring hole = cleanRing(feature.rings[i]);
    const bool inside =
        !hole.empty() && std::ranges::all_of(hole, [&](glm::vec2 p) { return contains(footprint.outer, p); });
    if (!inside || !isSimple(hole) || std::abs(importing::signedArea(hole)) < kMinimumArea) {
      warnings.push_back("courtyard " + std::to_string(i) + " is broken and was left out");
      continue;
    }
    orient(hole, false);
    footprint.holes.push_back(std::move(hole));
  }
  base::Result<Footprint> result(std::move(footprint));
  result.warnings = std::move(warnings);
  return result;
}

double area(const Footprint& footprint) {
  double sum = std::abs(importing::signedArea(footprint.outer));
  for (const Ring& hole : footprint.holes) sum -= std::abs(importing::signedArea(hole));
  return sum;
}

OrientedBox orientedBox(std::span<const glm::vec2> ring) {
  OrientedBox best;
  float bestArea = 1e30f;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::vec2 edge = ring[(i + 1) % ring.size()] - ring[i];
    if (glm::length(edge) < 0.5f) continue;
    const glm::vec2 u = glm::normalize(edge);
    const glm::vec2 v(-u.y, u.x);
    glm::vec2 low(1e30f);
    glm::vec2 high(-1e30f);
    for (const glm::vec2& p : ring) {
      const glm::vec2 q(glm::dot(p - ring[0], u), glm::dot(p - ring[0], v));
      low = glm::min(low, q);
      high = glm::max(high, q);
    }
    const glm::vec2 size = high - low;
    if (size.x * size.y >= bestArea * 0.9999f) continue;
    bestArea = size.x * size.y;
    const glm::vec2 middle = (low + high) * 0.5f;
    best.centre = ring[0] + u * middle.x + v * middle.y;
    best.axis = size.x >= size.y ? u : v;
    best.half = size.x >= size.y ? size * 0.5f : glm::vec2(size.y, size.x) * 0.5f;
  }
  return best;
}

Ring offsetRing(std::span<const glm::vec2> ring, float distance) {
  const size_t n = ring.size();
  if (n < 3) return {};
  Ring moved(n);
  for (size_t i = 0; i < n; ++i) {
    const glm::vec2 before = glm::normalize(ring[i] - ring[(i + n - 1) % n]);
    const glm::vec2 after = glm::normalize(ring[(i + 1) % n] - ring[i]);
    const glm::vec2 bisector(-before.y - after.y, before.x + after.x);  // sum of the two left normals
    const float squared = glm::dot(bisector, bisector);
    // The mitre is 2 d / |sum|; needle corners are cut at four times the distance.
    moved[i] = ring[i] + bisector * (2.f * distance / std::max(squared, 0.25f));
  }
  // An edge that turned round means that the offset ate it.
  for (size_t i = 0; i < n; ++i) {
    if (glm::dot(moved[(i + 1) % n] - moved[i], ring[(i + 1) % n] - ring[i]) <= 0) return {};
  }
  return isSimple(moved) ? moved : Ring{};
}

Ring clipLeft(std::span<const glm::vec2> ring, glm::vec2 origin, glm::vec2 direction) {
  Ring kept;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::vec2 a = ring[i];
    const glm::vec2 b = ring[(i + 1) % ring.size()];
    const float da = cross(direction, a - origin);
    const float db = cross(direction, b - origin);
    if (da >= 0) kept.push_back(a);
    if ((da > 0 && db < 0) || (da < 0 && db > 0)) kept.push_back(a + (b - a) * (da / (da - db)));
  }
  return kept.size() >= 3 ? kept : Ring{};
}

Ring splitRing(std::span<const glm::vec2> ring, glm::vec2 origin, glm::vec2 direction) {
  Ring split;
  for (size_t i = 0; i < ring.size(); ++i) {
    const glm::vec2 a = ring[i];
    const glm::vec2 b = ring[(i + 1) % ring.size()];
    const float da = cross(direction, a - origin);
    const float db = cross(direction, b - origin);
    split.push_back(a);
    const bool crosses = (da > 0.02f && db < -0.02f) || (da < -0.02f && db > 0.02f);
    if (crosses) split.push_back(a + (b - a) * (da / (da - db)));
  }
  return split;
}

}  // namespace city

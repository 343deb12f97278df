// SPDX-License-Identifier: Apache-2.0
#include "twin/city/rings.h"

#include <algorithm>
#include <cmath>

namespace city {

std::pair<glm::dvec2, glm::dvec2> extentOf(std::span<const glm::dvec3> ring) {
  glm::dvec2 low(1e30);
  glm::dvec2 high(-1e30);
  for (const glm::dvec3& p : ring) {
    low = glm::min(low, glm::dvec2(p));
    high = glm::max(high, glm::dvec2(p));
  }
  return {low, high};
}

bool insideRing(std::span<const glm::dvec3> ring, glm::dvec2 p) {
  bool inside = false;
  for (size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const glm::dvec3& a = ring[i];
    const glm::dvec3& b = ring[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

bool contains(const Feature& polygon, glm::dvec2 p) {
  if (polygon.rings.empty() || !insideRing(polygon.rings[0], p)) return false;
  for (size_t i = 1; i < polygon.rings.size(); ++i) {
    if (insideRing(polygon.rings[i], p)) return false;
  }
  return true;
}

namespace {

/// Twice the signed area and the first moments about the first point.
glm::dvec3 moments(std::span<const glm::dvec3> ring) {
  glm::dvec3 sum(0);
  for (size_t i = 1; i + 1 < ring.size(); ++i) {
    const glm::dvec2 u = glm::dvec2(ring[i]) - glm::dvec2(ring[0]);
    const glm::dvec2 v = glm::dvec2(ring[i + 1]) - glm::dvec2(ring[0]);
    const double cross = u.x * v.y - u.y * v.x;
    sum += glm::dvec3(cross * (u + v) / 3.0, cross);
  }
  return sum;
}

}  // namespace

glm::dvec2 centroidOf(std::span<const glm::dvec3> ring) {
  if (ring.empty()) return glm::dvec2(0);
  const glm::dvec3 m = moments(ring);
  if (std::abs(m.z) > 1e-6) return glm::dvec2(ring[0]) + glm::dvec2(m) / m.z;
  glm::dvec2 mean(0);
  for (const glm::dvec3& p : ring) mean += glm::dvec2(p) / static_cast<double>(ring.size());
  return mean;
}

double areaOf(const Feature& polygon) {
  double area = 0;
  for (size_t i = 0; i < polygon.rings.size(); ++i)
    area += (i == 0 ? 0.5 : -0.5) * std::abs(moments(polygon.rings[i]).z);
  return area;
}

double lengthOf(std::span<const glm::dvec3> line) {
  double length = 0;
  for (size_t i = 1; i < line.size(); ++i)
    length += glm::distance(glm::dvec2(line[i - 1]), glm::dvec2(line[i]));
  return length;
}

std::pair<glm::dvec3, glm::dvec2> pointAlong(std::span<const glm::dvec3> line, double along) {
  glm::dvec2 direction(0, 1);
  for (size_t i = 1; i < line.size(); ++i) {
    const glm::dvec2 step = glm::dvec2(line[i]) - glm::dvec2(line[i - 1]);
    const double length = glm::length(step);
    if (length < 1e-9) continue;
    direction = step / length;
    if (along <= length || i + 1 == line.size())
      return {glm::mix(line[i - 1], line[i], std::clamp(along / length, 0.0, 1.0)), direction};
    along -= length;
  }
  return {line.empty() ? glm::dvec3(0) : line.back(), direction};
}

Ring3 lineBetween(std::span<const glm::dvec3> line, double from, double to) {
  Ring3 part{pointAlong(line, from).first};
  double along = 0;
  for (size_t i = 1; i < line.size(); ++i) {
    along += glm::distance(glm::dvec2(line[i - 1]), glm::dvec2(line[i]));
    if (along > from + 0.05 && along < to - 0.05) part.push_back(line[i]);
  }
  part.push_back(pointAlong(line, to).first);
  return part;
}

std::vector<glm::dvec2> flat(std::span<const glm::dvec3> ring) {
  std::vector<glm::dvec2> points;
  points.reserve(ring.size());
  for (const glm::dvec3& p : ring) points.emplace_back(p);
  return points;
}

}  // namespace city

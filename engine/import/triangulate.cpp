// SPDX-License-Identifier: Apache-2.0
#include "engine/import/triangulate.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace importing {
namespace {

using glm::dvec2;

/// A corner of the polygon that is being clipped: `index` is what goes into the triangles.
struct Corner {
  dvec2 p;
  uint32_t index = 0;
};

double cross(const dvec2& a, const dvec2& b, const dvec2& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool insideTriangle(const dvec2& p, const dvec2& a, const dvec2& b, const dvec2& c) {
  return cross(a, b, p) >= 0 && cross(b, c, p) >= 0 && cross(c, a, p) >= 0;
}

/// The ring as corners in the wanted turn, without points that repeat their predecessor.
std::vector<Corner> cornersOf(std::span<const glm::vec2> ring, uint32_t firstIndex, bool counterClockwise) {
  std::vector<Corner> corners;
  corners.reserve(ring.size());
  for (size_t i = 0; i < ring.size(); ++i) {
    if (!corners.empty() && corners.back().p == dvec2(ring[i])) continue;
    corners.push_back({dvec2(ring[i]), firstIndex + static_cast<uint32_t>(i)});
  }
  while (corners.size() > 1 && corners.front().p == corners.back().p) corners.pop_back();
  if ((signedArea(ring) > 0) != counterClockwise) std::reverse(corners.begin(), corners.end());
  return corners;
}

/// The corner of `polygon` that sees the hole's rightmost corner (Eberly, "Triangulation by Ear
/// Clipping", section 3), or polygon.size() when none does.
size_t bridgeCorner(const std::vector<Corner>& polygon, const dvec2& m) {
  double bestX = std::numeric_limits<double>::max();
  size_t best = polygon.size();
  for (size_t i = 0; i < polygon.size(); ++i) {
    const dvec2& a = polygon[i].p;
    const dvec2& b = polygon[(i + 1) % polygon.size()].p;
    if (a.y > m.y || b.y < m.y || a.y == b.y) continue;  // only edges that rise past m have the inside on their left
    const double x = a.x + (m.y - a.y) / (b.y - a.y) * (b.x - a.x);
    if (x < m.x || x >= bestX) continue;
    bestX = x;
    best = a.x > b.x ? i : (i + 1) % polygon.size();
  }
  if (best == polygon.size()) return best;
  const dvec2 hit(bestX, m.y);
  const dvec2 seen = polygon[best].p;
  const bool up = seen.y > m.y;
  double bestSlope = std::numeric_limits<double>::max();
  for (size_t i = 0; i < polygon.size(); ++i) {  // a reflex corner in between hides the first choice
    const dvec2& p = polygon[i].p;
    if (p.x < m.x || p == seen) continue;
    const bool inside = up ? insideTriangle(p, m, hit, seen) : insideTriangle(p, m, seen, hit);
    if (!inside) continue;
    const double slope = std::abs(p.y - m.y) / std::max(p.x - m.x, 1e-12);
    const dvec2& before = polygon[(i + polygon.size() - 1) % polygon.size()].p;
    const dvec2& after = polygon[(i + 1) % polygon.size()].p;
    if (slope < bestSlope && cross(before, p, after) < 0) {
      bestSlope = slope;
      best = i;
    }
  }
  return best;
}

void joinHole(std::vector<Corner>& polygon, std::vector<Corner> hole) {
  const auto right = std::max_element(hole.begin(), hole.end(),
                                      [](const Corner& a, const Corner& b) { return a.p.x < b.p.x; });
  std::rotate(hole.begin(), right, hole.end());
  const size_t at = bridgeCorner(polygon, hole.front().p);
  if (at == polygon.size()) return;  // the hole lies outside: ignored
  std::vector<Corner> bridge(hole.begin(), hole.end());
  bridge.push_back(hole.front());
  bridge.push_back(polygon[at]);
  polygon.insert(polygon.begin() + static_cast<std::ptrdiff_t>(at) + 1, bridge.begin(), bridge.end());
}

/// Clips ears off a ring held as a linked list; corners that are not convex are the only ones that can
/// lie inside an ear.
class EarClipper {
 public:
  explicit EarClipper(const std::vector<Corner>& corners) : corners_(corners), count_(corners.size()) {
    next_.resize(count_);
    previous_.resize(count_);
    for (size_t i = 0; i < count_; ++i) {
      next_[i] = (i + 1) % count_;
      previous_[i] = (i + count_ - 1) % count_;
    }
  }

  std::vector<uint32_t> run() {
    size_t left = count_;
    size_t at = 0;
    size_t sinceEar = 0;
    while (left > 2) {
      // After a full round without an ear the ring crosses itself: clip any convex corner, then any.
      if (isEar(at, sinceEar > left, sinceEar > 2 * left)) {
        emit(at);
        next_[previous_[at]] = next_[at];
        previous_[next_[at]] = previous_[at];
        at = next_[at];  // stepping over one corner gives fuller triangles than a fan
        --left;
        sinceEar = 0;
      } else {
        ++sinceEar;
      }
      at = next_[at];
    }
    return std::move(triangles_);
  }

 private:
  bool isEar(size_t i, bool lenient, bool any) const {
    if (any) return true;
    const dvec2& a = corners_[previous_[i]].p;
    const dvec2& b = corners_[i].p;
    const dvec2& c = corners_[next_[i]].p;
    const double turn = cross(a, b, c);
    if (turn < 0) return false;
    if (lenient || turn == 0) return lenient || a == c || glm::dot(a - b, c - b) <= 0;
    for (size_t j = next_[next_[i]]; j != previous_[i]; j = next_[j]) {
      const dvec2& p = corners_[j].p;
      if (p == a || p == b || p == c) continue;
      if (cross(corners_[previous_[j]].p, p, corners_[next_[j]].p) > 0) continue;
      if (insideTriangle(p, a, b, c)) return false;
    }
    return true;
  }

  void emit(size_t i) {
    const Corner& a = corners_[previous_[i]];
    const Corner& b = corners_[i];
    const Corner& c = corners_[next_[i]];
    if (cross(a.p, b.p, c.p) <= 0) return;
    triangles_.insert(triangles_.end(), {a.index, b.index, c.index});
  }

  const std::vector<Corner>& corners_;
  size_t count_;
  std::vector<size_t> next_;
  std::vector<size_t> previous_;
  std::vector<uint32_t> triangles_;
};

}  // namespace

double signedArea(std::span<const glm::vec2> ring) {
  double sum = 0;
  for (size_t i = 0; i < ring.size(); ++i) {
    const dvec2 a(ring[i]);
    const dvec2 b(ring[(i + 1) % ring.size()]);
    sum += a.x * b.y - a.y * b.x;
  }
  return sum / 2;
}

std::vector<uint32_t> triangulate(std::span<const glm::vec2> outer, std::span<const Ring> holes) {
  std::vector<Corner> polygon = cornersOf(outer, 0, true);
  if (polygon.size() < 3) return {};
  uint32_t first = static_cast<uint32_t>(outer.size());
  std::vector<std::vector<Corner>> inner;
  for (const Ring& hole : holes) {
    std::vector<Corner> corners = cornersOf(hole, first, false);
    first += static_cast<uint32_t>(hole.size());
    if (corners.size() >= 3) inner.push_back(std::move(corners));
  }
  const auto rightmost = [](const std::vector<Corner>& ring) {
    double x = std::numeric_limits<double>::lowest();
    for (const Corner& c : ring) x = std::max(x, c.p.x);
    return x;
  };
  std::stable_sort(inner.begin(), inner.end(),
                   [&](const auto& a, const auto& b) { return rightmost(a) > rightmost(b); });
  for (std::vector<Corner>& hole : inner) joinHole(polygon, std::move(hole));
  return EarClipper(polygon).run();
}

}  // namespace importing

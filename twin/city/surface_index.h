// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "twin/city/road_network.h"

namespace city {

/// Which carriageways lie over a point: a grid over all road segments. Built once, then read from any
/// thread.
class SurfaceIndex {
 public:
  explicit SurfaceIndex(const RoadNetwork& network);

  struct Hit {
    double distance = 0;  ///< from the centre line, metres
    double half = 0;      ///< half width of the carriageway
    bool elevated = false;
    double z = 0;     ///< of the surface where `elevated`
    double walk = 0;  ///< sidewalk beyond it, metres
    int edge = -1;
  };
  /// Every segment whose carriageway, widened by `margin`, covers the point.
  template <typename F>
  void forEach(double x, double y, double margin, F&& f) const;
  bool onGroundRoad(double x, double y, double margin = 0) const;
  /// How far what stands at the point is above the bare ground: on asphalt, on a sidewalk, or on neither.
  double liftAt(double x, double y) const;

 private:
  static constexpr double kCell = 32;
  static constexpr double kReach = 30;  ///< widest half carriageway with margin

  struct Segment {
    glm::dvec3 a, b;
    double half;
    double walk;
    bool elevated;
    int edge;
  };
  static uint64_t key(int64_t i, int64_t j) {
    return static_cast<uint64_t>(i) << 32 ^ (static_cast<uint64_t>(j) & 0xffffffffu);
  }

  std::vector<Segment> segments_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> cells_;
};

template <typename F>
void SurfaceIndex::forEach(double x, double y, double margin, F&& f) const {
  const auto cell = cells_.find(
      key(static_cast<int64_t>(std::floor(x / kCell)), static_cast<int64_t>(std::floor(y / kCell))));
  if (cell == cells_.end()) return;
  const glm::dvec2 p(x, y);
  for (const uint32_t index : cell->second) {
    const Segment& s = segments_[index];
    const glm::dvec2 a(s.a);
    const glm::dvec2 ab = glm::dvec2(s.b) - a;
    const double t = std::clamp(glm::dot(p - a, ab) / glm::dot(ab, ab), 0.0, 1.0);
    const double distance = glm::distance(p, a + ab * t);
    if (distance <= s.half + margin)
      f(Hit{distance, s.half, s.elevated, glm::mix(s.a.z, s.b.z, t), s.walk, s.edge});
  }
}

}  // namespace city

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/surface_index.h"

namespace city {

SurfaceIndex::SurfaceIndex(const RoadNetwork& network) {
  for (size_t e = 0; e < network.edges.size(); ++e) {
    const RoadEdge& edge = network.edges[e];
    if (edge.tunnel) continue;
    for (size_t i = 0; i + 1 < edge.line.size(); ++i) {
      const glm::dvec3& a = edge.line[i];
      const glm::dvec3& b = edge.line[i + 1];
      if (glm::distance(glm::dvec2(a), glm::dvec2(b)) < 1e-6) continue;
      const auto index = static_cast<uint32_t>(segments_.size());
      segments_.push_back(
          {a, b, edge.half, edge.walk > 0.3 ? edge.walk : 0, edge.elevated, static_cast<int>(e)});
      const auto cell = [](double x) { return static_cast<int64_t>(std::floor(x / kCell)); };
      for (int64_t i0 = cell(std::min(a.x, b.x) - kReach); i0 <= cell(std::max(a.x, b.x) + kReach); ++i0) {
        for (int64_t j0 = cell(std::min(a.y, b.y) - kReach); j0 <= cell(std::max(a.y, b.y) + kReach); ++j0) {
          cells_[key(i0, j0)].push_back(index);
        }
      }
    }
  }
}

bool SurfaceIndex::onGroundRoad(double x, double y, double margin) const {
  bool found = false;
  forEach(x, y, margin, [&](const Hit& hit) { found = found || !hit.elevated; });
  return found;
}

double SurfaceIndex::liftAt(double x, double y) const {
  bool asphalt = false;
  bool sidewalk = false;
  forEach(x, y, 12, [&](const Hit& hit) {
    if (hit.elevated) return;
    asphalt = asphalt || hit.distance <= hit.half;
    sidewalk = sidewalk || hit.distance <= hit.half + hit.walk;
  });
  return asphalt ? kRoadLift : sidewalk ? kRoadLift + kKerbHeight : 0;
}

}  // namespace city

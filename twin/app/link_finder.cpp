// SPDX-License-Identifier: Apache-2.0
#include "twin/app/link_finder.h"

#include <algorithm>
#include <cmath>

namespace app {
namespace {

constexpr double kCell = 50;     // metres
constexpr double kReach = 30;    // metres from the centre line; wide arterials are 20 m to each side

int64_t cellOf(double x, double y) {
  return static_cast<int64_t>(std::floor(x / kCell)) * 1'000'003 + static_cast<int64_t>(std::floor(y / kCell));
}

double distance(glm::dvec2 p, glm::dvec2 a, glm::dvec2 b) {
  const glm::dvec2 d = b - a;
  const double length2 = glm::dot(d, d);
  const double t = length2 > 0 ? std::clamp(glm::dot(p - a, d) / length2, 0.0, 1.0) : 0;
  return glm::distance(p, a + d * t);
}

}  // namespace

LinkFinder::LinkFinder(const city::CityData& city) {
  for (const city::Feature& road : city.roads) {
    if (road.rings.empty() || road.rings[0].size() < 2) continue;
    const auto& line = road.rings[0];
    const auto index = static_cast<uint32_t>(roads_.size());
    roads_.push_back({road.id, line[line.size() / 2]});
    for (size_t i = 1; i < line.size(); ++i) {
      const glm::dvec2 a(line[i - 1]), b(line[i]);
      // Every cell within reach of the segment's box.
      for (double x = std::min(a.x, b.x) - kReach; x < std::max(a.x, b.x) + kReach + kCell; x += kCell)
        for (double y = std::min(a.y, b.y) - kReach; y < std::max(a.y, b.y) + kReach + kCell; y += kCell)
          cells_[cellOf(x, y)].push_back({index, a, b});
    }
  }
}

alarms::LinkPlace LinkFinder::at(glm::dvec2 place) const {
  const auto cell = cells_.find(cellOf(place.x, place.y));
  if (cell == cells_.end()) return {};
  double best = kReach;
  const alarms::LinkPlace* road = nullptr;
  for (const Segment& s : cell->second) {
    const double d = distance(place, s.a, s.b);
    if (d >= best) continue;
    best = d;
    road = &roads_[s.road];
  }
  return road ? *road : alarms::LinkPlace{};
}

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/city/default_views.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace city {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

void addUnlessThere(CityData& data, NamedView view) {
  for (const NamedView& there : data.views) {
    if (there.id == view.id) return;
  }
  view.order = static_cast<int>(data.views.size());
  data.views.push_back(std::move(view));
}

/// The middle of the road segment that suits a picture at eye level: long, major, near `centre`.
bool streetSegment(const CityData& data, glm::dvec2 centre, glm::dvec3& middle, double& heading) {
  double best = 0;
  for (const Feature& road : data.roads) {
    if (road.text("structure", "ground") != "ground" || road.rings.empty()) continue;
    const std::string kind = road.text("class");
    const double rank = kind == "arterial" ? 3 : kind == "collector" ? 2 : kind == "local" ? 1 : 0.1;
    for (size_t i = 1; i < road.rings[0].size(); ++i) {
      const glm::dvec2 a(road.rings[0][i - 1]);
      const glm::dvec2 b(road.rings[0][i]);
      const double length = glm::distance(a, b);
      const double score = rank * std::min(length, 150.0) / (100 + glm::distance(0.5 * (a + b), centre));
      if (score <= best) continue;
      best = score;
      middle = glm::dvec3(0.5 * (a + b), 0);
      heading = std::atan2(b.x - a.x, b.y - a.y);
    }
  }
  return best > 0;
}

/// Where most buildings are; the middle of the box without any.
glm::dvec2 centreOf(const CityData& data) {
  glm::dvec2 sum(0);
  double count = 0;
  for (const Feature& building : data.buildings) {
    if (building.rings.empty() || building.rings[0].empty()) continue;
    sum += glm::dvec2(building.rings[0][0]);
    count += 1;
  }
  return count > 0 ? sum / count : 0.5 * (data.low + data.high);
}

/// Root mean square distance of the buildings from the centre; 0 without any.
double spreadOf(const CityData& data, glm::dvec2 centre) {
  double sum = 0;
  double count = 0;
  for (const Feature& building : data.buildings) {
    if (building.rings.empty() || building.rings[0].empty()) continue;
    const glm::dvec2 d = glm::dvec2(building.rings[0][0]) - centre;
    sum += glm::dot(d, d);
    count += 1;
  }
  return count > 2 ? std::sqrt(sum / count) : 0;
}

}  // namespace

void addDefaultViews(CityData& data) {
  const glm::dvec2 size = glm::max(data.high - data.low, glm::dvec2(50));
  const glm::dvec2 centre = centreOf(data);
  const auto onGround = [&](glm::dvec2 p, double up) {
    return glm::dvec3(p, data.terrain.at(p.x, p.y) + up);
  };
  const double reach = std::min(std::max(size.x, size.y), 4000.0);
  const double spread = spreadOf(data, centre);
  NamedView overview{.id = "overview",
                     .name = {"전경", "Overview"},
                     .target = onGround(centre, 10),
                     .distance = spread > 0 ? std::clamp(3.0 * spread, 120.0, 4500.0) : 0.95 * reach,
                     .heading = 20 * kDegree,
                     .pitch = -28 * kDegree,
                     .fov = 34 * kDegree,
                     .time = "",
                     .order = 0};
  addUnlessThere(data, overview);
  glm::dvec3 middle(0);
  double heading = 0;
  if (streetSegment(data, centre, middle, heading)) {
    NamedView street{.id = "street",
                     .name = {"거리", "Street"},
                     .target = onGround(glm::dvec2(middle), 3),
                     .distance = 40,
                     .heading = heading,
                     .pitch = -4 * kDegree,
                     .fov = 50 * kDegree,
                     .time = "",
                     .order = 1};
    addUnlessThere(data, street);
  }
  NamedView top{.id = "top",
                .name = {"위에서", "From above"},
                .target = onGround(0.5 * (data.low + data.high), 0),
                .distance = 1.9 * reach,
                .heading = 0,
                .pitch = -89.5 * kDegree,
                .fov = 32 * kDegree,
                .time = "",
                .order = 2};
  addUnlessThere(data, top);
}

}  // namespace city

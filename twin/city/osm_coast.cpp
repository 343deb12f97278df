// SPDX-License-Identifier: Apache-2.0
#include "twin/city/osm_coast.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

#include "twin/city/planar.h"
#include "twin/city/rings.h"

namespace city {
namespace {

constexpr double kHorizon = 5000;  // metres of sea beyond the data

/// Ways joined end to end by their nodes.
std::vector<std::vector<glm::dvec2>> chains(const OsmExtract& extract, const core::CityFrame& frame) {
  std::map<int64_t, size_t> startsAt;
  std::map<int64_t, int> endsAt;
  for (size_t i = 0; i < extract.coastlines.size(); ++i) {
    startsAt.emplace(extract.coastlines[i].nodes.front(), i);
    ++endsAt[extract.coastlines[i].nodes.back()];
  }
  std::vector<bool> used(extract.coastlines.size(), false);
  std::vector<std::vector<glm::dvec2>> result;
  const auto follow = [&](size_t first) {
    std::vector<glm::dvec2> chain;
    for (size_t i = first; !used[i];) {
      used[i] = true;
      const OsmWay& way = extract.coastlines[i];
      for (const glm::dvec3& p : way.feature.rings[0]) {
        const glm::dvec2 q(frame.toCity({p.x, p.y, 0}));
        if (chain.empty() || glm::distance(chain.back(), q) > 0.01) chain.push_back(q);
      }
      const auto next = startsAt.find(way.nodes.back());
      if (next == startsAt.end()) break;
      i = next->second;
    }
    if (chain.size() >= 2) result.push_back(std::move(chain));
  };
  for (size_t i = 0; i < used.size(); ++i) {  // open chains from their true start, then what is left: rings
    if (!used[i] && endsAt.find(extract.coastlines[i].nodes.front()) == endsAt.end()) follow(i);
  }
  for (size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) follow(i);
  }
  return result;
}

/// Which side of the coast a point is on, by the segment nearest to it: positive on the left, on land.
double side(const std::vector<std::vector<glm::dvec2>>& coast, glm::dvec2 p) {
  double nearest = 1e30;
  double answer = 1;
  for (const std::vector<glm::dvec2>& chain : coast) {
    for (size_t i = 0; i + 1 < chain.size(); ++i) {
      const glm::dvec2 ab = chain[i + 1] - chain[i];
      const double t = std::clamp(glm::dot(p - chain[i], ab) / glm::dot(ab, ab), 0.0, 1.0);
      const glm::dvec2 d = p - (chain[i] + ab * t);
      const double distance = glm::dot(d, d);
      if (distance >= nearest) continue;
      nearest = distance;
      answer = ab.x * d.y - ab.y * d.x;
    }
  }
  return answer;
}

}  // namespace

void addSea(const OsmExtract& extract, CityData& data) {
  if (extract.coastlines.empty()) return;
  std::vector<std::vector<glm::dvec2>> coast = chains(extract, data.frame);
  const glm::dvec2 centre = 0.5 * (data.low + data.high);
  const glm::dvec2 low = data.low - kHorizon;
  const glm::dvec2 high = data.high + kHorizon;
  const double far = 4 * (kHorizon + glm::distance(data.low, data.high));
  const auto outward = [&](glm::dvec2 end) {
    const glm::dvec2 d = end - centre;
    return end + (glm::length(d) > 1 ? glm::normalize(d) : glm::dvec2(1, 0)) * far;
  };
  for (std::vector<glm::dvec2>& chain : coast) {
    if (glm::distance(chain.front(), chain.back()) < 0.02) continue;
    chain.insert(chain.begin(), outward(chain.front()));
    chain.push_back(outward(chain.back()));
  }
  const Planar planar;
  int count = 0;
  for (const Planar::Polygon& face : planar.faces(coast, low, high)) {
    if (side(coast, planar.insidePoint(face)) >= 0) continue;
    Feature sea;
    sea.id = fmt::format("sea{}", ++count);
    sea.nameKo = "바다";
    sea.nameEn = "Sea";
    sea.source = "osm";
    sea.origin = model::Provenance::Surveyed;
    sea.type = GeometryType::Polygon;
    sea.properties["kind"] = std::string("sea");
    sea.rings.emplace_back();
    for (const glm::dvec2& p : face.outer) sea.rings[0].emplace_back(p, 0);
    for (const std::vector<glm::dvec2>& hole : face.holes) {
      Ring3& ring = sea.rings.emplace_back();
      for (const glm::dvec2& p : hole) ring.emplace_back(p, 0);
    }
    data.water.push_back(std::move(sea));
  }
}

}  // namespace city

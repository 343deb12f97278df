// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "twin/city/city_data.h"
#include "twin/city/rings.h"

namespace city {

constexpr double kRoadLift = 0.12;    ///< carriageway above the bare ground, metres
constexpr double kKerbHeight = 0.15;  ///< sidewalk above the carriageway
constexpr double kRoadEdge = 0.3;     ///< paved beyond the outer lane lines, each side
constexpr double kDeckThickness = 1.2;

/// One carriageway between two nodes.
struct RoadEdge {
  const Feature* road = nullptr;
  Ring3 line;  ///< centre line; z only where `elevated`
  double length = 0;
  double half = 3;                  ///< half width with edges, metres
  double walk = 0;                  ///< sidewalk on each side
  bool elevated = false;            ///< bridge: surface at the line's own z
  bool tunnel = false;              ///< not drawn
  int from = -1, to = -1;           ///< nodes
  double trimFrom = 0, trimTo = 0;  ///< metres at each end that belong to the junction
  glm::dvec2 directionFrom{0},
      directionTo{0};  ///< along the line at its ends, agreed with a single neighbour
};

/// One edge seen from a node.
struct RoadArm {
  int edge = -1;
  bool atStart = true;
  glm::dvec2 out{0};  ///< unit vector away from the node
  double angle = 0;   ///< of `out`, counter-clockwise from +x
};

struct RoadNode {
  std::string id;
  glm::dvec3 p{0};
  bool signal = false;
  bool elevated = false;      ///< all arms are bridges
  std::vector<RoadArm> arms;  ///< counter-clockwise
  bool junction() const { return arms.size() >= 3 && !elevated; }
};

struct RoadNetwork {
  std::vector<RoadEdge> edges;
  std::vector<RoadNode> nodes;
};

/// Width of the carriageway with its edges, metres.
double carriagewayWidth(const Feature& road);

/// Edges and nodes of `data.roads` (joined by their `from` and `to`), with the lengths that junctions
/// take from each edge. `data` must outlive the result.
RoadNetwork makeRoadNetwork(const CityData& data);

}  // namespace city

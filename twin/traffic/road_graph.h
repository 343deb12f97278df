// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/result.h"
#include "twin/traffic/polyline.h"

namespace traffic {

/// One lane as SUMO drives it.
struct Lane {
  std::string id;
  double length = 0;  ///< metres
  double width = 3.2;
  Polyline shape;  ///< centre line, z = 0
};

/// A permitted movement from one edge to another.
struct Connection {
  int from = 0;  ///< edge index
  int to = 0;
  int fromLane = 0;
  int toLane = 0;
  char direction = 's';    ///< SUMO's letters: s straight, l left, r right, t turn-around, L and R partial
  std::string controller;  ///< signal controller, empty: none
  int link = -1;           ///< index in the controller's state
  std::string via;         ///< first internal lane
};

/// One direction of one pack road.
struct Edge {
  std::string id;
  std::string road;         ///< pack id of the road
  bool forward = true;      ///< runs as the road's line does
  std::string from, to;     ///< pack node ids
  double speed = 13.9;      ///< m/s
  double length = 0;        ///< metres
  std::vector<Lane> lanes;  ///< 0 = rightmost
  std::vector<int> out;     ///< edges that may follow
  Polyline line;            ///< the carriageway's centre line in driving direction (3-D on bridges)
  bool elevated = false;    ///< z of `line` is meant: a bridge or tunnel
};

/// The road network as netconvert made it, joined with the pack's roads. Immutable after loading.
class RoadGraph {
 public:
  /// Reads a .net.xml whose edge ids are "<road>" and "-<road>".
  static base::Result<RoadGraph> load(const std::filesystem::path& netFile);
  /// The same from memory; `name` is for errors.
  static base::Result<RoadGraph> parse(std::string_view xml, const std::string& name);

  const std::vector<Edge>& edges() const { return edges_; }
  std::vector<Edge>& edges() { return edges_; }
  const std::vector<Connection>& connections() const { return connections_; }
  /// -1 when there is none.
  int edgeIndex(std::string_view id) const;
  const Edge* edge(std::string_view id) const;
  /// The edge of a lane id ("road_0"), or for an internal lane (":node_3_0") the edge before it.
  int edgeOfLane(std::string_view lane) const;
  /// Centre line of any lane, internal ones included; null when unknown.
  const Polyline* laneShape(std::string_view lane) const;
  double laneWidth(std::string_view lane) const;

  /// Fastest path of edges from one to another, both included; empty when there is none. `turnCost` is
  /// added for each left turn and each crossing of a signal (seconds).
  std::vector<int> route(int from, int to) const;
  /// The same through all of `stops` in order.
  std::vector<int> route(const std::vector<int>& stops) const;
  /// Edges that are reached from `from` (itself included).
  std::vector<bool> reachableFrom(int from) const;
  /// Nearest lane to a point whose driving direction is within `tolerance` of `heading` (radians); the
  /// rightmost lane of the nearest edge. Returns edge and metres along lane 0, edge -1 when none is
  /// nearer than `reach`.
  std::pair<int, double> nearestEdge(glm::dvec2 point, double reach, double heading, double tolerance) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
  };
  template <typename T>
  using ById = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  std::vector<Edge> edges_;
  std::vector<Connection> connections_;
  std::vector<std::vector<std::pair<int, double>>> next_;  ///< by edge: (edge, seconds of the movement)
  ById<int> edgeById_;
  ById<std::pair<Polyline, double>> laneShapes_;
  ById<int> internalEdge_;  ///< internal lane -> edge before it
};

}  // namespace traffic

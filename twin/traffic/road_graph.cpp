// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/road_graph.h"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <queue>
#include <sstream>

namespace traffic {
namespace {

Polyline parseShape(const char* text) {
  Polyline line;
  std::istringstream in(text);
  for (std::string point; in >> point;) {
    std::replace(point.begin(), point.end(), ',', ' ');
    std::istringstream numbers(point);
    glm::dvec3 p{0};
    if (numbers >> p.x >> p.y) line.push_back(p);
  }
  return line;
}

Lane readLane(const pugi::xml_node& node) {
  Lane lane;
  lane.id = node.attribute("id").as_string();
  lane.length = node.attribute("length").as_double();
  lane.width = node.attribute("width").as_double(3.2);
  lane.shape = parseShape(node.attribute("shape").as_string());
  return lane;
}

/// Seconds that a movement costs beside driving, so that routes prefer straight main roads as drivers do.
double movementCost(const Connection& c) {
  const double signal = c.controller.empty() ? 2 : 18;
  switch (c.direction) {
    case 'l':
    case 'L':
      return signal + 12;
    case 'r':
    case 'R':
      return signal * 0.5 + 3;
    case 't':
      return 120;
    default:
      return signal;
  }
}

}  // namespace

base::Result<RoadGraph> RoadGraph::load(const std::filesystem::path& netFile) {
  std::ifstream in(netFile, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return base::Error{netFile.string() + ": cannot be read"};
  return parse(text.str(), netFile.string());
}

base::Result<RoadGraph> RoadGraph::parse(std::string_view xml, const std::string& name) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
  if (!parsed) return base::Error{name + ": " + parsed.description() + "; delete it, it is made again"};
  RoadGraph graph;
  const pugi::xml_node net = document.child("net");
  for (const pugi::xml_node node : net.children("edge")) {
    const std::string_view function = node.attribute("function").as_string();
    if (function == "internal") {
      for (const pugi::xml_node lane : node.children("lane")) {
        const Lane read = readLane(lane);
        graph.laneShapes_[read.id] = {read.shape, read.width};
      }
    }
    if (!function.empty() && function != "normal") continue;
    Edge edge;
    edge.id = node.attribute("id").as_string();
    edge.forward = edge.id.empty() || edge.id[0] != '-';
    edge.road = edge.forward ? edge.id : edge.id.substr(1);
    edge.from = node.attribute("from").as_string();
    edge.to = node.attribute("to").as_string();
    for (const pugi::xml_node lane : node.children("lane")) {
      edge.lanes.push_back(readLane(lane));
      edge.speed = lane.attribute("speed").as_double(13.9);
      graph.laneShapes_[edge.lanes.back().id] = {edge.lanes.back().shape, edge.lanes.back().width};
    }
    if (edge.lanes.empty()) continue;
    edge.length = edge.lanes.front().length;
    graph.edgeById_[edge.id] = static_cast<int>(graph.edges_.size());
    graph.edges_.push_back(std::move(edge));
  }
  graph.next_.resize(graph.edges_.size());
  std::map<std::string, std::string> internalNext;
  for (const pugi::xml_node node : net.children("connection")) {
    Connection c;
    c.from = graph.edgeIndex(node.attribute("from").as_string());
    c.to = graph.edgeIndex(node.attribute("to").as_string());
    c.via = node.attribute("via").as_string();
    if (c.from < 0 || c.to < 0) {
      const std::string lane =
          std::string(node.attribute("from").as_string()) + "_" + node.attribute("fromLane").as_string();
      if (!c.via.empty()) internalNext[lane] = c.via;
      continue;
    }
    c.fromLane = node.attribute("fromLane").as_int();
    c.toLane = node.attribute("toLane").as_int();
    c.direction = node.attribute("dir").as_string("s")[0];
    c.controller = node.attribute("tl").as_string();
    c.link = node.attribute("linkIndex").as_int(-1);
    graph.connections_.push_back(c);
    auto& next = graph.next_[static_cast<size_t>(c.from)];
    const auto same = std::find_if(next.begin(), next.end(), [&](const auto& n) { return n.first == c.to; });
    if (same == next.end()) {
      next.emplace_back(c.to, movementCost(c));
      graph.edges_[static_cast<size_t>(c.from)].out.push_back(c.to);
    }
  }
  for (const Connection& c : graph.connections_) {
    for (std::string lane = c.via; !lane.empty() && !graph.internalEdge_.contains(lane);) {
      graph.internalEdge_[lane] = c.from;
      const auto further = internalNext.find(lane);
      lane = further == internalNext.end() ? std::string() : further->second;
    }
  }
  if (graph.edges_.empty()) return base::Error{name + ": has no roads; check the pack's roads.geojson"};
  return graph;
}

int RoadGraph::edgeIndex(std::string_view id) const {
  const auto found = edgeById_.find(id);
  return found == edgeById_.end() ? -1 : found->second;
}

const Edge* RoadGraph::edge(std::string_view id) const {
  const int index = edgeIndex(id);
  return index < 0 ? nullptr : &edges_[static_cast<size_t>(index)];
}

int RoadGraph::edgeOfLane(std::string_view lane) const {
  if (!lane.empty() && lane[0] == ':') {
    const auto found = internalEdge_.find(lane);
    return found == internalEdge_.end() ? -1 : found->second;
  }
  const size_t cut = lane.rfind('_');
  return cut == std::string_view::npos ? -1 : edgeIndex(lane.substr(0, cut));
}

const Polyline* RoadGraph::laneShape(std::string_view lane) const {
  const auto found = laneShapes_.find(lane);
  return found == laneShapes_.end() ? nullptr : &found->second.first;
}

double RoadGraph::laneWidth(std::string_view lane) const {
  const auto found = laneShapes_.find(lane);
  return found == laneShapes_.end() ? 0 : found->second.second;
}

std::vector<int> RoadGraph::route(int from, int to) const {
  const size_t count = edges_.size();
  if (from < 0 || to < 0 || static_cast<size_t>(from) >= count || static_cast<size_t>(to) >= count) return {};
  std::vector<double> cost(count, std::numeric_limits<double>::max());
  std::vector<int> before(count, -1);
  using Item = std::pair<double, int>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> open;
  cost[static_cast<size_t>(from)] = 0;
  open.emplace(0.0, from);
  while (!open.empty()) {
    const auto [reached, at] = open.top();
    open.pop();
    if (at == to) break;
    if (reached > cost[static_cast<size_t>(at)]) continue;
    for (const auto& [next, turn] : next_[static_cast<size_t>(at)]) {
      const Edge& edge = edges_[static_cast<size_t>(next)];
      const double total = reached + turn + edge.length / edge.speed;
      if (total >= cost[static_cast<size_t>(next)]) continue;
      cost[static_cast<size_t>(next)] = total;
      before[static_cast<size_t>(next)] = at;
      open.emplace(total, next);
    }
  }
  if (from != to && before[static_cast<size_t>(to)] < 0) return {};
  std::vector<int> path{to};
  while (path.back() != from) path.push_back(before[static_cast<size_t>(path.back())]);
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<int> RoadGraph::route(const std::vector<int>& stops) const {
  std::vector<int> path;
  for (size_t i = 0; i < stops.size(); ++i) {
    if (path.empty()) {
      path.push_back(stops[i]);
      continue;
    }
    if (path.back() == stops[i]) continue;
    const std::vector<int> leg = route(path.back(), stops[i]);
    if (leg.empty()) return {};
    path.insert(path.end(), leg.begin() + 1, leg.end());
  }
  return path;
}

std::vector<bool> RoadGraph::reachableFrom(int from) const {
  std::vector<bool> seen(edges_.size(), false);
  std::vector<int> todo{from};
  seen[static_cast<size_t>(from)] = true;
  while (!todo.empty()) {
    const int at = todo.back();
    todo.pop_back();
    for (const auto& [next, turn] : next_[static_cast<size_t>(at)]) {
      if (seen[static_cast<size_t>(next)]) continue;
      seen[static_cast<size_t>(next)] = true;
      todo.push_back(next);
    }
  }
  return seen;
}

std::pair<int, double> RoadGraph::nearestEdge(glm::dvec2 point, double reach, double heading,
                                              double tolerance) const {
  std::pair<int, double> best{-1, 0};
  double nearest = reach;
  for (size_t i = 0; i < edges_.size(); ++i) {
    const Projection p = project(edges_[i].lanes.front().shape, point);
    if (p.distance >= nearest) continue;
    if (std::abs(angleBetween(headingOf(p.direction), heading)) > tolerance) continue;
    nearest = p.distance;
    best = {static_cast<int>(i), p.along};
  }
  return best;
}

}  // namespace traffic

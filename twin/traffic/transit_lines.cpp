// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/transit_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numbers>
#include <set>

namespace traffic {
namespace {

constexpr double kStopReach = 30;  ///< metres from a stop to the right lane
constexpr double kHeadingTolerance = 50 * std::numbers::pi / 180;

std::vector<std::string> splitCsv(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"')
        cells.back() += line[++i];
      else
        quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

double numberOf(const CsvRow& row, std::string_view name, double fallback = 0) {
  const auto found = row.find(name);
  return found == row.end() || found->second.empty() ? fallback : std::strtod(found->second.c_str(), nullptr);
}

std::string textOf(const CsvRow& row, std::string_view name) {
  const auto found = row.find(name);
  return found == row.end() ? std::string() : found->second;
}

double secondsOf(const std::string& clock, double fallback) {
  int h = 0, m = 0, s = 0;
  return std::sscanf(clock.c_str(), "%d:%d:%d", &h, &m, &s) == 3 ? h * 3600 + m * 60 + s : fallback;
}

glm::dvec2 cityPoint(const city::CityData& city, double longitude, double latitude) {
  const glm::dvec3 p = city.frame.toCity({longitude, latitude, 0});
  return {p.x, p.y};
}

void measure(const RoadGraph& graph, TransitLine& line) {
  std::vector<double> start(line.edges.size());
  line.length = 0;
  for (size_t i = 0; i < line.edges.size(); ++i) {
    const Polyline& shape = graph.edges()[static_cast<size_t>(line.edges[i])].lanes.front().shape;
    // The way across the node between two edges counts too.
    if (i > 0)
      line.length += glm::length(
          shape.front() - graph.edges()[static_cast<size_t>(line.edges[i - 1])].lanes.front().shape.back());
    start[i] = line.length;
    line.length += planLength(shape);
  }
  if (line.loop && !line.edges.empty())
    line.length +=
        glm::length(graph.edges()[static_cast<size_t>(line.edges.front())].lanes.front().shape.front() -
                    graph.edges()[static_cast<size_t>(line.edges.back())].lanes.front().shape.back());
  size_t from = 0;
  for (LineStop& stop : line.stops) {
    for (size_t i = from; i < line.edges.size(); ++i) {
      if (line.edges[i] != stop.edge) continue;
      stop.routeMetres = start[i] + stop.along;
      from = i;
      break;
    }
  }
}

/// Follows marked edges from `first` until the ring closes; empty when it does not.
std::vector<int> ringFrom(const RoadGraph& graph, const std::set<std::string>& roads, int first) {
  std::vector<int> ring{first};
  std::set<std::string> used{graph.edges()[static_cast<size_t>(first)].road};
  while (ring.size() <= roads.size()) {
    const Edge& last = graph.edges()[static_cast<size_t>(ring.back())];
    int next = -1;
    for (const int candidate : last.out) {
      const Edge& edge = graph.edges()[static_cast<size_t>(candidate)];
      if (candidate == first && ring.size() > 2) return ring;
      if (roads.contains(edge.road) && !used.contains(edge.road)) next = candidate;
    }
    if (next < 0) return {};
    used.insert(graph.edges()[static_cast<size_t>(next)].road);
    ring.push_back(next);
  }
  return {};
}

double signedArea(const RoadGraph& graph, const std::vector<int>& ring) {
  double area = 0;
  glm::dvec3 last = graph.edges()[static_cast<size_t>(ring.back())].lanes.front().shape.back();
  for (const int edge : ring)
    for (const glm::dvec3& p : graph.edges()[static_cast<size_t>(edge)].lanes.front().shape) {
      area += (last.x * p.y - p.x * last.y) / 2;
      last = p;
    }
  return area;
}

void addShuttleStops(const city::CityData& city, const RoadGraph& graph, TransitLine& line) {
  for (const city::Feature& stop : city.stops) {
    if (stop.text("kind") != "shuttle_stop" || stop.rings.empty()) continue;
    const glm::dvec3 p = stop.rings.front().front();
    LineStop best{
        .id = stop.text("stop_id", stop.id), .entity = stop.id, .name = stop.nameKo, .position = {p.x, p.y}};
    double nearest = 2 * kStopReach;
    for (const int index : line.edges) {
      const Projection at =
          project(graph.edges()[static_cast<size_t>(index)].lanes.front().shape, {p.x, p.y});
      if (at.distance >= nearest) continue;
      nearest = at.distance;
      best.edge = index;
      best.along = at.along;
    }
    if (best.edge >= 0) line.stops.push_back(best);
  }
  std::sort(line.stops.begin(), line.stops.end(), [&](const LineStop& a, const LineStop& b) {
    const auto place = [&](const LineStop& s) {
      return std::find(line.edges.begin(), line.edges.end(), s.edge) - line.edges.begin();
    };
    return place(a) != place(b) ? place(a) < place(b) : a.along < b.along;
  });
}

/// What GTFS says of one trip of a line.
struct GtfsTrip {
  std::vector<std::pair<double, std::string>> stops;  ///< sequence, stop id
  Polyline shape;
};

bool matchLine(const city::CityData& city, const RoadGraph& graph, const GtfsTrip& trip,
               const std::map<std::string, CsvRow>& stopRows, TransitLine& line) {
  Polyline shape = trip.shape;
  if (shape.size() < 2)
    for (const auto& [sequence, id] : trip.stops)
      if (const auto row = stopRows.find(id); row != stopRows.end())
        shape.emplace_back(
            cityPoint(city, numberOf(row->second, "stop_lon"), numberOf(row->second, "stop_lat")), 0);
  if (shape.size() < 2) return false;
  const auto edgeNear = [&](glm::dvec2 p, double reach) {
    return graph.nearestEdge(p, reach, headingOf(project(shape, p).direction), kHeadingTolerance);
  };
  std::vector<int> via;
  const glm::dvec3 first = pointAt(shape, 5), last = pointAt(shape, planLength(shape) - 5);
  if (const auto [edge, along] = edgeNear({first.x, first.y}, 60); edge >= 0) via.push_back(edge);
  for (const auto& [sequence, id] : trip.stops) {
    const auto row = stopRows.find(id);
    if (row == stopRows.end()) continue;
    const glm::dvec2 p =
        cityPoint(city, numberOf(row->second, "stop_lon"), numberOf(row->second, "stop_lat"));
    const auto [edge, along] = edgeNear(p, kStopReach);
    if (edge < 0 || (!via.empty() && graph.route(via.back(), edge).empty())) continue;
    if (!line.stops.empty() && line.stops.back().edge == edge && line.stops.back().along > along - 15)
      continue;
    via.push_back(edge);
    line.stops.push_back({.id = id,
                          .entity = {},
                          .name = textOf(row->second, "stop_name"),
                          .position = p,
                          .edge = edge,
                          .along = along});
  }
  if (const auto [edge, along] = edgeNear({last.x, last.y}, 60);
      edge >= 0 && !via.empty() && !graph.route(via.back(), edge).empty())
    via.push_back(edge);
  line.edges = graph.route(via);
  measure(graph, line);
  return line.edges.size() >= 2;
}

}  // namespace

std::vector<CsvRow> readCsv(const std::filesystem::path& file) {
  std::vector<CsvRow> rows;
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return rows;
  if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
  const std::vector<std::string> header = splitCsv(line);
  while (std::getline(in, line)) {
    if (line.empty()) continue;
    const std::vector<std::string> cells = splitCsv(line);
    CsvRow row;
    for (size_t i = 0; i < std::min(header.size(), cells.size()); ++i) row[header[i]] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

TransitLine shuttleLoop(const city::CityData& city, const RoadGraph& graph,
                        std::vector<std::string>& warnings) {
  TransitLine line{.id = "shuttle", .name = "shuttle", .loop = true};
  std::set<std::string> roads;
  for (const city::Feature& road : city.roads)
    if (road.flag("shuttle_loop")) roads.insert(road.id);
  for (size_t i = 0; i < graph.edges().size() && line.edges.empty(); ++i) {
    if (!roads.contains(graph.edges()[i].road)) continue;
    std::vector<int> ring = ringFrom(graph, roads, static_cast<int>(i));
    if (!ring.empty() && signedArea(graph, ring) < 0) line.edges = std::move(ring);
  }
  if (line.edges.empty()) {
    if (!roads.empty())
      warnings.push_back("the roads marked shuttle_loop do not close to a ring: no shuttles");
    return line;
  }
  addShuttleStops(city, graph, line);
  measure(graph, line);
  for (const CsvRow& trip : readCsv(city.folder / "gtfs" / "trips.txt")) {
    if (textOf(trip, "route_id").find("shuttle") == std::string::npos) continue;
    line.routeId = textOf(trip, "route_id");
    line.tripId = textOf(trip, "trip_id");
    for (const CsvRow& route : readCsv(city.folder / "gtfs" / "routes.txt"))
      if (textOf(route, "route_id") == line.routeId) line.name = textOf(route, "route_short_name");
    break;
  }
  return line;
}

std::vector<TransitLine> busLines(const city::CityData& city, const RoadGraph& graph, double defaultHeadway,
                                  std::vector<std::string>& warnings) {
  const std::filesystem::path folder = city.folder / "gtfs";
  std::map<std::string, CsvRow> routes, stops;
  for (CsvRow& row : readCsv(folder / "routes.txt")) routes[textOf(row, "route_id")] = std::move(row);
  for (CsvRow& row : readCsv(folder / "stops.txt")) stops[textOf(row, "stop_id")] = std::move(row);
  std::map<std::string, Polyline> shapes;
  std::vector<CsvRow> shapeRows = readCsv(folder / "shapes.txt");
  std::stable_sort(shapeRows.begin(), shapeRows.end(), [](const CsvRow& a, const CsvRow& b) {
    return numberOf(a, "shape_pt_sequence") < numberOf(b, "shape_pt_sequence");
  });
  for (const CsvRow& row : shapeRows)
    shapes[textOf(row, "shape_id")].emplace_back(
        cityPoint(city, numberOf(row, "shape_pt_lon"), numberOf(row, "shape_pt_lat")), 0);
  std::map<std::string, GtfsTrip> trips;
  for (const CsvRow& row : readCsv(folder / "stop_times.txt"))
    trips[textOf(row, "trip_id")].stops.emplace_back(numberOf(row, "stop_sequence"), textOf(row, "stop_id"));
  std::map<std::string, std::vector<LineFrequency>> frequencies;
  for (const CsvRow& row : readCsv(folder / "frequencies.txt"))
    frequencies[textOf(row, "trip_id")].push_back(
        {secondsOf(textOf(row, "start_time"), 0), secondsOf(textOf(row, "end_time"), 86400),
         std::max(60.0, numberOf(row, "headway_secs", defaultHeadway))});
  std::vector<TransitLine> lines;
  std::set<std::string> known;
  for (const CsvRow& row : readCsv(folder / "trips.txt")) {
    const std::string routeId = textOf(row, "route_id"), direction = textOf(row, "direction_id");
    const auto route = routes.find(routeId);
    if (route == routes.end() || numberOf(route->second, "route_type", 3) != 3) continue;
    if (routeId.find("shuttle") != std::string::npos || !known.insert(routeId + "/" + direction).second)
      continue;
    TransitLine line{.id = "bus_" + routeId + "_" + (direction.empty() ? "0" : direction),
                     .routeId = routeId};
    line.tripId = textOf(row, "trip_id");
    line.name = textOf(route->second, "route_short_name");
    GtfsTrip& trip = trips[line.tripId];
    std::sort(trip.stops.begin(), trip.stops.end());
    trip.shape = shapes[textOf(row, "shape_id")];
    line.frequencies = frequencies[line.tripId];
    if (line.frequencies.empty()) line.frequencies.push_back({5.5 * 3600, 23.5 * 3600, defaultHeadway});
    if (matchLine(city, graph, trip, stops, line))
      lines.push_back(std::move(line));
    else
      warnings.push_back("bus line " + line.name + " cannot be driven on the pack's roads");
  }
  return lines;
}

}  // namespace traffic

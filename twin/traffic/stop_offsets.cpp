// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/stop_offsets.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "twin/city/stop_lines.h"
#include "twin/traffic/polyline.h"

namespace traffic {
namespace {

constexpr double kLeast = 0.3;  ///< metres; less is not worth an element

Polyline shapeOf(const pugi::xml_node& lane) {
  Polyline line;
  std::istringstream points(lane.attribute("shape").as_string());
  for (std::string point; points >> point;) {
    std::replace(point.begin(), point.end(), ',', ' ');
    std::istringstream numbers(point);
    glm::dvec3 p{0};
    if (numbers >> p.x >> p.y) line.push_back(p);
  }
  return line;
}

}  // namespace

std::vector<StopMark> stopMarks(const city::CityData& city) {
  const city::RoadNetwork network = city::makeRoadNetwork(city);
  std::vector<StopMark> marks;
  for (const city::StopLine& line : city::stopLines(city, network)) {
    const std::string& road = network.edges[static_cast<size_t>(line.edge)].road->id;
    marks.push_back({.edge = (line.atStart ? "-" : "") + road,
                     .middle = 0.5 * (line.inner + line.outer),
                     .direction = line.direction});
  }
  return marks;
}

base::Status writeStopOffsets(const std::filesystem::path& netFile, const std::vector<StopMark>& marks) {
  std::map<std::string_view, const StopMark*> byEdge;
  for (const StopMark& mark : marks) byEdge[mark.edge] = &mark;
  pugi::xml_document document;
  if (const auto parsed = document.load_file(netFile.c_str()); !parsed)
    return base::Error{netFile.string() + ": " + parsed.description()};
  for (const pugi::xml_node edge : document.child("net").children("edge")) {
    const auto mark = byEdge.find(edge.attribute("id").as_string());
    if (mark == byEdge.end()) continue;
    // One offset for all lanes: who changes lanes while waiting must not find himself past another one's,
    // for then SUMO lets him drive on at red.
    double offset = 0, shortest = 1e9;
    for (const pugi::xml_node lane : edge.children("lane")) {
      const Polyline shape = shapeOf(lane);
      const double drawn = planLength(shape), length = lane.attribute("length").as_double(drawn);
      const double before = drawn - project(shape, mark->second->middle).along + kStopBefore;
      offset = std::max(offset, before * length / std::max(drawn, 0.1));
      shortest = std::min(shortest, length);
    }
    if (offset < kLeast) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", std::min(offset, shortest / 2));
    for (pugi::xml_node lane : edge.children("lane")) {
      pugi::xml_node element = lane.append_child("stopOffset");
      element.append_attribute("value") = text;
      element.append_attribute("exceptions") = "pedestrian";  // SUMO wants one of its classes: none drives
    }
  }
  if (!document.save_file(netFile.c_str(), "    "))
    return base::Error{"cannot write " + netFile.string() + ": is the disk full?"};
  return base::okStatus();
}

}  // namespace traffic

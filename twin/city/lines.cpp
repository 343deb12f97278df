// SPDX-License-Identifier: Apache-2.0
#include "twin/city/lines.h"

#include <algorithm>
#include <cmath>

#include "engine/math/pack.h"
#include "twin/city/rings.h"
#include "twin/city/transit_shapes.h"

namespace city {
namespace {

constexpr uint32_t kBoundaryColor = 0x7A5CFF;
constexpr uint32_t kShuttleColor = 0x00B8C8;
constexpr double kRouteLift = 0.7;  // metres above the road
constexpr double kBoundaryLift = 2.0;
constexpr double kStep = 12;  // metres between points that follow the ground

uint32_t utilityColor(const std::string& kind) {
  if (kind == "water") return 0x2D6BD2;
  if (kind == "sewer") return 0x8A6B4A;
  if (kind == "storm") return 0x3DA3A0;
  if (kind == "power") return 0xE04F5F;
  if (kind == "telecom") return 0x3DA35D;
  if (kind == "gas") return 0xFFC400;
  if (kind == "heat") return 0xFF7A00;
  return 0x8A9199;
}

/// The line with points at most kStep apart and heights from `z(x, y)`.
template <typename Height>
std::vector<glm::vec3> following(const std::vector<glm::dvec2>& line, const Height& z) {
  std::vector<glm::vec3> points;
  for (size_t i = 0; i < line.size(); ++i) {
    if (i > 0) {
      const int parts = std::max(1, static_cast<int>(std::ceil(glm::distance(line[i - 1], line[i]) / kStep)));
      for (int k = 1; k < parts; ++k) {
        const glm::dvec2 p = glm::mix(line[i - 1], line[i], static_cast<double>(k) / parts);
        points.emplace_back(glm::dvec3(p, z(p)));
      }
    }
    points.emplace_back(glm::dvec3(line[i], z(line[i])));
  }
  return points;
}

void drawBoundary(City& city, scene::Scene& scene) {
  for (const Feature& boundary : city.data.boundary) {
    const auto parts = city.parts.find(boundary.id);
    if (parts == city.parts.end() || boundary.rings.empty()) continue;
    std::vector<glm::dvec2> ring = flat(boundary.rings[0]);
    ring.push_back(ring.front());
    scene::Line line;
    line.points =
        following(ring, [&](glm::dvec2 p) { return city.data.terrain.at(p.x, p.y) + kBoundaryLift; });
    line.color = math::packHex(kBoundaryColor, 200);
    line.widthPixels = 2.5f;
    line.dashed = true;
    parts->second.lines.push_back(scene.lines.add(std::move(line)));
  }
}

void drawUtilities(City& city, scene::Scene& scene) {
  for (const Feature& pipe : city.data.utilities) {
    const auto parts = city.parts.find(pipe.id);
    if (parts == city.parts.end() || pipe.rings.empty() || pipe.rings[0].size() < 2) continue;
    const double depth = std::clamp(pipe.number("depth", 1.2), 0.1, 60.0);
    scene::Line line;
    line.points =
        following(flat(pipe.rings[0]), [&](glm::dvec2 p) { return city.data.terrain.at(p.x, p.y) - depth; });
    line.color = math::packHex(utilityColor(pipe.text("kind")), 230);
    line.widthMetres = static_cast<float>(
        std::clamp(pipe.number("diameter", 0.3) / (pipe.number("diameter", 0.3) > 20 ? 1000 : 1), 0.3, 3.0));
    line.throughWalls = true;
    line.visible = false;  // until their layer is switched on
    parts->second.anchor.z = city.data.terrain.at(parts->second.anchor.x, parts->second.anchor.y) - depth;
    parts->second.lines.push_back(scene.lines.add(std::move(line)));
  }
}

void drawRoute(City& city, scene::Scene& scene, const TransitRoute& route) {
  model::EntityInfo info;
  info.id = "route_" + route.id;
  info.kind = route.shuttle ? "shuttle_route" : "route";
  info.name = route.name;
  info.origin = model::Provenance::Reconstructed;
  info.source = "gtfs";
  info.fromPack = true;
  info.attributes.emplace_back("route_id", route.id);
  if (!route.longName.empty()) info.attributes.emplace_back("route_long_name", route.longName);
  SceneParts parts;
  for (const std::vector<glm::dvec2>& shape : route.shapes) {
    scene::Line line;
    double z = 0;
    line.points =
        following(shape, [&](glm::dvec2 p) { return (z = city.surfaceAt(p.x, p.y, z)) + kRouteLift; });
    line.color = math::packHex(route.shuttle    ? kShuttleColor
                               : route.rgb != 0 ? route.rgb
                                                : 0x2D6BD2,
                               route.shuttle ? 210 : 130);
    line.widthPixels = route.shuttle ? 4.f : 2.f;
    line.flow = route.shuttle ? 4.f : 0.f;
    line.visible = route.shuttle;  // the others when their layer is switched on
    const glm::vec3 middle = line.points[line.points.size() / 2];
    info.position = parts.anchor = middle;
    for (const glm::vec3& p : line.points)
      parts.radius = std::max(parts.radius, static_cast<double>(glm::distance(p, middle)));
    parts.lines.push_back(scene.lines.add(std::move(line)));
  }
  if (city.parts.emplace(info.id, std::move(parts)).second) city.entities.push_back(std::move(info));
}

}  // namespace

void drawLines(City& city, scene::Scene& scene) {
  drawBoundary(city, scene);
  drawUtilities(city, scene);
  if (city.data.folder.empty()) return;
  for (const TransitRoute& route :
       readTransitRoutes(city.data.folder / "gtfs", city.data.frame, city.data.warnings))
    drawRoute(city, scene, route);
}

}  // namespace city

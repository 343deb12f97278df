// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/v2x_path.h"

#include <cmath>
#include <numbers>

#include "twin/feeds/area_shape.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/v2x_units.h"

namespace feeds::v2x {
namespace {

/// Where the walk along the nodes stands.
struct Walk {
  core::GeoPoint geo;
  glm::dvec3 city{0};
};

/// The one alternative of a node's delta: "nodexy3", "nodelatlon", "nodell2".
const DocNode* alternative(const DocNode& node) {
  const DocNode* delta = node.child("delta");
  if (!delta) delta = &node;
  for (const DocNode& child : delta->children)
    if (child.name.starts_with("node")) return &child;
  return nullptr;
}

bool step(const DocNode& node, double zoom, const core::CityFrame& frame, Walk& at) {
  const DocNode* delta = alternative(node);
  if (!delta) return false;
  if (delta->name == "nodelatlon") {
    const auto point = position(*delta);
    const auto city = point ? cityPosition(*point, frame) : std::nullopt;
    if (!city) return false;
    at = {*point, *city};
    return true;
  }
  if (delta->name.starts_with("nodexy")) {
    const auto x = integerOf(delta->child("x")), y = integerOf(delta->child("y"));
    if (!x || !y || std::abs(*x) > 32768 || std::abs(*y) > 32768) return false;
    at.city = offsetBy(at.city, static_cast<double>(*x) * 0.01 * zoom, static_cast<double>(*y) * 0.01 * zoom,
                       frame);
    return true;
  }
  if (!delta->name.starts_with("nodell")) return false;
  const auto lat = integerOf(delta->child("lat")), lon = integerOf(delta->child("lon"));
  if (!lat || !lon) return false;
  at.geo.latitude += static_cast<double>(*lat) * 1e-7 * zoom;
  at.geo.longitude += static_cast<double>(*lon) * 1e-7 * zoom;
  const auto city = cityPosition(at.geo, frame);
  if (!city) return false;
  at.city = *city;
  return true;
}

double either(const DocNode* axis) {
  if (!axis) return 0;
  const DocNode* value = axis->children.empty() ? axis : &axis->children.front();  // small | large
  const auto centimetres = integerOf(value);
  return centimetres && std::abs(*centimetres) <= 32767 ? static_cast<double>(*centimetres) * 0.01 : 0;
}

double stretch(const DocNode* scale) {
  const auto steps = integerOf(scale);
  return steps && std::abs(*steps) <= 2048 ? 1 + static_cast<double>(*steps) * 0.0005 : 1;
}

}  // namespace

std::optional<std::vector<glm::dvec3>> nodePath(const DocNode& list, const core::GeoPoint& anchor, int zoom,
                                                const core::CityFrame& frame) {
  const auto start = cityPosition(anchor, frame);
  if (!start) return std::nullopt;
  Walk at{anchor, *start};
  const double factor = std::exp2(std::clamp(zoom, 0, 15));
  const std::vector<const DocNode*> nodes = list.elements();
  if (nodes.size() > kMaxPathNodes) return std::nullopt;
  std::vector<glm::dvec3> path;
  for (const DocNode* node : nodes) {
    if (!step(*node, factor, frame, at)) return std::nullopt;
    path.push_back(at.city);
  }
  return path;
}

std::optional<std::vector<glm::dvec3>> computedPath(const DocNode& computed,
                                                    const std::map<int64_t, std::vector<glm::dvec3>>& lanes,
                                                    const core::CityFrame& frame) {
  const auto reference = integerOf(computed.child("referencelaneid"));
  const auto found = reference ? lanes.find(*reference) : lanes.end();
  if (found == lanes.end() || found->second.empty()) return std::nullopt;
  const double turn = heading(integerOf(computed.child("rotatexy"))).value_or(0) * std::numbers::pi / 180;
  const double sx = stretch(computed.child("scalexaxis")), sy = stretch(computed.child("scaleyaxis"));
  const double east = either(computed.child("offsetxaxis")), north = either(computed.child("offsetyaxis"));
  const glm::dvec3 first = found->second.front();
  std::vector<glm::dvec3> path;
  for (const glm::dvec3& point : found->second) {
    const double x = (point.x - first.x) * sx, y = (point.y - first.y) * sy;
    const glm::dvec3 turned(x * std::cos(turn) + y * std::sin(turn), y * std::cos(turn) - x * std::sin(turn),
                            point.z - first.z);
    path.push_back(offsetBy(first + turned, east, north, frame));
  }
  return path;
}

}  // namespace feeds::v2x

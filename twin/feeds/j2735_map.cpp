// SPDX-License-Identifier: Apache-2.0
// SAE J2735 MapData (MSG_MAP): where the lanes of an intersection run and which signal group governs each.
#include <algorithm>
#include <array>
#include <map>

#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/j2735_parts.h"
#include "twin/feeds/json_in.h"
#include "twin/feeds/v2x_path.h"
#include "twin/feeds/v2x_units.h"

namespace feeds::j2735 {
namespace {

constexpr size_t kMaxLanes = 255;

struct Maneuver {
  size_t index;
  std::string_view folded, name;
};
// DE_AllowedManeuvers, the ways to go.
constexpr Maneuver kManeuvers[] = {{0, "maneuverstraightallowed", "straight"},
                                   {1, "maneuverleftallowed", "left"},
                                   {2, "maneuverrightallowed", "right"},
                                   {3, "maneuveruturnallowed", "u_turn"}};

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

void describeLane(const DocNode& lane, const DocNode& intersection, model::DescriptionObservation& about) {
  const auto attribute = [&](std::string_view name, std::string_view member) {
    const auto number = integerOf(lane.child(member));
    if (number) about.attributes.emplace_back(name, static_cast<double>(*number));
  };
  attribute("lane", "laneid");
  attribute("ingress_approach", "ingressapproach");
  attribute("egress_approach", "egressapproach");
  if (const DocNode* attributes = lane.child("laneattributes")) {
    const DocNode* use = attributes->child("directionaluse");
    const bool in = bit(use, 0, "ingresspath"), out = bit(use, 1, "egresspath");
    addAttribute(about, "direction", in && out ? "both" : in ? "ingress" : out ? "egress" : "none");
    const DocNode* type = attributes->child("lanetype");
    if (type && !type->children.empty()) addAttribute(about, "lane_type", type->children.front().name);
  }
  std::vector<std::string> ways;
  for (const Maneuver& way : kManeuvers)
    if (bit(lane.child("maneuvers"), way.index, way.folded)) ways.emplace_back(way.name);
  addAttribute(about, "maneuvers", joined(ways));
  const auto width = integerOf(intersection.child("lanewidth"));  // DE_LaneWidth, centimetres
  if (width && *width > 0 && *width <= 32767)
    about.attributes.emplace_back("width", static_cast<double>(*width) * 0.01);

  std::vector<std::string> groups, targets;
  if (const DocNode* connections = lane.child("connectsto")) {
    for (const DocNode* connection : connections->elements()) {
      const std::string_view target = connection->valueAt("connectinglane/lane");
      const std::string group(connection->valueAt("signalgroup"));
      if (!target.empty()) targets.emplace_back(target);
      if (!group.empty() && std::find(groups.begin(), groups.end(), group) == groups.end())
        groups.push_back(group);
    }
  }
  addAttribute(about, "signal_groups", joined(groups));
  addAttribute(about, "connects_to", joined(targets));
}

/// Courses of all lanes by number: first those with nodes, then those computed from them.
std::map<int64_t, std::vector<glm::dvec3>> courses(const std::vector<const DocNode*>& lanes,
                                                   const core::GeoPoint& anchor, Reader& reader) {
  std::map<int64_t, std::vector<glm::dvec3>> result;
  for (const bool computed : {false, true}) {
    for (const DocNode* lane : lanes) {
      const auto id = integerOf(lane->child("laneid"));
      const DocNode* list = lane->child("nodelist");
      if (!id || !list) continue;
      const DocNode* source = list->child(computed ? "computed" : "nodes");
      if (!source) continue;
      auto path = computed ? v2x::computedPath(*source, result, reader.context.frame)
                           : v2x::nodePath(*source, anchor, 0, reader.context.frame);
      if (path) {
        result.emplace(*id, std::move(*path));
      } else {
        reader.flags.emplace_back(reason::kPosition);
      }
    }
  }
  return result;
}

const char* readIntersection(const DocNode& geometry, Reader& reader, base::UtcNs time) {
  const Intersection intersection = intersectionOf(geometry, reader.context);
  const DocNode* reference = geometry.child("refpoint");
  const DocNode* laneSet = geometry.child("laneset");
  if (intersection.entity.empty() || !reference || !laneSet) return reason::kMissingField;
  const auto anchor = v2x::position(*reference);
  if (!anchor) return reason::kPosition;
  const auto lanes = laneSet->elements();
  if (lanes.size() > kMaxLanes) return reason::kTooLarge;

  Emitter emit(reader.seen, {intersection.entity, "signal_controller", time, reader.context.provenance});
  model::DescriptionObservation& about = emit.describe();
  if (const DocNode* name = geometry.child("name")) about.name = {name->text, name->text};
  if (!intersection.known) about.position = cityPosition(*anchor, reader.context.frame);
  if (!intersection.known && !about.position) reader.flags.emplace_back(reason::kNoPlace);
  const auto revision = integerOf(geometry.child("revision"));
  if (revision) about.attributes.emplace_back("revision", static_cast<double>(*revision));
  about.attributes.emplace_back("lanes", static_cast<double>(lanes.size()));

  const auto paths = courses(lanes, *anchor, reader);
  for (const DocNode* lane : lanes) {
    const auto id = integerOf(lane->child("laneid"));
    const auto path = id ? paths.find(*id) : paths.end();
    if (path == paths.end()) continue;
    Emitter one(reader.seen, {intersection.entity + "/lane-" + std::to_string(*id), "v2x_lane", time,
                              reader.context.provenance});
    model::DescriptionObservation& described = one.describe();
    described.geometry = makeGeometry(model::Geometry::Shape::Lines, {path->second});
    described.position = path->second.front();  // at the stop line: J2735 lists nodes from there outwards
    addAttribute(described, "controller", intersection.entity);
    describeLane(*lane, geometry, described);
  }
  return nullptr;
}

}  // namespace

const char* readMap(Reader& reader) {
  const DocNode& body = *reader.message.body;
  const DocNode* list = body.child("intersections");
  if (!list) return reason::kMissingField;
  // MAP repeats every second what changes once a year. Its time is a minute (DE_MinuteOfTheYear), so that
  // the repetitions within a minute are duplicates.
  constexpr int64_t kMinute = 60 * base::kNsPerSecond;
  const auto stamped = v2x::minuteOfYear(integerOf(body.child("timestamp")), {}, reader.message.reference);
  const base::UtcNs reference = reader.message.reference;
  const base::UtcNs time = stamped.value_or(reference > kMinute ? reference - reference % kMinute : reference);
  const char* refused = reason::kMissingField;
  bool any = false;
  for (const DocNode* geometry : list->elements()) {
    if (const char* why = readIntersection(*geometry, reader, time)) {
      refused = why;
      if (any) reader.flags.emplace_back(why);
    } else {
      any = true;
    }
  }
  return any ? nullptr : refused;
}

}  // namespace feeds::j2735

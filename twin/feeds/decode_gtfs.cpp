// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_gtfs.h"

#include <algorithm>
#include <set>

#include "engine/base/hash.h"
#include "twin/feeds/area_shape.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr size_t kMaxThings = 100'000;
constexpr size_t kMaxCourses = 8;  // different shapes drawn per route

/// Routes may share shapes and trips come by the thousand: collects what each route needs in one pass.
struct RouteCourses {
  std::vector<std::set<std::string>> shapes;   // by route
  std::vector<const GtfsTrip*> longest;        // by route
  explicit RouteCourses(const GtfsIndex& index)
      : shapes(index.routes().size()), longest(index.routes().size(), nullptr) {
    for (const GtfsTrip& trip : index.trips()) {
      if (!trip.shape.empty() && shapes[trip.route].size() < kMaxCourses && index.shape(trip.shape))
        shapes[trip.route].insert(trip.shape);
      const GtfsTrip*& best = longest[trip.route];
      if (!best || trip.times.size() > best->times.size()) best = &trip;
    }
  }
};

void describeStop(const GtfsStop& stop, const std::string& feed, base::UtcNs time, const DecodeContext& context,
                  Decoded& out) {
  constexpr const char* kKinds[] = {"transit_stop", "transit_station", "transit_entrance"};
  const std::string entity = gtfsStopEntity(feed, stop.id);
  if (stop.locationType > 2 || !validId(entity)) return;
  Emitter emit(*out, {entity, kKinds[stop.locationType], time, context.provenance});
  model::DescriptionObservation& about = emit.describe();
  about.name = {stop.name, stop.name};
  if (stop.place) about.position = cityPosition(*stop.place, context.frame);
  if (!about.position) out.warnings.emplace_back(reason::kNoPlace);
  addAttribute(about, "stop_id", stop.id);
  addAttribute(about, "stop_code", stop.code);
  addAttribute(about, "feed", feed);
  if (!stop.parent.empty()) addAttribute(about, "station", gtfsStopEntity(feed, stop.parent));
}

void describeRoute(const GtfsIndex& index, size_t number, const RouteCourses& courses, const std::string& feed,
                   base::UtcNs time, const DecodeContext& context, Decoded& out) {
  const GtfsRoute& route = index.routes()[number];
  const std::string entity = gtfsRouteEntity(feed, route.id);
  if (!validId(entity)) return;
  std::vector<std::vector<glm::dvec3>> parts;
  const char* course = "shapes";
  for (const std::string& shape : courses.shapes[number])
    if (auto path = cityPath(*index.shape(shape), context.frame)) parts.push_back(std::move(*path));
  if (parts.empty() && courses.longest[number]) {
    course = "stops";
    std::vector<core::GeoPoint> stops;
    for (const GtfsStopTime& time_ : courses.longest[number]->times)
      if (index.stops()[time_.stop].place) stops.push_back(*index.stops()[time_.stop].place);
    if (auto path = cityPath(stops, context.frame)) parts.push_back(std::move(*path));
  }
  Emitter emit(*out, {entity, "route", time, context.provenance});
  model::DescriptionObservation& about = emit.describe();
  const std::string name = route.shortName.empty()  ? route.longName
                           : route.longName.empty() ? route.shortName
                                                    : route.shortName + " " + route.longName;
  about.name = {name, name};
  about.geometry = makeGeometry(model::Geometry::Shape::Lines, std::move(parts));
  if (!about.geometry) out.warnings.emplace_back(reason::kNoPlace);
  addAttribute(about, "route_id", route.id);
  addAttribute(about, "colour", route.colour);
  addAttribute(about, "course", course);
  addAttribute(about, "feed", feed);
  about.attributes.emplace_back("route_type", static_cast<double>(route.type));
  if (const GtfsAgency* agency = index.agency(route.agency)) addAttribute(about, "agency", agency->name);
}

std::string feedName(std::string_view topic) {
  const std::string_view level = topicLevel(topic, 1);
  return validId(level) ? std::string(level) : "gtfs";
}

}  // namespace

std::string gtfsStopEntity(std::string_view feed, std::string_view stop) {
  return std::string(feed) + "/stop/" + std::string(stop);
}
std::string gtfsRouteEntity(std::string_view feed, std::string_view route) {
  return std::string(feed) + "/route/" + std::string(route);
}

void learnGtfs(const RawMessage& message, GtfsRegistry& registry) {
  const std::string feed = feedName(message.topic);
  const uint64_t hash = base::hashBytes(message.bytes);
  if (registry.has(feed, hash)) return;
  if (auto index = GtfsIndex::read(message.bytes)) registry.set(feed, hash, *std::move(index));
}

Decoded decodeGtfs(const RawMessage& message, const DecodeContext& context) {
  const auto read = GtfsIndex::read(message.bytes);
  if (!read) return base::Error{read.error()};
  const GtfsIndex& index = **read;
  if (index.stops().size() + index.routes().size() > kMaxThings) return base::Error{reason::kTooLarge};
  const std::string feed = feedName(message.topic);
  Decoded out{model::Observations{}};
  for (const GtfsStop& stop : index.stops()) describeStop(stop, feed, message.received, context, out);
  const RouteCourses courses(index);
  for (size_t i = 0; i < index.routes().size(); ++i)
    describeRoute(index, i, courses, feed, message.received, context, out);
  for (const GtfsNotice& notice : index.notices()) out.warnings.push_back("gtfs_" + notice.code);
  return out;
}

}  // namespace feeds

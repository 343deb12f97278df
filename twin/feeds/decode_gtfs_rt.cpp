// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_gtfs_rt.h"

#include <google/protobuf/io/coded_stream.h>

#include <cmath>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/gtfs_rt_parts.h"
#include "twin/feeds/json_in.h"

namespace feeds {
namespace gtfs_rt {

namespace {
constexpr uint64_t kYear2200 = 7'258'118'400;
}

base::UtcNs moment(bool present, uint64_t seconds, base::UtcNs fallback) {
  if (!present || seconds == 0 || seconds >= kYear2200) return fallback;
  return static_cast<base::UtcNs>(seconds) * base::kNsPerSecond;
}

std::string tripEntity(const Feed& feed, std::string_view trip) {
  return feed.name + "/trip/" + std::string(trip);
}
std::string alertEntity(const Feed& feed, std::string_view id) {
  return feed.name + "/alert/" + std::string(id);
}

}  // namespace gtfs_rt

namespace {

using namespace gtfs_rt;

constexpr int kMaxRecursion = 32;
constexpr int kMaxEntities = 100'000;

bool parse(const std::string& bytes, rt::FeedMessage& feed) {
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const uint8_t*>(bytes.data()),
                                                static_cast<int>(bytes.size()));
  stream.SetRecursionLimit(kMaxRecursion);
  // The "partial" form leaves the check of required fields to us: the other writes a line to stderr for
  // every refused message.
  return feed.MergePartialFromCodedStream(&stream) && stream.ConsumedEntireMessage() && feed.IsInitialized();
}

std::string_view stopStatus(rt::VehiclePosition::VehicleStopStatus status) {
  if (status == rt::VehiclePosition::INCOMING_AT) return "incoming";
  return status == rt::VehiclePosition::STOPPED_AT ? "stopped" : "in_transit";
}

std::string_view congestion(rt::VehiclePosition::CongestionLevel level) {
  switch (level) {
    case rt::VehiclePosition::RUNNING_SMOOTHLY:
      return "smooth";
    case rt::VehiclePosition::STOP_AND_GO:
      return "stop_and_go";
    case rt::VehiclePosition::CONGESTION:
      return "congestion";
    case rt::VehiclePosition::SEVERE_CONGESTION:
      return "severe";
    default:
      return "unknown";
  }
}

std::string_view occupancy(rt::VehiclePosition::OccupancyStatus status) {
  constexpr std::string_view kNames[] = {"empty", "many_seats",    "few_seats", "standing",     "crushed",
                                         "full",  "not_accepting", "no_data",   "not_boardable"};
  return kNames[static_cast<size_t>(status)];
}

void addProperties(const rt::VehiclePosition& v, const std::string& id, base::UtcNs time, Feed& feed) {
  const auto add = [&](std::string_view name, model::Value value) {
    model::PropertyObservation& p = feed.seen.properties.emplace_back();
    p.entity = id;
    p.kind = feed.kind;
    p.property = name;
    p.value = std::move(value);
    p.eventTime = time;
    p.provenance = feed.provenance;
  };
  if (v.trip().has_route_id()) add("route", v.trip().route_id());
  if (v.trip().has_trip_id()) add("trip", v.trip().trip_id());
  if (v.vehicle().has_label()) add("label", v.vehicle().label());
  if (v.has_current_status()) add("stop_status", std::string(stopStatus(v.current_status())));
  if (v.has_stop_id()) {
    const bool there = v.current_status() == rt::VehiclePosition::STOPPED_AT;
    add(there ? "current_stop" : "next_stop", v.stop_id());
  }
  if (v.has_occupancy_percentage()) add("occupancy", static_cast<double>(v.occupancy_percentage()));
  if (v.has_occupancy_status()) add("occupancy_status", std::string(occupancy(v.occupancy_status())));
  if (v.has_congestion_level()) add("congestion", std::string(congestion(v.congestion_level())));
  if (v.has_position() && v.position().has_odometer() && std::isfinite(v.position().odometer())) {
    add("odometer", v.position().odometer());
  }
}

/// The reason when the vehicle is refused.
const char* readVehicle(const rt::FeedEntity& entity, Feed& feed) {
  const rt::VehiclePosition& v = entity.vehicle();
  const std::string& id = v.vehicle().id().empty() ? entity.id() : v.vehicle().id();
  if (!validId(id)) return reason::kWrongType;
  const base::UtcNs time = moment(v.has_timestamp(), v.timestamp(), feed.time);
  if (entity.is_deleted()) {
    feed.seen.departures.push_back({id, time});
    return nullptr;
  }
  if (v.has_position()) {
    const rt::Position& p = v.position();
    const auto position =
        cityPosition({p.longitude(), p.latitude(), feed.context.frame.elevation0()}, feed.context.frame);
    if (!position) return reason::kPosition;
    if (!std::isfinite(p.bearing()) || !std::isfinite(p.speed()) || std::abs(p.speed()) > 500)
      return reason::kNumber;
    model::PoseObservation& pose = feed.seen.poses.emplace_back();
    pose.entity = id;
    pose.kind = feed.kind;
    pose.position = *position;
    pose.heading = gridHeading(p.bearing(), feed.context.frame);
    pose.speed = p.speed();
    pose.eventTime = time;
    pose.provenance = feed.provenance;
  }
  addProperties(v, id, time, feed);
  return nullptr;
}

/// What the vehicles of a feed are when the topic names the feed instead: trains when all routes run on rails
/// (GTFS route_type 0 tram, 1 metro, 2 rail, 12 monorail).
std::string kindOfRoutes(const GtfsIndex& index) {
  for (const GtfsRoute& route : index.routes())
    if (route.type > 2 && route.type != 12) return "bus";
  return "train";
}

/// A deleted entity need not say what it was (DIFFERENTIAL): whatever bore its id goes.
const char* readDeleted(const rt::FeedEntity& entity, Feed& feed) {
  if (!validId(entity.id())) return reason::kWrongType;
  if (entity.has_vehicle()) return readVehicle(entity, feed);
  const auto depart = [&](std::string id) {
    if (validId(id)) feed.seen.departures.push_back({std::move(id), feed.time});
  };
  if (!entity.has_trip_update()) depart(alertEntity(feed, entity.id()));
  if (entity.has_alert()) return nullptr;
  const std::string& trip = entity.trip_update().trip().trip_id();
  depart(tripEntity(feed, trip.empty() ? entity.id() : trip));
  if (!entity.has_trip_update()) depart(entity.id());
  return nullptr;
}

const char* readEntity(const rt::FeedEntity& entity, Feed& feed) {
  if (entity.is_deleted()) return readDeleted(entity, feed);
  // One entity may say several things about the same trip.
  const char* refused = nullptr;
  if (entity.has_vehicle()) refused = readVehicle(entity, feed);
  if (entity.has_trip_update())
    if (const char* why = readTripUpdate(entity, feed)) refused = why;
  if (entity.has_alert())
    if (const char* why = readAlert(entity, feed)) refused = why;
  return refused;
}

}  // namespace

Decoded decodeGtfsRt(const RawMessage& message, const DecodeContext& context) {
  rt::FeedMessage proto;
  if (!parse(message.bytes, proto)) return base::Error{reason::kProtobuf};
  if (proto.entity_size() > kMaxEntities) return base::Error{reason::kTooLarge};
  // gtfs-rt/<kind>/vehicle_positions, or without a kind: buses
  const bool hasKind = !topicLevel(message.topic, 2).empty() && validId(topicLevel(message.topic, 1));
  Feed feed{.context = context, .kind = hasKind ? std::string(topicLevel(message.topic, 1)) : "bus"};
  feed.provenance = context.provenance;
  const auto scheduled = context.gtfs ? context.gtfs->find(topicLevel(message.topic, 1)) : GtfsRegistry::Entry{};
  if (scheduled.index) feed.index = scheduled.index.get(), feed.name = scheduled.name;
  if (scheduled.index && hasKind && feed.name == feed.kind) feed.kind = kindOfRoutes(*feed.index);
  feed.differential = proto.header().incrementality() == rt::FeedHeader::DIFFERENTIAL;
  if (proto.header().feed_version() == "sim") feed.provenance = model::Provenance::Simulated;
  feed.time = moment(proto.header().has_timestamp(), proto.header().timestamp(), message.received);

  const char* refused = nullptr;
  int accepted = 0;
  for (const rt::FeedEntity& entity : proto.entity()) {
    if (const char* why = readEntity(entity, feed)) {
      refused = why;
    } else {
      ++accepted;
    }
  }
  std::vector<std::string> broken = check(proto, feed.index, message.received);
  if (refused && accepted == 0) {
    Decoded nothing(base::Error{refused});
    nothing.warnings = std::move(broken);
    return nothing;
  }
  if (!feed.differential) readStopBoards(proto, feed);
  Decoded decoded(std::move(feed.seen));
  decoded.warnings = std::move(broken);
  // One bad vehicle does not take the others of its agency down; it is flagged by its reason.
  if (refused) decoded.warnings.emplace_back(refused);
  return decoded;
}

}  // namespace feeds

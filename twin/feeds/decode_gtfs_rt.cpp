// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_gtfs_rt.h"

#include <google/protobuf/io/coded_stream.h>

#include <cmath>

#include "engine/base/hash.h"
#include "twin/feeds/json_in.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include "gtfs-realtime.pb.h"
#pragma GCC diagnostic pop

namespace feeds {
namespace {

namespace rt = transit_realtime;

constexpr int kMaxRecursion = 32;
constexpr int kMaxEntities = 100'000;
constexpr uint64_t kYear2200 = 7'258'118'400;

/// What all entities of one message share.
struct Feed {
  const DecodeContext& context;
  std::string kind;
  base::UtcNs time = 0;  ///< of the header, for entities without their own
  model::Provenance provenance = model::Provenance::Measured;
  model::Observations seen;
};

bool parse(const std::string& bytes, rt::FeedMessage& feed) {
  google::protobuf::io::CodedInputStream stream(reinterpret_cast<const uint8_t*>(bytes.data()),
                                                static_cast<int>(bytes.size()));
  stream.SetRecursionLimit(kMaxRecursion);
  // The "partial" form leaves the check of required fields to us: the other writes a line to stderr for
  // every refused message.
  return feed.MergePartialFromCodedStream(&stream) && stream.ConsumedEntireMessage() && feed.IsInitialized();
}

/// POSIX seconds as a moment; `fallback` for absent or absurd ones.
base::UtcNs moment(bool present, uint64_t seconds, base::UtcNs fallback) {
  if (!present || seconds == 0 || seconds >= kYear2200) return fallback;
  return static_cast<base::UtcNs>(seconds) * base::kNsPerSecond;
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

/// A trip's delay as a note. The id holds the delay, so only a change is a new event.
const char* readTripUpdate(const rt::FeedEntity& entity, Feed& feed) {
  const rt::TripUpdate& update = entity.trip_update();
  int delay = update.delay();
  if (!update.has_delay() && update.stop_time_update_size() > 0) {
    const auto& next = update.stop_time_update(0);
    delay = next.has_arrival() ? next.arrival().delay() : next.departure().delay();
  }
  const std::string& trip = update.trip().trip_id().empty() ? entity.id() : update.trip().trip_id();
  if (!validId(trip)) return reason::kWrongType;
  model::EventObservation& event = feed.seen.events.emplace_back();
  event.id = "trip/" + trip + '/' + std::to_string(delay);
  event.type = "gtfs.trip_update";
  if (validId(update.vehicle().id())) event.entity = update.vehicle().id();
  event.eventTime = moment(update.has_timestamp(), update.timestamp(), feed.time);
  event.severity = delay >= 300 ? 1 : 0;
  event.details = {{"trip", trip},
                   {"delay", std::to_string(delay)},
                   {"stops", std::to_string(update.stop_time_update_size())}};
  if (update.trip().has_route_id()) event.details.emplace_back("route", update.trip().route_id());
  event.provenance =
      feed.provenance == model::Provenance::Measured ? model::Provenance::Predicted : feed.provenance;
  return nullptr;
}

std::string firstText(const rt::TranslatedString& text) {
  return text.translation_size() > 0 ? text.translation(0).text() : std::string();
}

const char* readAlert(const rt::FeedEntity& entity, Feed& feed) {
  const rt::Alert& alert = entity.alert();
  if (!validId(entity.id())) return reason::kWrongType;
  const std::string header = firstText(alert.header_text()),
                    description = firstText(alert.description_text());
  model::EventObservation& event = feed.seen.events.emplace_back();
  // A changed text is a new event; the same alert in the next poll is a duplicate.
  event.id = "alert/" + entity.id() + '/' + std::to_string(base::hashBytes(header + '\n' + description));
  event.type = "gtfs.alert";
  event.eventTime = feed.time;
  event.severity = alert.severity_level() == rt::Alert::SEVERE    ? 3
                   : alert.severity_level() == rt::Alert::WARNING ? 2
                                                                  : 1;
  event.details = {{"header", header}, {"description", description}};
  event.provenance = feed.provenance;
  return nullptr;
}

const char* readEntity(const rt::FeedEntity& entity, Feed& feed) {
  if (entity.has_vehicle()) return readVehicle(entity, feed);
  if (entity.is_deleted()) return nullptr;
  if (entity.has_trip_update()) return readTripUpdate(entity, feed);
  return entity.has_alert() ? readAlert(entity, feed) : nullptr;
}

}  // namespace

Decoded decodeGtfsRt(const RawMessage& message, const DecodeContext& context) {
  rt::FeedMessage proto;
  if (!parse(message.bytes, proto)) return base::Error{reason::kProtobuf};
  if (proto.entity_size() > kMaxEntities) return base::Error{reason::kTooLarge};
  // gtfs-rt/<kind>/vehicle_positions, or without a kind: buses
  const bool hasKind = !topicLevel(message.topic, 2).empty() && validId(topicLevel(message.topic, 1));
  Feed feed{context, hasKind ? std::string(topicLevel(message.topic, 1)) : "bus", 0, context.provenance, {}};
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
  if (refused && accepted == 0) return base::Error{refused};
  Decoded decoded(std::move(feed.seen));
  // One bad vehicle does not take the others of its agency down; it is flagged by its reason.
  if (refused) decoded.warnings.emplace_back(refused);
  return decoded;
}

}  // namespace feeds

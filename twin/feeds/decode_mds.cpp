// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_mds.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "twin/feeds/flatten.h"
#include "twin/feeds/sensorthings_in.h"

namespace feeds {
namespace {

using json::element;
using json::object;
using simdjson::dom::array;

constexpr size_t kMostRows = 100'000;

std::string textOf(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  return value ? std::string(json::text(*value).value_or("")) : std::string();
}

std::optional<object> child(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  object result;
  if (!value || value->get(result)) return std::nullopt;
  return result;
}

std::optional<base::UtcNs> timeOf(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  return value && value->is_number() ? json::time(*value) : std::nullopt;
}

/// The catalogue's kind for vehicle_type (2.0 section "Vehicle Types"; 1.x the same words).
const char* kindOf(const std::string& type) {
  constexpr std::array<std::pair<std::string_view, const char*>, 11> kKinds{{{"bicycle", "bicycle"},
                                                                            {"cargo_bicycle", "bicycle"},
                                                                            {"scooter_standing", "scooter"},
                                                                            {"scooter_seated", "scooter"},
                                                                            {"scooter", "scooter"},
                                                                            {"moped", "motorcycle"},
                                                                            {"motorcycle", "motorcycle"},
                                                                            {"bus", "bus"},
                                                                            {"delivery_robot", "delivery_robot"},
                                                                            {"truck", "truck"},
                                                                            {"car", "car"}}};
  const auto at = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& k) { return k.first == type; });
  return at == kKinds.end() ? "" : at->second;
}

struct Reader {
  std::string provider;
  const RawMessage& message;
  const DecodeContext& context;
  model::Observations seen;

  struct Vehicle {
    std::string entity, kind;
  };
  std::optional<Vehicle> vehicleOf(const object& row) const {
    const std::string id = textOf(row, "device_id");
    if (!validId(id)) return std::nullopt;
    return Vehicle{provider + "/" + id, kindOf(textOf(row, "vehicle_type"))};
  }
  void value(const Vehicle& vehicle, std::string property, model::Value what, base::UtcNs when, const char* unit = "") {
    seen.properties.push_back({vehicle.entity, vehicle.kind, std::move(property), std::move(what), unit, when, context.provenance, false});
  }

  /// "location" of 2.0 {"lat","lng","heading","speed"} or a GeoJSON Feature of 1.x.
  const char* locate(const object& holder, std::string_view key, const Vehicle& vehicle, base::UtcNs when) {
    const auto location = child(holder, key);
    if (!location) return reason::kMissingField;
    object source(*location);
    std::optional<double> lat, lng;
    if (const auto geometry = child(*location, "geometry")) {
      array pair;
      if (geometry->at_key("coordinates").get(pair) || pair.size() < 2) return reason::kWrongType;
      lng = json::number(pair.at(0).value_unsafe());
      lat = json::number(pair.at(1).value_unsafe());
      if (const auto properties = child(*location, "properties")) source = *properties;
    } else {
      const auto a = json::member(*location, "lat"), b = json::member(*location, "lng");
      if (a) lat = json::number(*a);
      if (b) lng = json::number(*b);
    }
    if (!lat || !lng) return reason::kMissingField;
    const auto position = cityPosition({*lng, *lat, context.frame.elevation0()}, context.frame);
    if (!position) return reason::kPosition;
    model::PoseObservation& pose = seen.poses.emplace_back();
    pose.entity = vehicle.entity;
    pose.kind = vehicle.kind.empty() ? "scooter" : vehicle.kind;
    pose.position = *position;
    pose.eventTime = when;
    pose.provenance = context.provenance;
    const auto heading = json::member(source, "heading"), speed = json::member(source, "speed");
    const double degrees = heading ? json::number(*heading).value_or(0) : 0;
    if (std::abs(degrees) <= 720) pose.heading = gridHeading(degrees, context.frame);
    pose.speed = std::clamp(speed ? json::number(*speed).value_or(0) : 0.0, 0.0, 200.0);
    return nullptr;
  }

  void battery(const object& row, const Vehicle& vehicle, base::UtcNs when) {
    if (const auto percent = json::member(row, "battery_percent"))
      if (const auto n = json::number(*percent)) value(vehicle, "battery", *n, when, "%");
    if (const auto share = json::member(row, "battery_pct"))
      if (const auto n = json::number(*share)) value(vehicle, "battery", *n, when, "1");
  }

  const char* vehicle(const object& row) {
    const auto who = vehicleOf(row);
    if (!who) return reason::kMissingField;
    if (const auto event = child(row, "last_event")) return status(row, *event, *who);
    if (child(row, "current_location") || child(row, "last_known_location")) return vehicle1(row, *who);
    // 2.0 /vehicles: what a vehicle is, without a place.
    model::DescriptionObservation& described = seen.descriptions.emplace_back();
    described.entity = who->entity;
    described.kind = who->kind;
    const std::string label = textOf(row, "vehicle_id");
    described.name = {label, label};
    described.eventTime = message.received;
    described.provenance = context.provenance;
    for (const char* key : {"vehicle_type", "propulsion_types", "mfgr", "model", "maximum_speed"})
      if (const auto fact = json::member(row, key)) flatten(*fact, key, described.attributes);
    return nullptr;
  }

  /// 2.0 /vehicles/status: the last event and the last telemetry.
  const char* status(const object& row, const object& event, const Vehicle& who) {
    const auto when = timeOf(event, "timestamp");
    if (!when) return reason::kTime;
    const std::string state = textOf(event, "vehicle_state");
    if (!state.empty()) value(who, "status", state, *when);
    const auto telemetry = child(row, "last_telemetry");
    const auto spoken = telemetry ? timeOf(*telemetry, "timestamp") : std::nullopt;
    if (spoken && *spoken >= *when) {
      battery(*telemetry, who, *spoken);
      return locate(*telemetry, "location", who, *spoken);
    }
    return locate(event, "location", who, *when);
  }

  /// 1.x /vehicles: last_event_time, last_vehicle_state, current_location.
  const char* vehicle1(const object& row, const Vehicle& who) {
    const auto when = timeOf(row, "last_event_time");
    if (!when) return reason::kTime;
    const std::string state = textOf(row, "last_vehicle_state");
    if (!state.empty()) value(who, "status", state, *when);
    battery(row, who, *when);
    return locate(row, child(row, "current_location") ? "current_location" : "last_known_location", who, *when);
  }

  const char* event(const object& row) {
    const auto who = vehicleOf(row);
    if (!who) return reason::kMissingField;
    auto when = timeOf(row, "timestamp");
    if (!when) when = timeOf(row, "event_time");
    if (!when) return reason::kTime;
    NamedValues types;
    if (const auto list = json::member(row, "event_types")) flatten(*list, "event_types", types);
    const std::string* word = types.empty() ? nullptr : std::get_if<std::string>(&types.front().second);
    const std::string state = textOf(row, "vehicle_state");
    model::EventObservation happened;
    happened.id = textOf(row, "event_id");
    if (!validId(happened.id)) happened.id = who->entity + "@" + std::to_string(*when);
    happened.type = "mds." + (word && validId(*word) && !word->empty() ? *word : std::string("event"));
    happened.entity = who->entity;
    happened.eventTime = *when;
    happened.provenance = context.provenance;
    if (!state.empty()) happened.details.emplace_back("vehicle_state", state);
    const bool gone = state == "removed" || state == "missing" || state == "non_contactable";
    const char* const key = child(row, "location") ? "location" : "event_location";
    if (!gone && child(row, key)) {
      if (const char* wrong = locate(row, key, *who, *when)) return wrong;
      happened.position = seen.poses.back().position;
    }
    if (state == "removed") seen.departures.push_back({who->entity, *when});
    if (!state.empty() && state != "removed") value(*who, "status", state, *when);
    seen.events.push_back(std::move(happened));
    return nullptr;
  }

  const char* telemetry(const object& row) {
    const auto who = vehicleOf(row);
    if (!who) return reason::kMissingField;
    const auto when = timeOf(row, "timestamp");
    if (!when) return reason::kTime;
    battery(row, *who, *when);
    return locate(row, "location", *who, *when);
  }

  const char* trip(const object& row) {
    const auto who = vehicleOf(row);
    if (!who) return reason::kMissingField;
    const auto end = timeOf(row, "end_time");
    if (!end) return reason::kTime;
    const auto route = child(row, "route");  // 1.x: a FeatureCollection of points with timestamps
    array points;
    if (route && !route->at_key("features").get(points)) {
      for (const element item : points) {
        object holder;
        if (item.get(holder)) return reason::kWrongType;
        const auto properties = child(holder, "properties");
        const auto when = properties ? timeOf(*properties, "timestamp") : std::nullopt;
        if (!when) return reason::kTime;
        if (const char* wrong = locateFeature(holder, *who, *when)) return wrong;
      }
    }
    model::EventObservation happened;
    happened.id = textOf(row, "trip_id");
    if (!validId(happened.id)) return reason::kMissingField;
    happened.type = "mds.trip";
    happened.entity = who->entity;
    happened.eventTime = *end;
    happened.provenance = context.provenance;
    for (const char* key : {"duration", "trip_duration", "distance", "trip_distance"})
      if (const auto fact = json::member(row, key)) happened.details.emplace_back(key, json::asText(*fact));
    seen.events.push_back(std::move(happened));
    return nullptr;
  }

  const char* locateFeature(const object& feature, const Vehicle& who, base::UtcNs when) {
    const auto geometry = child(feature, "geometry");
    array pair;
    if (!geometry || geometry->at_key("coordinates").get(pair) || pair.size() < 2) return reason::kWrongType;
    const auto lng = json::number(pair.at(0).value_unsafe()), lat = json::number(pair.at(1).value_unsafe());
    if (!lng || !lat) return reason::kNumber;
    const auto position = cityPosition({*lng, *lat, context.frame.elevation0()}, context.frame);
    if (!position) return reason::kPosition;
    model::PoseObservation& pose = seen.poses.emplace_back();
    pose.entity = who.entity;
    pose.kind = who.kind.empty() ? "scooter" : who.kind;
    pose.position = *position;
    pose.eventTime = when;
    pose.provenance = context.provenance;
    return nullptr;
  }
};

struct List {
  std::string_view file;  // topic
  std::string_view member;
  const char* (Reader::*read)(const object&);
};
constexpr List kLists[] = {{"vehicles", "vehicles", &Reader::vehicle},
                           {"vehicles_status", "vehicles_status", &Reader::vehicle},
                           {"events", "events", &Reader::event},
                           {"status_changes", "status_changes", &Reader::event},
                           {"telemetry", "telemetry", &Reader::telemetry},
                           {"trips", "trips", &Reader::trip}};

}  // namespace

Decoded decodeMds(const RawMessage& message, const DecodeContext& context) {
  const std::string provider(topicLevel(message.topic, 1));
  const std::string_view file = topicLevel(message.topic, 2);
  const auto list = std::find_if(std::begin(kLists), std::end(kLists), [&](const List& l) { return l.file == file; });
  if (list == std::end(kLists) || !validId(provider)) return base::Error{reason::kTopic};
  const auto root = json::parse(message.bytes, json::kLarge);
  if (!root) return base::Error{root.error()};
  object page;
  array rows;
  if (root->get(rows)) {  // an agency is sent bare lists
    if (root->get(page)) return base::Error{reason::kWrongType};
    const auto data = child(page, "data");  // 1.x
    if (page.at_key(list->member).get(rows) && (!data || data->at_key(list->member).get(rows)))
      return base::Error{reason::kMissingField};
  }
  if (rows.size() > kMostRows) return base::Error{reason::kTooLarge};
  Reader reader{provider, message, context, {}};
  sta::Refusals refusals;
  for (const element item : rows) {
    object row;
    refusals.note(item.get(row) ? reason::kWrongType : (reader.*list->read)(row));
  }
  const auto links = root->is_object() ? child(page, "links") : std::nullopt;
  const bool whole = !links || (textOf(*links, "next").empty() && textOf(*links, "prev").empty());
  const bool listsPlaces = list->member == "vehicles_status" || (list->member == "vehicles" && !reader.seen.poses.empty());
  const auto updated = root->is_object() ? timeOf(page, "last_updated") : std::nullopt;
  if (whole && listsPlaces && root->is_object())
    reader.seen.census = model::Census{provider, updated.value_or(message.received)};
  return refusals.settle(std::move(reader.seen));
}

}  // namespace feeds

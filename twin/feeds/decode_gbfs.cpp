// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_gbfs.h"

#include <cmath>

#include "twin/feeds/sensorthings_in.h"

namespace feeds {
namespace {

using json::element;
using json::object;
using simdjson::dom::array;

constexpr size_t kMostThings = 100'000;

/// Timestamp: POSIX seconds (2.x) or RFC 3339 text (3.0).
std::optional<base::UtcNs> timeOf(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  if (!value) return std::nullopt;
  if (const auto text = json::text(*value)) return json::instantOrEnd(*text);
  const auto seconds = json::number(*value);
  if (!seconds || !(*seconds > 0 && *seconds < 7'258'118'400.0)) return std::nullopt;
  return static_cast<base::UtcNs>(std::llround(*seconds)) * base::kNsPerSecond;
}

std::string textOf(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  return value ? std::string(json::text(*value).value_or("")) : std::string();
}

/// 2.x: a text; 3.0: [{"text":..., "language":"ko"}].
core::BilingualText nameOf(const object& station) {
  const auto value = json::member(station, "name");
  if (!value) return {};
  if (const auto text = json::text(*value)) return {std::string(*text), std::string(*text)};
  core::BilingualText name;
  array list;
  if (value->get(list)) return {};
  for (const element item : list) {
    object one;
    if (item.get(one)) continue;
    const std::string language = textOf(one, "language"), text = textOf(one, "text");
    if (language.starts_with("ko") || name.ko.empty()) name.ko = text;
    if (language.starts_with("en") || name.en.empty()) name.en = text;
  }
  return name;
}

std::optional<model::Value> flag(const object& from, std::string_view key) {
  const auto value = json::member(from, key);
  if (!value) return std::nullopt;
  bool yes;
  if (!value->get(yes)) return model::Value{yes};
  if (const auto number = json::number(*value)) return model::Value{*number != 0};  // 1.x wrote 0 and 1
  return std::nullopt;
}

struct Reader {
  std::string system;
  base::UtcNs updated;
  const DecodeContext& context;
  model::Observations seen;

  void value(const std::string& entity, const char* kind, const char* property, model::Value what,
             base::UtcNs when, const char* unit = "") {
    seen.properties.push_back({entity, kind, property, std::move(what), unit, when, context.provenance, false});
  }
  void number(const object& from, std::string_view key, const std::string& entity, const char* kind,
              const char* property, base::UtcNs when, const char* unit = "") {
    const auto found = json::member(from, key);
    if (const auto n = found ? json::number(*found) : std::nullopt) value(entity, kind, property, *n, when, unit);
  }
  base::Result<glm::dvec3> place(const object& from) const {
    const auto found = json::place(from, context.frame);
    if (!found) return base::Error{found.error()};
    return found->position;
  }

  const char* stationInformation(const object& station) {
    const std::string id = textOf(station, "station_id");
    if (!validId(id)) return reason::kMissingField;
    const auto where = place(station);
    if (!where) return where.error() == reason::kPosition ? reason::kPosition : reason::kMissingField;
    model::DescriptionObservation& described = seen.descriptions.emplace_back();
    described.entity = system + "/station/" + id;
    described.kind = "bike_station";
    described.name = nameOf(station);
    described.position = *where;
    described.eventTime = updated;
    described.provenance = context.provenance;
    for (const char* key : {"capacity", "short_name", "address", "region_id", "is_virtual_station"})
      if (const auto fact = json::member(station, key))
        if (auto scalar = json::scalar(*fact)) described.attributes.emplace_back(key, *std::move(scalar));
    return nullptr;
  }

  const char* stationStatus(const object& station) {
    const std::string id = textOf(station, "station_id");
    if (!validId(id)) return reason::kMissingField;
    const std::string entity = system + "/station/" + id;
    const base::UtcNs when = timeOf(station, "last_reported").value_or(updated);
    const char* const kind = "bike_station";
    number(station, json::member(station, "num_vehicles_available") ? "num_vehicles_available" : "num_bikes_available",
           entity, kind, "vehicles_available", when);
    number(station, "num_ebikes_available", entity, kind, "ebikes_available", when);
    number(station, json::member(station, "num_vehicles_disabled") ? "num_vehicles_disabled" : "num_bikes_disabled",
           entity, kind, "vehicles_disabled", when);
    number(station, "num_docks_available", entity, kind, "docks_available", when);
    number(station, "num_docks_disabled", entity, kind, "docks_disabled", when);
    for (const char* key : {"is_renting", "is_returning", "is_installed"})
      if (auto yes = flag(station, key)) value(entity, kind, key, *std::move(yes), when);
    return nullptr;
  }

  const char* vehicle(const object& bike) {
    std::string id = textOf(bike, "vehicle_id");
    if (id.empty()) id = textOf(bike, "bike_id");
    if (!validId(id)) return reason::kMissingField;
    if (!json::member(bike, "lat") && json::member(bike, "station_id")) return nullptr;  // stands in a dock
    const auto where = place(bike);
    if (!where) return where.error() == reason::kPosition ? reason::kPosition : reason::kMissingField;
    const std::string type = textOf(bike, "type") + textOf(bike, "vehicle_type_id");
    const char* const kind = type.find("scooter") != std::string::npos ? "scooter" : "bicycle";
    const std::string entity = system + "/vehicle/" + id;
    // The list says where the vehicle is as of last_updated; last_reported is when the vehicle itself spoke.
    model::PoseObservation& pose = seen.poses.emplace_back();
    pose.entity = entity;
    pose.kind = kind;
    pose.position = *where;
    pose.eventTime = updated;
    pose.provenance = context.provenance;
    for (const char* key : {"is_reserved", "is_disabled"})
      if (auto yes = flag(bike, key)) value(entity, kind, key, *std::move(yes), updated);
    number(bike, "current_fuel_percent", entity, kind, "battery", updated, "1");
    number(bike, "current_range_meters", entity, kind, "range", updated, "m");
    if (!type.empty()) value(entity, kind, "vehicle_type", type, updated);
    return nullptr;
  }
};

}  // namespace

Decoded decodeGbfs(const RawMessage& message, const DecodeContext& context) {
  const std::string system(topicLevel(message.topic, 1));
  const std::string_view file = topicLevel(message.topic, 2);
  if (!validId(system)) return base::Error{reason::kTopic};
  const auto root = json::parse(message.bytes, json::kLarge);
  if (!root) return base::Error{root.error()};
  object page, data;
  const bool shaped = !root->get(page) && !page.at_key("data").get(data);
  if (!shaped) return base::Error{reason::kMissingField};
  const auto updated = timeOf(page, "last_updated");
  if (!updated) return base::Error{reason::kTime};
  Reader reader{system, *updated, context, {}};

  const bool stations = file == "station_information", status = file == "station_status";
  const bool vehicles = file == "free_bike_status" || file == "vehicle_status";
  if (!stations && !status && !vehicles) return std::move(reader.seen);
  array list;
  if (data.at_key(vehicles ? "vehicles" : "stations").get(list) && (!vehicles || data.at_key("bikes").get(list)))
    return base::Error{reason::kMissingField};
  if (list.size() > kMostThings) return base::Error{reason::kTooLarge};
  sta::Refusals refusals;
  for (const element item : list) {
    object one;
    if (item.get(one)) {
      refusals.note(reason::kWrongType);
    } else {
      refusals.note(stations ? reader.stationInformation(one) : status ? reader.stationStatus(one) : reader.vehicle(one));
    }
  }
  if (!status) reader.seen.census = model::Census{system + (stations ? "/station" : "/vehicle"), *updated};
  return refusals.settle(std::move(reader.seen));
}

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/sensorthings_in.h"

#include <algorithm>
#include <array>

namespace feeds::sta {
namespace {

constexpr size_t kMaxMembers = 256;
constexpr size_t kMaxEntities = 100'000;
constexpr size_t kMaxFlags = 1000;

/// phenomenonTime, else resultTime, else the arrival (the standard lets the server fill it in).
std::optional<base::UtcNs> eventTime(const json::object& root, base::UtcNs received) {
  for (const std::string_view key : {"phenomenonTime", "resultTime"}) {
    const auto value = json::member(root, key);
    if (!value) continue;
    const auto text = json::text(*value);
    return text ? json::instantOrEnd(*text) : std::nullopt;
  }
  return received;
}

/// resultQuality is free text or a DQ_Element; only a plain bad word marks the value.
bool saysBad(const json::object& root) {
  const auto quality = json::member(root, "resultQuality");
  const auto text = quality ? json::text(*quality) : std::nullopt;
  if (!text) return false;
  std::string lower(*text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 5> kBad{"bad", "invalid", "error", "fault", "suspect"};
  return std::find(kBad.begin(), kBad.end(), lower) != kBad.end();
}

/// parameters.provenance = "simulated", as encode_sensorthings.h writes it.
bool saysSimulated(const json::object& root) {
  const auto parameters = json::member(root, "parameters");
  json::object members;
  if (!parameters || parameters->get(members)) return false;
  const auto provenance = json::member(members, "provenance");
  return provenance && json::text(*provenance) == std::string_view("simulated");
}

}  // namespace

std::optional<Topic> parseTopic(std::string_view topic) {
  const size_t slash = topic.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Topic result;
  std::string_view rest = topic.substr(slash + 1);
  if (topic.starts_with("sensorthings/")) {
    const size_t end = rest.find('/');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    result.server = rest.substr(0, end);
    rest.remove_prefix(end + 1);
  }
  std::string_view level = rest;
  const size_t close = rest.find(")/");  // an id may hold slashes
  if (close != std::string_view::npos) {
    level = rest.substr(0, close + 1);
    result.sub = rest.substr(close + 2);
  }
  const size_t open = level.find('(');
  result.collection = level.substr(0, open);
  if (open == std::string_view::npos) return result;
  if (!level.ends_with(')')) return std::nullopt;
  result.id = level.substr(open + 1, level.size() - open - 2);
  if (result.id.size() >= 2 && result.id.front() == '\'' && result.id.back() == '\'')
    result.id = result.id.substr(1, result.id.size() - 2);
  return validId(result.id) ? std::optional(result) : std::nullopt;
}

std::optional<std::string> idOf(const json::object& entity) {
  auto id = json::member(entity, "@iot.id");
  if (!id) id = json::member(entity, "id");
  if (!id) return std::nullopt;
  int64_t number;
  if (!id->get(number)) return std::to_string(number);
  const auto text = json::text(*id);
  if (!text || !validId(*text)) return std::nullopt;
  return std::string(*text);
}

base::Result<std::vector<json::object>> entitiesOf(std::string_view bytes) {
  const auto root = json::parse(bytes, json::kLarge);
  if (!root) return base::Error{root.error()};
  std::vector<json::object> entities;
  simdjson::dom::array list;
  json::object object;
  if (!root->get(object)) {
    if (object.at_key("value").get(list)) return std::vector{object};
  } else if (root->get(list)) {
    return base::Error{reason::kWrongType};
  }
  for (const json::element item : list) {
    if (item.get(object)) return base::Error{reason::kWrongType};
    if (entities.size() >= kMaxEntities) return base::Error{reason::kTooLarge};
    entities.push_back(object);
  }
  return entities;
}

std::string entityName(std::string_view server, std::string_view collection, std::string_view id) {
  std::string name(server.empty() ? std::string_view("sensorthings") : server);
  return name.append("/").append(collection).append("(").append(id).append(")");
}

const char* addObservation(const json::object& observation, const DatastreamRegistry::Target& target,
                           const RawMessage& message, const DecodeContext& context,
                           model::Observations& seen) {
  const auto time = eventTime(observation, message.received);
  if (!time) return reason::kTime;
  json::element result;
  if (observation.at_key("result").get(result)) return reason::kMissingField;
  model::PropertyObservation base;
  base.entity = target.entity;
  base.kind = target.kind;
  base.unit = target.unit;
  base.eventTime = *time;
  base.provenance = saysSimulated(observation) ? model::Provenance::Simulated : context.provenance;
  base.bad = saysBad(observation);

  const size_t before = seen.properties.size();
  const auto add = [&](std::string_view property, const json::element& value) {
    auto scalar = json::scalar(value);
    if (!scalar) return false;
    model::PropertyObservation& row = seen.properties.emplace_back(base);
    row.property = property;
    row.value = *std::move(scalar);
    return true;
  };
  json::object members;
  if (result.get(members)) return add(target.property, result) ? nullptr : reason::kWrongType;
  if (members.size() > kMaxMembers) return reason::kTooLarge;
  for (const auto& [key, value] : members) {
    if (validId(key) && add(key, value)) continue;
    seen.properties.resize(before);
    return reason::kWrongType;
  }
  return nullptr;
}

Decoded Refusals::settle(model::Observations&& seen) const {
  if (good_ == 0 && !why_.empty()) return base::Error{why_.front()};
  Decoded result(std::move(seen));
  for (size_t i = 0; i < std::min(why_.size(), kMaxFlags); ++i) result.warnings.emplace_back(why_[i]);
  return result;
}

}  // namespace feeds::sta

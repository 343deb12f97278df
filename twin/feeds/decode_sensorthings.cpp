// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_sensorthings.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "twin/core/time.h"
#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr size_t kMaxMembers = 256;

std::optional<int64_t> wholeNumber(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// From "v1.1/Datastreams(42)/Observations", or of the link inside the message.
std::optional<int64_t> datastreamOf(std::string_view topic, const json::object& root) {
  constexpr std::string_view kOpen = "Datastreams(";
  const std::string_view level = topicLevel(topic, 1);
  if (level.starts_with(kOpen) && level.ends_with(')')) {
    return wholeNumber(level.substr(kOpen.size(), level.size() - kOpen.size() - 1));
  }
  const auto link = json::member(root, "Datastream");
  json::object datastream;
  if (!link || link->get(datastream)) return std::nullopt;
  auto id = json::member(datastream, "@iot.id");
  if (!id) id = json::member(datastream, "id");
  int64_t number;
  if (!id || id->get(number)) return std::nullopt;
  return number;
}

/// An instant, or the end of an interval "from/to" (OGC 18-088 8.2.8: TM_Object).
std::optional<base::UtcNs> instantOrEnd(const json::element& value) {
  const auto text = json::text(value);
  if (!text) return std::nullopt;  // the standard knows text only
  const size_t slash = text->find('/');
  if (slash == std::string_view::npos) return json::time(value);
  const auto from = core::parseIso8601(text->substr(0, slash)),
             to = core::parseIso8601(text->substr(slash + 1));
  if (!from || !to || *to < *from || *to <= 0) return std::nullopt;
  return *to;
}

/// phenomenonTime, else resultTime, else the arrival (the standard lets the server fill it in).
std::optional<base::UtcNs> eventTime(const json::object& root, base::UtcNs received) {
  for (const std::string_view key : {"phenomenonTime", "resultTime"})
    if (const auto value = json::member(root, key)) return instantOrEnd(*value);
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

Decoded decodeSensorThings(const RawMessage& message, const DecodeContext& context) {
  const auto root = json::parseObject(message.bytes);
  if (!root) return base::Error{root.error()};
  const auto number = datastreamOf(message.topic, *root);
  const DatastreamRegistry::Target* target = number ? context.datastreams.find(*number) : nullptr;
  if (!target) return base::Error{reason::kUnknownDatastream};
  const auto time = eventTime(*root, message.received);
  if (!time) return base::Error{reason::kTime};

  json::element result;
  if (root->at_key("result").get(result)) return base::Error{reason::kMissingField};
  model::PropertyObservation base;
  base.entity = target->entity;
  base.kind = target->kind;
  base.unit = target->unit;
  base.eventTime = *time;
  base.provenance = saysSimulated(*root) ? model::Provenance::Simulated : context.provenance;
  base.bad = saysBad(*root);

  model::Observations seen;
  const auto add = [&](std::string_view property, const json::element& value) {
    auto scalar = json::scalar(value);
    if (!scalar) return false;
    model::PropertyObservation& observation = seen.properties.emplace_back(base);
    observation.property = property;
    observation.value = *std::move(scalar);
    return true;
  };
  json::object members;
  if (result.get(members)) {
    if (!add(target->property, result)) return base::Error{reason::kWrongType};
    return seen;
  }
  if (members.size() > kMaxMembers) return base::Error{reason::kTooLarge};
  for (const auto& [key, value] : members)
    if (!validId(key) || !add(key, value)) return base::Error{reason::kWrongType};
  return seen;
}

}  // namespace feeds

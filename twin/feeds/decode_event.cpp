// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_event.h"

#include <algorithm>

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr size_t kMaxDetails = 64;

/// Optional members; the reason when one is wrong.
const char* readRest(const json::object& root, const DecodeContext& context, model::EventObservation& event) {
  if (const auto entity = json::member(root, "entity")) {
    const auto id = json::text(*entity);
    if (!id || !validId(*id)) return reason::kWrongType;
    event.entity = *id;
  }
  if (json::member(root, "lon") || json::member(root, "lat")) {
    const auto place = json::place(root, context.frame);
    if (!place) return place.error() == reason::kPosition ? reason::kPosition : reason::kNumber;
    event.position = place->position;
  }
  if (const auto severity = json::member(root, "severity")) {
    int64_t level;
    if (severity->get(level)) return reason::kWrongType;
    event.severity = static_cast<int>(std::clamp<int64_t>(level, 0, 3));
  }
  if (const auto details = json::member(root, "details")) {
    json::object members;
    if (details->get(members)) return reason::kWrongType;
    if (members.size() > kMaxDetails) return reason::kTooLarge;
    for (const auto& [key, value] : members) event.details.emplace_back(key, json::asText(value));
  }
  event.provenance = json::provenance(root, context);
  return nullptr;
}

}  // namespace

Decoded decodeEvent(const RawMessage& message, const DecodeContext& context) {
  model::EventObservation event;
  event.type = topicLevel(message.topic, 1);
  if (!validId(event.type)) return base::Error{reason::kTopic};
  const auto root = json::parseObject(message.bytes);
  if (!root) return base::Error{root.error()};
  const auto id = json::member(*root, "id"), when = json::member(*root, "t");
  if (!id || !when) return base::Error{reason::kMissingField};
  const auto name = json::text(*id);
  if (!name || !validId(*name)) return base::Error{reason::kWrongType};
  event.id = *name;
  const auto time = json::time(*when);
  if (!time) return base::Error{reason::kTime};
  event.eventTime = *time;
  if (const char* why = readRest(*root, context, event)) return base::Error{why};
  model::Observations seen;
  seen.events.push_back(std::move(event));
  return seen;
}

}  // namespace feeds

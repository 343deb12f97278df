// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decode_spat.h"

#include <array>

#include "twin/feeds/json_in.h"

namespace feeds {
namespace {

constexpr size_t kMaxGroups = 255;
constexpr double kLargestRemain = 36000;  // J2735 TimeMark: 36000 means "an hour or more", 36001 unknown

// SAE J2735 MovementPhaseState.
constexpr std::array<std::string_view, 10> kStates{"unavailable",
                                                   "dark",
                                                   "stop-Then-Proceed",
                                                   "stop-And-Remain",
                                                   "pre-Movement",
                                                   "permissive-Movement-Allowed",
                                                   "protected-Movement-Allowed",
                                                   "permissive-clearance",
                                                   "protected-clearance",
                                                   "caution-Conflicting-Traffic"};

bool knownState(std::string_view state) {
  for (const std::string_view known : kStates)
    if (state == known) return true;
  return false;
}

const char* readGroup(const json::element& value, const model::PropertyObservation& base,
                      model::Observations& seen) {
  json::object group;
  if (value.get(group)) return reason::kWrongType;
  const auto g = json::member(group, "g"), state = json::member(group, "state"),
             remain = json::member(group, "remain_ds");
  if (!g || !state) return reason::kMissingField;
  int64_t number;
  const auto name = json::text(*state);
  if (g->get(number) || number < 0 || number > 255 || !name) return reason::kWrongType;
  if (!knownState(*name)) return reason::kWrongType;
  model::PropertyObservation phase = base;
  phase.property = "group_" + std::to_string(number);
  phase.value = std::string(*name);
  seen.properties.push_back(std::move(phase));

  model::PropertyObservation left = base;
  left.property = "remain_" + std::to_string(number);
  left.unit = "s";
  if (remain) {
    const auto tenths = json::number(*remain);
    if (!tenths) return reason::kNumber;
    if (*tenths >= 0 && *tenths < kLargestRemain) left.value = *tenths / 10;  // else unknown: no value
  }
  seen.properties.push_back(std::move(left));
  return nullptr;
}

}  // namespace

Decoded decodeSpat(const RawMessage& message, const DecodeContext& context) {
  const std::string controller(topicLevel(message.topic, 1));
  if (!validId(controller)) return base::Error{reason::kTopic};
  const auto root = json::parseObject(message.bytes);
  if (!root) return base::Error{root.error()};
  const auto when = json::member(*root, "t"), list = json::member(*root, "groups");
  if (!when || !list) return base::Error{reason::kMissingField};
  const auto time = json::time(*when);
  if (!time) return base::Error{reason::kTime};
  simdjson::dom::array groups;
  if (list->get(groups)) return base::Error{reason::kWrongType};
  if (groups.size() > kMaxGroups) return base::Error{reason::kTooLarge};

  model::PropertyObservation base;
  base.entity = controller;
  base.kind = "signal_controller";
  base.eventTime = *time;
  base.provenance = json::provenance(*root, context);
  model::Observations seen;
  for (const auto& group : groups)
    if (const char* why = readGroup(group, base, seen)) return base::Error{why};
  return seen;
}

}  // namespace feeds

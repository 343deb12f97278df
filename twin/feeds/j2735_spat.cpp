// SPDX-License-Identifier: Apache-2.0
// SAE J2735 SignalPhaseAndTiming (MSG_SPAT): states of signal groups and when they may change.
#include <array>

#include "twin/feeds/decode_reason.h"
#include "twin/feeds/emitter.h"
#include "twin/feeds/j2735_parts.h"
#include "twin/feeds/v2x_units.h"

namespace feeds::j2735 {
namespace {

constexpr size_t kMaxGroups = 255;

// DE_MovementPhaseState as the standard spells it; the ODE writes PROTECTED_MOVEMENT_ALLOWED.
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

std::string_view stateOf(std::string_view written) {
  const std::string folded = foldName(written);
  for (const std::string_view state : kStates)
    if (foldName(state) == folded) return state;
  return {};
}

struct StatusBit {
  size_t index;
  std::string_view folded, name;
};
// DE_IntersectionStatusObject, the bits that tell an operator something.
constexpr StatusBit kStatus[] = {{0, "manualcontrolisenabled", "manual"},
                                 {1, "stoptimeisactivated", "stop_time"},
                                 {2, "failureflash", "failure_flash"},
                                 {3, "preemptisactive", "preempt"},
                                 {4, "signalpriorityisactive", "priority"},
                                 {5, "fixedtimeoperation", "fixed_time"},
                                 {6, "trafficdependentoperation", "actuated"},
                                 {7, "standbyoperation", "standby"},
                                 {8, "failuremode", "failure"},
                                 {9, "off", "off"},
                                 {13, "novalidspatisavailableatthistime", "no_valid_spat"}};

std::string statusText(const DocNode* status) {
  std::string text;
  for (const StatusBit& known : kStatus) {
    if (!bit(status, known.index, known.folded)) continue;
    text += text.empty() ? "" : ", ";
    text += known.name;
  }
  return text.empty() ? "normal" : text;
}

/// The reason when the group is refused.
const char* readGroup(const DocNode& movement, base::UtcNs time, Emitter& emit) {
  const auto group = integerOf(movement.child("signalgroup"));
  const DocNode* events = movement.child("statetimespeed");
  if (!group || !events) return reason::kMissingField;
  if (*group < 0 || *group > 255) return reason::kNumber;
  const auto list = events->elements();
  if (list.empty()) return reason::kMissingField;
  // The first event is the present one; later ones are the plan.
  const std::string_view state = stateOf(list.front()->valueAt("eventstate"));
  if (state.empty()) return reason::kWrongType;
  const std::string number = std::to_string(*group);
  emit.text("group_" + number, state);
  const DocNode* timing = list.front()->child("timing");
  const auto mark = [&](std::string_view name) {
    return v2x::secondsUntil(timing ? integerOf(timing->child(name)) : std::nullopt, time);
  };
  const auto likely = mark("likelytime"), earliest = mark("minendtime"), latest = mark("maxendtime");
  const auto remaining = likely ? likely : earliest;
  // Without a value a group whose time is unknown does not keep the one of before.
  emit.value("remain_" + number, remaining ? model::Value(*remaining) : model::Value(), "s");
  if (latest && latest != remaining) emit.value("latest_" + number, *latest, "s");
  return nullptr;
}

const char* readIntersection(const DocNode& state, Reader& reader, std::optional<int64_t> outerMinute) {
  const Intersection intersection = intersectionOf(state, reader.context);
  const DocNode* movements = state.child("states");
  if (intersection.entity.empty() || !movements) return reason::kMissingField;
  const auto groups = movements->elements();
  if (groups.size() > kMaxGroups) return reason::kTooLarge;
  const auto second = integerOf(state.child("timestamp"));
  const auto minute = integerOf(state.child("moy"));
  auto time = v2x::minuteOfYear(minute ? minute : outerMinute, second, reader.message.reference);
  if (!time) time = v2x::secondOfMinute(second, reader.message.reference);
  const base::UtcNs at = time.value_or(reader.message.reference);
  Emitter emit(reader.seen, {intersection.entity, "signal_controller", at, reader.context.provenance});
  for (const DocNode* movement : groups)
    if (const char* why = readGroup(*movement, at, emit)) return why;
  if (const DocNode* status = state.child("status")) emit.text("status", statusText(status));
  return nullptr;
}

}  // namespace

const char* readSpat(Reader& reader) {
  const DocNode& body = *reader.message.body;
  const DocNode* list = body.child("intersectionstatelist");
  if (!list) list = body.child("intersections");
  if (!list) return reason::kMissingField;
  const auto minute = integerOf(body.child("timestamp"));  // MinuteOfTheYear of the whole message
  const char* refused = reason::kMissingField;
  bool any = false;
  for (const DocNode* state : list->elements()) {
    if (const char* why = readIntersection(*state, reader, minute)) {
      refused = why;
      if (any) reader.flags.emplace_back(why);
    } else {
      any = true;
    }
  }
  return any ? nullptr : refused;
}

}  // namespace feeds::j2735

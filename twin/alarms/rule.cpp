// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/rule.h"

#include <algorithm>

namespace alarms {

const char* nameOf(RuleKind kind) {
  static constexpr const char* kNames[kRuleKinds] = {"threshold",   "text",      "rate",      "no_data",         "stuck",
                                                     "geofence",    "off_route", "signal_conflict", "air_grade", "event_crowd",
                                                     "group_silent", "feed_gone", "disk_full"};
  return kNames[static_cast<size_t>(kind)];
}

bool Rule::watchesKind(std::string_view entityKind) const {
  return std::find(kinds.begin(), kinds.end(), entityKind) != kinds.end();
}

char letterOf(Priority priority) {
  return "CHML"[static_cast<size_t>(priority) - 1];
}

}  // namespace alarms

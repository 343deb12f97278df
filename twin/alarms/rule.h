// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"
#include "engine/math/glm.h"
#include "twin/core/catalogue.h"

namespace alarms {

/// How urgent the answer is; each has its own colour, shape and letter. About 5 % of all alarms should be
/// critical or high, 15 % medium, 80 % low (IEC 62682).
enum class Priority : uint8_t { Critical = 1, High = 2, Medium = 3, Low = 4 };
constexpr int kPriorities = 4;

/// What a rule looks at.
enum class RuleKind : uint8_t {
  Threshold,       ///< a number above or below a limit, with hysteresis; bins, water, noise, batteries ...
  Text,            ///< a word that is one of a list: "pressed", "fault"
  Rate,            ///< a number that moves by more than so much within a time
  NoData,          ///< a thing that reports has fallen silent
  Stuck,           ///< a number that reports but does not move
  Geofence,        ///< a mover inside (or outside) an area
  OffRoute,        ///< a mover farther than so many metres from its route
  SignalConflict,  ///< two conflicting signal groups free at once
  AirGrade,        ///< the comprehensive air-quality index (CAI) of a station
  EventCrowd,      ///< so many events of a type on one link, or of one thing, within a time
  GroupSilent,     ///< most things of one group (behind one gateway) are silent
  FeedGone,        ///< a source says nothing any more
  DiskFull         ///< the history cannot write
};
constexpr int kRuleKinds = 13;
/// As the rule file writes it ("threshold", "no_data" ...).
const char* nameOf(RuleKind kind);

constexpr double kUnset = std::numeric_limits<double>::quiet_NaN();

/// One rule of the file, checked. Times are seconds, lengths metres.
struct Rule {
  std::string id;
  RuleKind kind = RuleKind::Threshold;
  core::BilingualText name;   ///< a few words: "Bin on fire"
  core::BilingualText means;  ///< what does it mean?
  core::BilingualText act;    ///< what to do
  Priority priority = Priority::Low;
  double onDelay = 0;         ///< must last so long before the alarm is raised
  double offDelay = 0;        ///< must be over so long before it counts as over
  bool latched = false;       ///< stays until acknowledged, even when the cause is gone
  double reAlarm = 0;         ///< an acknowledged alarm that still stands speaks up again after this; 0: never
  double maxShelve = 8 * 3600;  ///< longest shelving; 0: must not be shelved
  std::string view;           ///< named view of the pack; empty: the thing itself
  std::vector<std::string> suppressedBy;  ///< ids of rules whose alarm explains this one

  std::vector<std::string> kinds;  ///< catalogue kinds that the rule watches
  std::string property;
  double above = kUnset, below = kUnset;  ///< in the property's unit
  double clear = kUnset;           ///< back to normal only beyond this; unset: the limit itself
  std::vector<std::string> values;  ///< Text: any of them
  double after = 0;                ///< NoData, Stuck, FeedGone: silence, standstill
  double periods = 0;              ///< NoData, FeedGone: ... as a multiple of the expected period
  double tolerance = 0;            ///< Stuck: smaller changes do not count
  double window = 0;               ///< Rate, EventCrowd
  int count = 0;                   ///< EventCrowd: events; GroupSilent: members at least
  double share = 0.8;              ///< GroupSilent: of the members
  std::string groupBy;             ///< GroupSilent: attribute that names the group ("gateway")
  std::vector<std::string> events;  ///< EventCrowd: types; "adas." stands for all that begin so
  bool byLink = false;             ///< EventCrowd: counted per road link, else per thing
  std::vector<glm::dvec2> area;    ///< Geofence: ring of longitude, latitude (degrees)
  bool outside = false;            ///< Geofence: alarm outside rather than inside
  std::string route;               ///< OffRoute: route of the pack
  double limit = 0;                ///< OffRoute: metres
  std::vector<std::string> sources;  ///< FeedGone: names; empty: all

  bool watchesKind(std::string_view entityKind) const;
};

/// The letter beside colour and shape: C, H, M, L.
char letterOf(Priority priority);

}  // namespace alarms

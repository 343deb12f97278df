// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "engine/base/clock.h"

namespace alarms {

/// What may be said of the data behind an alarm.
enum class SourceQuality : uint8_t { Good, NoData, Error };

/// The state that an operator sees: IEC 62682 (ISA-18.2) with the delays made visible.
enum class AlarmState : uint8_t {
  Normal,        ///< A
  Pending,       ///< the cause is there, the on-delay runs
  UnackActive,   ///< B
  AckActive,     ///< C
  UnackCleared,  ///< D: over, latched, nobody has acknowledged
  Recovering,    ///< the cause is gone, the off-delay runs; `acked` says of which
  Shelved,       ///< G: put aside by an operator, until a time
  Suppressed,    ///< H: explained by another alarm (by design)
  OutOfService   ///< I: being repaired
};
constexpr int kAlarmStates = 9;
const char* nameOf(AlarmState state);
const char* nameOf(SourceQuality quality);

/// The times of a rule that the machine needs, nanoseconds.
struct AlarmTiming {
  int64_t onDelay = 0;
  int64_t offDelay = 0;
  int64_t reAlarm = 0;  ///< 0: never
  bool latched = false;
};

/// One alarm's own memory, with the names of OPC UA Part 9 (AlarmConditionType): orthogonal states, from
/// which stateOf() makes the one that is shown.
struct Condition {
  bool bad = false;          ///< the cause, as last seen
  SourceQuality quality = SourceQuality::Good;
  bool active = false;       ///< ActiveState
  bool acked = true;         ///< AckedState
  bool suppressed = false;   ///< SuppressedState
  bool outOfService = false; ///< OutOfServiceState
  base::UtcNs shelvedUntil = 0;  ///< ShelvingState TimedShelved when not 0 (UnshelveTime)
  std::optional<base::UtcNs> badSince;  ///< OnDelay runs from here
  std::optional<base::UtcNs> goodSince; ///< OffDelay runs from here
  base::UtcNs activeTime = 0;    ///< when it was last raised
  base::UtcNs clearTime = 0;     ///< when it was last over
  base::UtcNs ackTime = 0;       ///< when it was last acknowledged
  base::UtcNs announceTime = 0;  ///< when it last asked for attention
  uint64_t announcements = 0;    ///< times it asked for attention

  bool operator==(const Condition&) const = default;
  /// Hidden from the list of alarms that want an answer.
  bool inhibited() const { return suppressed || outOfService || shelvedUntil != 0; }
};

AlarmState stateOf(const Condition& condition);
/// Wants an answer: flashes.
bool wantsAttention(const Condition& condition);
/// Has something to show in the desk's list (OPC UA Retain).
bool retained(const Condition& condition);

enum class AlarmInput : uint8_t {
  Tick,           ///< only the time
  Bad,            ///< the cause is there (since `at`, which may lie before `now`)
  Ok,             ///< it is not, on good data
  NoData,         ///< the data behind it have fallen silent
  Error,          ///< the source says that its value is wrong
  Acknowledge,    ///< operator
  Shelve,         ///< operator, until `at`
  Unshelve,       ///< operator
  Suppress,       ///< by design: another alarm explains this one
  Unsuppress,
  RemoveFromService,  ///< operator
  PlaceInService      ///< operator
};
const char* nameOf(AlarmInput input);

/// Pure: state x input x time -> state. Time may stand still but not go back (see rebased()).
///
/// - Raised after the cause has lasted the on-delay; over after it has been gone, on good data, for the
///   off-delay. Silence never resolves an alarm: without good data the off-delay does not run.
/// - Raised means unacknowledged, unless inhibited; over and unacknowledged stays when latched, and is
///   forgotten when not. Order of acknowledging and clearing is free.
/// - What is raised while shelved, suppressed or out of service asks for attention once that ends and the
///   cause is still there. An unacknowledged, latched alarm is not lost in between.
Condition step(const Condition& before, AlarmInput input, base::UtcNs now, const AlarmTiming& timing, base::UtcNs at = 0);

/// After the clock was set: the same state with every running time moved along, so that delays and
/// shelving last as long as they were meant to.
Condition rebased(const Condition& condition, int64_t shift);

}  // namespace alarms

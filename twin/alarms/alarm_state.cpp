// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/alarm_state.h"

#include <algorithm>

namespace alarms {
namespace {

void announce(Condition& c, base::UtcNs now) {
  c.acked = false;
  c.announceTime = now;
  ++c.announcements;
}

void raise(Condition& c, base::UtcNs now) {
  c.active = true;
  c.activeTime = now;
  c.badSince.reset();
  c.goodSince.reset();
  if (!c.inhibited()) announce(c, now);
}

void clear(Condition& c, base::UtcNs now, const AlarmTiming& timing) {
  c.active = false;
  c.clearTime = now;
  c.badSince.reset();
  c.goodSince.reset();
  if (!timing.latched) c.acked = true;
}

/// The delays, as far as they have run.
void advance(Condition& c, base::UtcNs now, const AlarmTiming& timing) {
  if (!c.active && c.badSince && now - *c.badSince >= timing.onDelay) raise(c, now);
  if (c.active && c.goodSince && now - *c.goodSince >= timing.offDelay) clear(c, now, timing);
  if (c.active && c.acked && timing.reAlarm > 0 && !c.inhibited() && now - c.ackTime >= timing.reAlarm) announce(c, now);
}

/// An inhibition has ended: what still stands asks now.
void speakUp(Condition& c, base::UtcNs now) {
  if (!c.inhibited() && c.active) announce(c, now);
}

void sawBad(Condition& c, base::UtcNs now, base::UtcNs since) {
  c.bad = true;
  c.quality = SourceQuality::Good;
  c.goodSince.reset();
  if (!c.active && !c.badSince) c.badSince = since != 0 ? std::min(since, now) : now;
}

void sawOk(Condition& c, base::UtcNs now) {
  c.bad = false;
  c.quality = SourceQuality::Good;
  c.badSince.reset();
  if (c.active && !c.goodSince) c.goodSince = now;
}

void lostData(Condition& c, SourceQuality quality) {
  c.quality = quality;
  c.goodSince.reset();
}

void acknowledge(Condition& c, base::UtcNs now) {
  if (c.acked) return;
  c.acked = true;
  c.ackTime = now;
}

/// Sets or ends one of the three inhibitions.
template <typename Change>
void inhibit(Condition& c, base::UtcNs now, Change&& change) {
  const bool before = c.inhibited();
  change();
  if (before && !c.inhibited()) speakUp(c, now);
}

}  // namespace

AlarmState stateOf(const Condition& c) {
  if (c.outOfService) return AlarmState::OutOfService;
  if (c.shelvedUntil != 0) return AlarmState::Shelved;
  if (c.suppressed) return AlarmState::Suppressed;
  if (c.active) {
    if (c.goodSince) return AlarmState::Recovering;
    return c.acked ? AlarmState::AckActive : AlarmState::UnackActive;
  }
  if (!c.acked) return AlarmState::UnackCleared;
  return c.badSince ? AlarmState::Pending : AlarmState::Normal;
}

bool wantsAttention(const Condition& c) { return !c.inhibited() && !c.acked; }

bool retained(const Condition& c) { return c.active || !c.acked || c.outOfService || c.shelvedUntil != 0; }

Condition step(const Condition& before, AlarmInput input, base::UtcNs now, const AlarmTiming& timing, base::UtcNs at) {
  Condition c = before;
  // What the time alone has brought comes first: the shelf that is over, the delays that have run.
  if (c.shelvedUntil != 0 && now >= c.shelvedUntil) inhibit(c, now, [&] { c.shelvedUntil = 0; });
  advance(c, now, timing);
  switch (input) {
    case AlarmInput::Tick: break;
    case AlarmInput::Bad: sawBad(c, now, at); break;
    case AlarmInput::Ok: sawOk(c, now); break;
    case AlarmInput::NoData: lostData(c, SourceQuality::NoData); break;
    case AlarmInput::Error: lostData(c, SourceQuality::Error); break;
    case AlarmInput::Acknowledge: acknowledge(c, now); break;
    case AlarmInput::Shelve: if (at > now) c.shelvedUntil = at; break;
    case AlarmInput::Unshelve: inhibit(c, now, [&] { c.shelvedUntil = 0; }); break;
    case AlarmInput::Suppress: c.suppressed = true; break;
    case AlarmInput::Unsuppress: inhibit(c, now, [&] { c.suppressed = false; }); break;
    case AlarmInput::RemoveFromService: c.outOfService = true; break;
    case AlarmInput::PlaceInService: inhibit(c, now, [&] { c.outOfService = false; }); break;
  }
  advance(c, now, timing);  // a delay of nothing ends at once
  return c;
}

Condition rebased(const Condition& condition, int64_t shift) {
  Condition c = condition;
  if (c.badSince) *c.badSince += shift;
  if (c.goodSince) *c.goodSince += shift;
  if (c.shelvedUntil != 0) c.shelvedUntil += shift;
  if (c.ackTime != 0) c.ackTime += shift;
  return c;
}

const char* nameOf(AlarmState state) {
  static constexpr const char* kNames[kAlarmStates] = {"Normal", "Pending", "UnackActive", "AckActive", "UnackCleared",
                                                       "Recovering", "Shelved", "Suppressed", "OutOfService"};
  return kNames[static_cast<size_t>(state)];
}

const char* nameOf(SourceQuality quality) {
  static constexpr const char* kNames[] = {"Good", "NoData", "Error"};
  return kNames[static_cast<size_t>(quality)];
}

const char* nameOf(AlarmInput input) {
  static constexpr const char* kNames[] = {"Tick", "Bad", "Ok", "NoData", "Error", "Acknowledge", "Shelve", "Unshelve",
                                           "Suppress", "Unsuppress", "RemoveFromService", "PlaceInService"};
  return kNames[static_cast<size_t>(input)];
}

}  // namespace alarms

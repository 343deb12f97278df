// SPDX-License-Identifier: Apache-2.0
#include "twin/alarms/intake.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace alarms {
namespace {

/// Above this the newest values are left out (each is followed by the next); events never are.
constexpr size_t kMostWaiting = 400'000;

const char* const kPollutants[] = {"pm10", "pm25", "o3", "no2", "so2", "co"};

}  // namespace

Intake::Intake(const RuleSet& rules) {
  for (const Rule& rule : rules.rules) {
    events_.insert(events_.end(), rule.events.begin(), rule.events.end());
    for (const std::string& kind : rule.kinds) {
      Interest& interest = interests_[kind];
      switch (rule.kind) {
        case RuleKind::NoData: interest.any = true; break;
        case RuleKind::GroupSilent: interest.any = interest.described = true; break;
        case RuleKind::Geofence:
        case RuleKind::OffRoute: interest.pose = true; break;
        case RuleKind::SignalConflict: interest.groups = true; break;
        case RuleKind::AirGrade: interest.properties.insert(std::begin(kPollutants), std::end(kPollutants)); break;
        default: interest.properties.insert(rule.property); break;
      }
    }
  }
}

const Intake::Interest* Intake::interestOf(const std::string& kind) const {
  const auto found = interests_.find(kind);
  return found == interests_.end() ? nullptr : &found->second;
}

bool Intake::wantsEvent(std::string_view type) const {
  return std::any_of(events_.begin(), events_.end(), [&](const std::string& want) {
    return want == type || (want.ends_with('.') && type.starts_with(want));
  });
}

const Intake::Known* Intake::known(const std::string& id, const std::string& kind) {
  if (const auto found = byId_.find(id); found != byId_.end()) return &found->second;
  const Interest* interest = kind.empty() ? nullptr : interestOf(kind);
  if (interest == nullptr) return nullptr;
  return &byId_.emplace(id, Known{std::make_shared<const Thing>(Thing{id, kind}), interest}).first->second;
}

Reading Intake::make(ReadingKind what, const Known& known, const feeds::AppliedMessage& message) const {
  Reading reading;
  reading.what = what;
  reading.source = message.source;
  reading.received = message.received;
  reading.thing = known.thing;
  return reading;
}

void Intake::define(const model::EntityInfo& info) {
  const Known* thing = known(info.id, info.kind);
  if (thing == nullptr || !thing->interest->described) return;
  Reading reading;
  reading.what = ReadingKind::Described;
  reading.thing = thing->thing;
  reading.attributes = info.attributes;
  reading.position = info.position;
  reading.hasPosition = true;
  std::lock_guard lock(mutex_);
  batch_.readings.push_back(std::move(reading));
}

void Intake::properties(const feeds::AppliedMessage& message, std::vector<Reading>& out) {
  const Known* last = nullptr;
  bool seen = false;  // one word per thing and message is enough for "still there"
  for (const model::PropertyObservation& p : message.news.properties) {
    const Known* thing = last && last->thing->id == p.entity ? last : known(p.entity, p.kind);
    if (thing != last) seen = false;
    last = thing;
    if (thing == nullptr) continue;
    const Interest& want = *thing->interest;
    const bool value = want.properties.contains(p.property) || (want.groups && p.property.starts_with("group_"));
    if (!value && (seen || !want.any)) continue;
    Reading reading = make(value ? ReadingKind::Property : ReadingKind::Seen, *thing, message);
    seen = true;
    reading.eventTime = p.eventTime;
    if (value) {
      reading.name = p.property;
      reading.bad = p.bad;
      if (const double* number = std::get_if<double>(&p.value)) reading.number = *number, reading.isNumber = true;
      else if (const bool* truth = std::get_if<bool>(&p.value)) reading.number = *truth ? 1 : 0, reading.isNumber = true, reading.text = *truth ? "true" : "false";
      else if (const std::string* text = std::get_if<std::string>(&p.value)) reading.text = text->substr(0, 200);
    }
    out.push_back(std::move(reading));
  }
}

void Intake::poses(const feeds::AppliedMessage& message, std::vector<Reading>& out) {
  for (const model::PoseObservation& p : message.news.poses) {
    const Known* thing = known(p.entity, p.kind);
    if (thing == nullptr) continue;
    const bool speedWanted = thing->interest->properties.contains("speed");
    if (!(thing->interest->pose || thing->interest->any || speedWanted)) continue;
    Reading reading = make(thing->interest->pose ? ReadingKind::Pose : ReadingKind::Seen, *thing, message);
    reading.eventTime = p.eventTime;
    reading.position = p.position;
    reading.hasPosition = true;
    out.push_back(std::move(reading));
    if (!speedWanted) continue;
    Reading speed = make(ReadingKind::Property, *thing, message);  // km/h, as the catalogue has it
    speed.eventTime = p.eventTime;
    speed.name = "speed";
    speed.number = p.speed * 3.6;
    speed.isNumber = true;
    out.push_back(std::move(speed));
  }
}

void Intake::others(const feeds::AppliedMessage& message, std::vector<Reading>& out) {
  for (const model::EventObservation& e : message.news.events) {
    if (!wantsEvent(e.type)) continue;
    Reading reading;
    if (!e.entity.empty()) {
      const Known* thing = known(e.entity, {});
      reading.thing = thing ? thing->thing : std::make_shared<const Thing>(Thing{e.entity, {}});
    }
    reading.what = ReadingKind::Event;
    reading.source = message.source;
    reading.received = message.received;
    reading.eventTime = e.eventTime;
    reading.name = e.type;
    if (e.position) reading.position = *e.position, reading.hasPosition = true;
    out.push_back(std::move(reading));
  }
  std::vector<std::string> gone;
  for (const model::Departure& d : message.news.departures) {
    const auto found = byId_.find(d.entity);
    if (found == byId_.end()) continue;
    Reading reading = make(ReadingKind::Departed, found->second, message);
    reading.eventTime = d.eventTime;
    out.push_back(std::move(reading));
    gone.push_back(found->first);
  }
  for (const model::DescriptionObservation& d : message.news.descriptions) {
    const Known* thing = known(d.entity, d.kind);
    if (thing == nullptr || !thing->interest->described) continue;
    Reading reading = make(ReadingKind::Described, *thing, message);
    reading.eventTime = d.eventTime;
    reading.attributes = d.attributes;
    if (d.position) reading.position = *d.position, reading.hasPosition = true;
    out.push_back(std::move(reading));
  }
  for (const std::string& id : gone) byId_.erase(id);
}

void Intake::put(const feeds::AppliedMessage& message, const feeds::Source& source) {
  fresh_.clear();
  others(message, fresh_);
  properties(message, fresh_);
  poses(message, fresh_);
  std::lock_guard lock(mutex_);
  SourceSeen& seen = batch_.sources[message.source];
  if (seen.name.empty()) seen.name = source.name, seen.expectedPeriod = source.expectedPeriod;
  seen.received = std::max(seen.received, message.received);
  const bool full = batch_.readings.size() >= kMostWaiting;
  for (Reading& reading : fresh_) {
    const bool value = reading.what == ReadingKind::Seen || reading.what == ReadingKind::Property || reading.what == ReadingKind::Pose;
    if (full && value) ++batch_.missed;
    else batch_.readings.push_back(std::move(reading));
  }
}

Intake::Batch Intake::take() {
  std::lock_guard lock(mutex_);
  Batch taken;
  taken.readings.swap(batch_.readings);
  taken.sources = batch_.sources;
  taken.missed = batch_.missed;
  return taken;
}

}  // namespace alarms

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/sequencer.h"

#include <algorithm>
#include <utility>

namespace feeds {
namespace {

constexpr size_t kRememberedEvents = 16384;
constexpr int64_t kFineHolds = 10 * base::kNsPerSecond;
/// Event times run ahead of arrival by 5 s at most (normalise.h); as much again for messages that waited in a queue.
constexpr int64_t kAheadAtMost = 10 * base::kNsPerSecond;

}  // namespace

Sequencer::Sequencer(double latenessSeconds) : lateness_(static_cast<int64_t>(latenessSeconds * 1e9)) {}

Sequencer::SourceMemory& Sequencer::memoryOf(model::SourceId source) {
  if (source >= sources_.size()) sources_.resize(source + size_t{1});
  return sources_[source];
}

Sequencer::Known* Sequencer::knownThing(SourceMemory& memory, const std::string& entity) {
  if (memory.last && memory.last->first == entity) return &memory.last->second;
  const auto it = memory.things.find(entity);
  if (it == memory.things.end()) return nullptr;
  memory.last = &*it;  // entries of an unordered_map never move
  return &it->second;
}

Sequencer::Known& Sequencer::thing(SourceMemory& memory, const std::string& entity) {
  if (Known* known = knownThing(memory, entity)) return *known;
  return memory.things.emplace(entity, Known{}).first->second;
}

Sequencer::Verdict Sequencer::judge(SourceMemory& memory, const model::PropertyObservation& seen) {
  Known& known = thing(memory, seen.entity);
  if (known.departed != 0 && seen.eventTime <= known.departed && !isAhead(known.departed)) return Verdict::Late;
  for (auto& [name, time] : known.properties) {
    if (name != seen.property) continue;
    if (seen.eventTime == time) return Verdict::Duplicate;
    if (seen.eventTime < time && !isAhead(time)) return Verdict::Late;
    time = seen.eventTime;
    return Verdict::News;
  }
  known.properties.emplace_back(seen.property, seen.eventTime);
  return Verdict::News;
}

Sequencer::Verdict Sequencer::judge(SourceMemory& memory, const model::PoseObservation& seen) {
  Known* const before = knownThing(memory, seen.entity);
  if (isAhead(memory.newestPose)) memory.newestPose = seen.eventTime;
  if (before == nullptr && seen.eventTime < memory.newestPose - lateness_) return Verdict::Late;
  Known& known = before ? *before : thing(memory, seen.entity);
  if (seen.eventTime == known.pose) return Verdict::Duplicate;
  if ((seen.eventTime < known.pose && !isAhead(known.pose)) ||
      (known.departed != 0 && seen.eventTime <= known.departed && !isAhead(known.departed)))
    return Verdict::Late;
  known.pose = seen.eventTime;
  known.departed = 0;
  memory.newestPose = std::max(memory.newestPose, seen.eventTime);

  const auto fine = finePose_.find(seen.entity);
  if (seen.hasElevation) {
    if (fine == finePose_.end()) {
      finePose_.emplace(seen.entity, seen.eventTime);
    } else {
      fine->second = isAhead(fine->second) ? seen.eventTime : std::max(fine->second, seen.eventTime);
    }
    return Verdict::News;
  }
  const bool superseded = fine != finePose_.end() && seen.eventTime <= fine->second + kFineHolds && !isAhead(fine->second);
  return superseded ? Verdict::Superseded : Verdict::News;
}

Sequencer::Verdict Sequencer::judge(SourceMemory& memory, const model::EventObservation& seen) {
  if (!memory.eventIds.insert(seen.id).second) return Verdict::Duplicate;
  memory.eventOrder.push_back(seen.id);
  if (memory.eventOrder.size() > kRememberedEvents) {
    memory.eventIds.erase(memory.eventOrder.front());
    memory.eventOrder.pop_front();
  }
  return Verdict::News;
}

Sequencer::Verdict Sequencer::judge(SourceMemory& memory, const model::Departure& seen) {
  Known& known = thing(memory, seen.entity);
  if (known.departed == seen.eventTime) return Verdict::Duplicate;
  const auto holds = [this](base::UtcNs time) { return isAhead(time) ? 0 : time; };
  if (seen.eventTime < std::max({holds(known.pose), holds(known.described), holds(known.departed)})) return Verdict::Late;
  known.departed = seen.eventTime;
  memory.departures.emplace_back(seen.eventTime, seen.entity);
  finePose_.erase(seen.entity);
  return Verdict::News;
}

Sequencer::Verdict Sequencer::judge(SourceMemory& memory, const model::DescriptionObservation& seen) {
  Known& known = thing(memory, seen.entity);
  if (seen.eventTime == known.described) return Verdict::Duplicate;
  if ((seen.eventTime < known.described && !isAhead(known.described)) ||
      (known.departed != 0 && seen.eventTime <= known.departed && !isAhead(known.departed)))
    return Verdict::Late;
  known.described = seen.eventTime;
  known.departed = 0;
  return Verdict::News;
}

void Sequencer::forgetOldDepartures(SourceMemory& memory) {
  while (!memory.departures.empty() && memory.departures.front().first < memory.newestPose - lateness_) {
    const auto it = memory.things.find(memory.departures.front().second);
    if (it != memory.things.end() && it->second.departed == memory.departures.front().first) {
      memory.last = nullptr;
      memory.things.erase(it);
    }
    memory.departures.pop_front();
  }
}

template <typename T>
void Sequencer::sift(SourceMemory& memory, std::vector<T>& list, std::vector<T>* late, Outcome& outcome) {
  size_t kept = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    switch (judge(memory, list[i])) {
      case Verdict::News:
        ++outcome.accepted;
        if (kept != i) list[kept] = std::move(list[i]);
        ++kept;
        break;
      case Verdict::Late:
        ++outcome.late;
        if (late) late->push_back(std::move(list[i]));
        break;
      case Verdict::Duplicate:
        ++outcome.duplicate;
        break;
      case Verdict::Superseded:
        ++outcome.superseded;
        break;
    }
  }
  list.resize(kept);
}

Sequencer::Outcome Sequencer::filter(model::SourceId source, model::Observations& observations,
                                     model::Observations* late, base::UtcNs received) {
  SourceMemory& memory = memoryOf(source);
  latest_ = received == kUnknown ? kUnknown : received + kAheadAtMost;
  if (observations.settled) return filterSettled(memory, observations);
  Outcome outcome;
  // Descriptions and poses first: a departed thing that comes back may bring its properties in the same
  // message.
  sift(memory, observations.descriptions, late ? &late->descriptions : nullptr, outcome);
  sift(memory, observations.poses, late ? &late->poses : nullptr, outcome);
  sift(memory, observations.properties, late ? &late->properties : nullptr, outcome);
  sift(memory, observations.events, late ? &late->events : nullptr, outcome);
  sift(memory, observations.departures, late ? &late->departures : nullptr, outcome);
  forgetOldDepartures(memory);
  return outcome;
}

}  // namespace feeds

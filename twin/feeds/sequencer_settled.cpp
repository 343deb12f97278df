// SPDX-License-Identifier: Apache-2.0
// What the sequencer does with state that another machine, or a keyframe, brings.
#include <algorithm>

#include "twin/feeds/sequencer.h"

namespace feeds {
namespace {

template <typename T, typename F>
void keepIf(std::vector<T>& list, Sequencer::Outcome& outcome, F&& isNews) {
  const size_t before = list.size();
  std::erase_if(list, [&](const T& seen) { return !isNews(seen); });
  outcome.accepted += static_cast<uint32_t>(list.size());
  outcome.duplicate += static_cast<uint32_t>(before - list.size());
}

}  // namespace

Sequencer::Outcome Sequencer::filterSettled(SourceMemory& memory, model::Observations& observations) {
  Outcome outcome;
  keepIf(observations.descriptions, outcome, [&](const model::DescriptionObservation& seen) {
    thing(memory, seen.entity).described = seen.eventTime;
    return true;  // the store compares; two sources may describe one thing at the same time
  });
  keepIf(observations.poses, outcome, [&](const model::PoseObservation& seen) {
    Known& known = thing(memory, seen.entity);
    memory.newestPose = std::max(memory.newestPose, seen.eventTime);
    return std::exchange(known.pose, seen.eventTime) != seen.eventTime;
  });
  keepIf(observations.properties, outcome, [&](const model::PropertyObservation& seen) {
    Known& known = thing(memory, seen.entity);
    for (auto& [name, time] : known.properties)
      if (name == seen.property) return std::exchange(time, seen.eventTime) != seen.eventTime;
    known.properties.emplace_back(seen.property, seen.eventTime);
    return true;
  });
  keepIf(observations.events, outcome,
         [&](const model::EventObservation& seen) { return judge(memory, seen) == Verdict::News; });
  keepIf(observations.departures, outcome, [&](const model::Departure& seen) {
    // Of all sources: they said what they said while it was here.
    for (SourceMemory& source : sources_) {
      source.last = nullptr;
      source.things.erase(seen.entity);
    }
    return true;
  });
  return outcome;
}

void Sequencer::save(ByteWriter& out) const {
  out.varint(sources_.size());
  for (const SourceMemory& source : sources_) {
    out.put(source.newestPose);
    out.varint(source.things.size());
    for (const auto& [id, known] : source.things) {
      out.text(id);
      for (const base::UtcNs time : {known.pose, known.departed, known.described}) out.zigzag(time);
      out.varint(known.properties.size());
      for (const auto& [name, time] : known.properties) {
        out.text(name);
        out.put(time);
      }
    }
    out.varint(source.departures.size());
    for (const auto& [time, id] : source.departures) {
      out.put(time);
      out.text(id);
    }
    out.varint(source.eventOrder.size());
    for (const std::string& id : source.eventOrder) out.text(id);
  }
  out.varint(finePose_.size());
  for (const auto& [id, time] : finePose_) {
    out.text(id);
    out.put(time);
  }
}

void Sequencer::clear() {
  sources_.clear();
  finePose_.clear();
}

bool Sequencer::load(ByteReader& in, const std::vector<model::SourceId>& numbers) {
  clear();
  const size_t sources = in.count(9);
  if (sources > numbers.size()) return false;
  for (size_t s = 0; s < sources && in.ok(); ++s) {
    SourceMemory source;
    source.newestPose = in.get<int64_t>();
    const size_t things = in.count(5);
    for (size_t i = 0; i < things && in.ok(); ++i) {
      Known& known = source.things[in.text()];
      known.pose = in.zigzag();
      known.departed = in.zigzag();
      known.described = in.zigzag();
      const size_t properties = in.count(9);
      for (size_t k = 0; k < properties && in.ok(); ++k) {
        std::string name = in.text();
        known.properties.emplace_back(std::move(name), in.get<int64_t>());
      }
    }
    const size_t departures = in.count(9);
    for (size_t i = 0; i < departures && in.ok(); ++i) {
      const auto time = in.get<int64_t>();
      source.departures.emplace_back(time, in.text());
    }
    const size_t events = in.count(1);
    for (size_t i = 0; i < events && in.ok(); ++i) {
      std::string id = in.text();
      if (source.eventIds.insert(id).second) source.eventOrder.push_back(std::move(id));
    }
    memoryOf(numbers[s]) = std::move(source);
  }
  const size_t fine = in.count(9);
  for (size_t i = 0; i < fine && in.ok(); ++i) {
    std::string id = in.text();
    finePose_[std::move(id)] = in.get<int64_t>();
  }
  return in.ok();
}

}  // namespace feeds

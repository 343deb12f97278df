// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/normalise.h"

#include <algorithm>

#include "twin/feeds/units.h"

namespace feeds {
namespace {

constexpr int64_t kAheadAllowed = 5 * base::kNsPerSecond;
constexpr size_t kRememberedNames = 4096;  // a hostile feed may invent names without end

/// Into the catalogue's unit where that needs no more than the units; else the unit stays, written as people
/// know it.
void settleUnit(model::PropertyObservation& property, const std::string& wanted) {
  if (property.unit.empty() || property.unit == wanted) {
    property.unit = wanted;
    return;
  }
  if (const double* number = std::get_if<double>(&property.value); number && !wanted.empty()) {
    if (const auto converted = convertUnit(*number, property.unit, wanted)) {
      property.value = *converted;
      property.unit = wanted;
      return;
    }
  }
  if (const Unit* unit = findUnit(property.unit)) property.unit = unit->shown;
}

}  // namespace

const core::PropertyInfo* Normaliser::infoOf(const std::string& property) {
  if (!catalogue_) return nullptr;
  const auto it = known_.find(property);
  if (it != known_.end()) return it->second;
  if (known_.size() >= kRememberedNames) return nullptr;
  return known_.emplace(property, &catalogue_->property(property)).first->second;
}

Normaliser::Outcome Normaliser::apply(const RawMessage& message, model::Observations& observations) {
  Outcome outcome;
  const auto settle = [&](base::UtcNs& time) {
    time += message.shift;
    outcome.newestSaid = std::max(outcome.newestSaid, time);
    if (!observations.settled && time > message.received + kAheadAllowed) {
      time = message.received;
      ++outcome.future;
    }
    outcome.newest = std::max(outcome.newest, time);
  };
  for (model::PoseObservation& pose : observations.poses) settle(pose.eventTime);
  for (model::EventObservation& event : observations.events) {
    settle(event.eventTime);
    // Played again with another shift it is another event, not a duplicate.
    if (message.shift != 0) event.id += '@' + std::to_string(message.shift);
  }
  for (model::DescriptionObservation& description : observations.descriptions) {
    settle(description.eventTime);
    if (description.expires != 0) description.expires += message.shift;
  }
  if (observations.census) settle(observations.census->eventTime);
  for (model::Departure& departure : observations.departures) settle(departure.eventTime);
  for (model::PropertyObservation& property : observations.properties) {
    settle(property.eventTime);
    const core::PropertyInfo* info = infoOf(property.property);
    if (!info || observations.settled) continue;
    settleUnit(property, info->unit);
    const double* number = std::get_if<double>(&property.value);
    if (number && property.unit == info->unit && info->hasRange() && (*number < info->low || *number > info->high)) {
      property.bad = true;
      ++outcome.outOfRange;
    }
  }
  return outcome;
}

}  // namespace feeds

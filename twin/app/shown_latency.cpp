// SPDX-License-Identifier: Apache-2.0
#include "twin/app/shown_latency.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

namespace app {

void DurationCounts::add(int64_t nanoseconds) {
  least_ = count_ == 0 ? nanoseconds : std::min(least_, nanoseconds);
  most_ = count_ == 0 ? nanoseconds : std::max(most_, nanoseconds);
  ++count_;
  const int64_t milliseconds = std::clamp<int64_t>(nanoseconds / base::kNsPerMs, 0, static_cast<int64_t>(counts_.size()) - 1);
  ++counts_[static_cast<size_t>(milliseconds)];
}

/// The upper end of the millisecond in which it lies; beyond them all, the largest.
double DurationCounts::percentile(double share) const {
  const auto wanted = std::max<uint64_t>(1, static_cast<uint64_t>(std::ceil(share * static_cast<double>(count_))));
  uint64_t sum = 0;
  for (size_t i = 0; i + 1 < counts_.size(); ++i)
    if ((sum += counts_[i]) >= wanted) return static_cast<double>(i + 1);
  return static_cast<double>(most_) * 1e-6;
}

nlohmann::json DurationCounts::json() const {
  if (count_ == 0) return nullptr;
  return {{"min", static_cast<double>(least_) * 1e-6}, {"median", percentile(0.5)}, {"p95", percentile(0.95)},
          {"max", static_cast<double>(most_) * 1e-6}, {"count", count_}};
}

void ShownLatency::take(const model::ChangeBatch& changes) {
  if (changes.firstRevision == 0 || changes.restored) return;
  for (const model::EntityRow& row : changes.rows) {
    Sample newest;
    const auto consider = [&newest](base::UtcNs event, base::UtcNs received) {
      if (received > newest.received) newest = {event, received};
    };
    if (row.bits & model::kPoseChanged) consider(row.entity.latest.eventTime, row.entity.latest.received);
    if (row.bits & model::kPropertiesChanged)
      for (const model::PropertyRow& property : row.entity.properties) consider(property.eventTime, property.received);
    if (newest.received != 0) taken_.push_back(newest);
  }
  for (const model::Event& event : changes.events) taken_.push_back({event.what.eventTime, event.received});
}

void ShownLatency::drawn(uint64_t frame) {
  if (!taken_.empty()) underWay_.push_back({frame, std::exchange(taken_, {})});
}

void ShownLatency::finished(uint64_t frame, base::UtcNs ready) {
  for (; !underWay_.empty() && underWay_.front().frame <= frame; underWay_.pop_front()) {
    for (const Sample& sample : underWay_.front().samples) {
      sinceEvent_.add(ready - sample.event);
      sinceReceived_.add(ready - sample.received);
    }
  }
}

nlohmann::json ShownLatency::json() const { return {{"event_to_shown", sinceEvent_.json()}, {"received_to_shown", sinceReceived_.json()}}; }

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/app/history_keeper.h"

namespace app {
namespace {

constexpr int64_t kKeep = 10 * 60 * base::kNsPerSecond;
constexpr size_t kMostSamples = 600;

}  // namespace

void HistoryKeeper::add(model::EntityHandle entity, const std::string& property, base::UtcNs time, double value) {
  auto& samples = series_[entity][property];
  if (!samples.empty() && samples.back().first >= time) return;
  samples.emplace_back(time, value);
  while (samples.size() > kMostSamples || samples.front().first < time - kKeep) samples.pop_front();
}

void HistoryKeeper::remember(const model::ChangeBatch& changes) {
  if (changes.restored) series_.clear();  // another moment: curves must not run backward
  for (const model::EntityHandle gone : changes.removed) series_.erase(gone);
  for (const model::EntityRow& row : changes.rows) {
    if (row.bits & model::kPoseChanged) add(row.handle, "speed", row.entity.latest.eventTime, row.entity.latest.speed * 3.6);
    if (!(row.bits & model::kPropertiesChanged)) continue;
    for (const model::PropertyRow& property : row.entity.properties) {
      const double* number = std::get_if<double>(&property.value);
      if (number && !property.bad) add(row.handle, property.name, property.eventTime, *number);
    }
  }
}

std::vector<panels::PropertyHistory> HistoryKeeper::of(model::EntityHandle entity) const {
  std::vector<panels::PropertyHistory> all;
  const auto found = series_.find(entity);
  if (found == series_.end()) return all;
  for (const auto& [property, samples] : found->second) all.push_back({property, {samples.begin(), samples.end()}});
  return all;
}

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/roster.h"

#include <utility>

namespace feeds {
namespace {

constexpr size_t kMostLists = 4096;  // a hostile feed may invent lists without end

}  // namespace

void Roster::count(model::SourceId source, model::Observations& observations) {
  if (!observations.census) return;
  const base::UtcNs now = observations.census->eventTime;
  const std::pair<model::SourceId, std::string> key(source, observations.census->list);
  if (lists_.size() >= kMostLists && !lists_.contains(key)) return;
  List& list = lists_[key];
  if (now < list.counted) return;
  std::set<std::string> here;
  for (const model::DescriptionObservation& seen : observations.descriptions) here.insert(seen.entity);
  for (const model::PoseObservation& seen : observations.poses) here.insert(seen.entity);
  for (const std::string& entity : list.there)
    if (!here.contains(entity)) observations.departures.push_back({entity, now});
  list = {now, std::move(here)};
}

}  // namespace feeds

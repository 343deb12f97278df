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

void Roster::save(ByteWriter& out) const {
  out.varint(lists_.size());
  for (const auto& [key, list] : lists_) {
    out.put(key.first);
    out.text(key.second);
    out.put(list.counted);
    out.varint(list.there.size());
    for (const std::string& entity : list.there) out.text(entity);
  }
}

bool Roster::load(ByteReader& in, const std::vector<model::SourceId>& numbers) {
  lists_.clear();
  const size_t count = in.count(12);
  for (size_t i = 0; i < count && in.ok(); ++i) {
    const auto source = in.get<uint16_t>();
    std::string name = in.text();
    if (source >= numbers.size()) return false;
    List& list = lists_[{numbers[source], std::move(name)}];
    list.counted = in.get<int64_t>();
    const size_t there = in.count();
    for (size_t k = 0; k < there && in.ok(); ++k) list.there.insert(in.text());
  }
  return in.ok();
}

}  // namespace feeds

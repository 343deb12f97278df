// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/datastream_registry.h"

#include <algorithm>
#include <mutex>

namespace feeds {
namespace {

constexpr size_t kMostDatastreams = 200'000;  // a hostile server may invent them without end
constexpr std::ptrdiff_t kMostChanges = 8;

}  // namespace

bool DatastreamRegistry::add(int64_t datastream, Target target) {
  std::unique_lock lock(state_->mutex);
  auto& list = state_->entries[std::to_string(datastream)];
  for (const Entry& entry : list)
    if (entry.server.empty()) return false;
  list.push_back({++state_->additions, "", std::move(target)});
  return true;
}

bool DatastreamRegistry::learn(std::string_view server, std::string_view datastream, Target target) {
  std::unique_lock lock(state_->mutex);
  if (state_->entries.size() >= kMostDatastreams) return false;
  auto& list = state_->entries[std::string(datastream)];
  const std::string owner = std::string(server) + '\n' + std::string(datastream);
  const auto owned = [&] {
    return state_->owners.emplace(target.entity + '\n' + target.property, owner).first->second == owner;
  };
  if (!owned()) {
    target.property += '_' + std::string(datastream);
    owned();
  }
  const auto same = [&](const Entry& entry) { return entry.server == server; };
  const auto last = std::find_if(list.rbegin(), list.rend(), same);
  if (last != list.rend() && (server.empty() || last->target == target)) return false;
  if (std::count_if(list.begin(), list.end(), same) >= kMostChanges) return false;
  list.push_back({++state_->additions, std::string(server), std::move(target)});
  return true;
}

const DatastreamRegistry::Target* DatastreamRegistry::find(std::string_view server, std::string_view datastream,
                                                           uint64_t asOf) const {
  std::shared_lock lock(state_->mutex);
  const auto at = state_->entries.find(std::string(datastream));
  if (at == state_->entries.end()) return nullptr;
  const Entry* best = nullptr;
  for (const Entry& entry : at->second) {
    if (entry.number > asOf) continue;
    if (entry.server == server) {
      best = &entry;
      if (server.empty()) return &best->target;
    } else if (server.empty()) {
      if (best && best->server != entry.server) {
        best = nullptr;  // two servers use the number: nobody can say which is meant
        for (const Entry& own : at->second)
          if (own.server.empty() && own.number <= asOf) return &own.target;
        return nullptr;
      }
      best = &entry;
    }
  }
  return best ? &best->target : nullptr;
}

uint64_t DatastreamRegistry::additions() const {
  return state_->additions;
}

size_t DatastreamRegistry::size() const {
  std::shared_lock lock(state_->mutex);
  return state_->entries.size();
}

DatastreamRegistry DatastreamRegistry::clone() const {
  DatastreamRegistry copy;
  copy.become(*this);
  return copy;
}

void DatastreamRegistry::become(const DatastreamRegistry& other) {
  if (state_ == other.state_) return;
  std::scoped_lock lock(state_->mutex, other.state_->mutex);
  state_->entries = other.state_->entries;
  state_->owners = other.state_->owners;
  state_->additions = other.state_->additions.load();
}

}  // namespace feeds

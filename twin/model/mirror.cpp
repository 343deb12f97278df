// SPDX-License-Identifier: Apache-2.0
#include "twin/model/mirror.h"

#include "twin/model/state_hash.h"

namespace model {
namespace {

constexpr size_t kKeptEvents = 4096;

}  // namespace

bool Mirror::apply(const ChangeBatch& batch) {
  if (batch.firstRevision == 0) {  // the first batch, or a keyframe: the whole state
    rows_.clear();
    byId_.clear();
  } else if (batch.firstRevision != revision_) {
    return false;
  }
  for (const EntityHandle& handle : batch.removed) {
    if (!find(handle)) continue;
    EntityRow& row = rows_[handle.slot];
    byId_.erase(row.entity.info->id);
    row = {};
  }
  for (const EntityRow& changed : batch.rows) {
    const uint32_t slot = changed.handle.slot;
    if (slot >= rows_.size()) rows_.resize(slot + 1);
    const bool isNew = rows_[slot].handle != changed.handle;
    rows_[slot] = changed;
    if (isNew) byId_[changed.entity.info->id] = changed.handle;
  }
  if (batch.restored) events_.clear();
  events_.insert(events_.end(), batch.events.begin(), batch.events.end());
  if (events_.size() > kKeptEvents) {
    events_.erase(events_.begin(),
                  events_.begin() + static_cast<std::ptrdiff_t>(events_.size() - kKeptEvents));
  }
  revision_ = batch.revision;
  return true;
}

const Entity* Mirror::find(EntityHandle handle) const {
  if (!handle || handle.slot >= rows_.size() || rows_[handle.slot].handle != handle) return nullptr;
  return &rows_[handle.slot].entity;
}

EntityHandle Mirror::handleOf(std::string_view id) const {
  const auto it = byId_.find(id);
  return it != byId_.end() ? it->second : EntityHandle{};
}

uint64_t Mirror::stateHash() const {
  uint64_t sum = 0;
  for (const EntityRow& row : rows_)
    if (row.handle) sum += entityHash(row.entity);
  return sum;
}

}  // namespace model

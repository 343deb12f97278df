// SPDX-License-Identifier: Apache-2.0
#include "twin/model/change_batch.h"

#include <iterator>
#include <utility>

#include "engine/base/ensure.h"

namespace model {

void ChangeBatch::merge(ChangeBatch later) {
  ENSURE(later.firstRevision == revision);
  if (empty() && rowOf_.empty()) {
    const uint64_t first = firstRevision;
    *this = std::move(later);
    firstRevision = first;
    return;
  }
  if (rowOf_.size() != rows.size()) {
    rowOf_.clear();
    for (size_t i = 0; i < rows.size(); ++i) rowOf_.emplace(rows[i].handle, i);
  }
  for (const EntityHandle& handle : later.removed) {
    const auto it = rowOf_.find(handle);
    bool readerKnowsIt = true;
    if (it != rowOf_.end()) {
      const size_t index = it->second;
      readerKnowsIt = (rows[index].bits & kAdded) == 0;
      rowOf_.erase(it);
      if (index + 1 != rows.size()) {
        rows[index] = std::move(rows.back());
        rowOf_[rows[index].handle] = index;
      }
      rows.pop_back();
    }
    if (readerKnowsIt) removed.push_back(handle);
  }
  for (EntityRow& row : later.rows) {
    const auto [it, isNew] = rowOf_.try_emplace(row.handle, rows.size());
    if (isNew) {
      rows.push_back(std::move(row));
    } else {
      EntityRow& mine = rows[it->second];
      mine.bits = static_cast<uint8_t>(mine.bits | row.bits);
      mine.entity = std::move(row.entity);
    }
  }
  if (later.restored) {
    events.clear();
    restored = true;
  }
  events.insert(events.end(), std::make_move_iterator(later.events.begin()),
                std::make_move_iterator(later.events.end()));
  revision = later.revision;
}

}  // namespace model

// SPDX-License-Identifier: Apache-2.0
#include "engine/base/change_set.h"

#include <algorithm>

namespace base {

void ChangeSet::mark(uint32_t slot) {
  if (slot >= marked_.size()) marked_.resize(slot + 1, 0);
  if (marked_[slot]) return;
  marked_[slot] = 1;
  slots_.push_back(slot);
}

void ChangeSet::markRange(uint32_t first, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) mark(first + i);
}

std::vector<ChangeSet::Range> ChangeSet::take(uint32_t mergeGap) {
  std::sort(slots_.begin(), slots_.end());
  std::vector<Range> ranges;
  for (const uint32_t slot : slots_) {
    marked_[slot] = 0;
    if (!ranges.empty() && slot - (ranges.back().first + ranges.back().count) <= mergeGap) {
      ranges.back().count = slot - ranges.back().first + 1;
    } else {
      ranges.push_back({slot, 1});
    }
  }
  slots_.clear();
  return ranges;
}

}  // namespace base

// SPDX-License-Identifier: Apache-2.0
#include "engine/render/range_allocator.h"

#include <iterator>

namespace render {

uint32_t RangeAllocator::allocate(uint32_t count) {
  if (count == 0) return 0;
  for (auto hole = holes_.begin(); hole != holes_.end(); ++hole) {
    if (hole->second < count) continue;
    const uint32_t first = hole->first;
    const uint32_t left = hole->second - count;
    holes_.erase(hole);
    if (left > 0) holes_.emplace(first + count, left);
    return first;
  }
  const uint32_t first = end_;
  end_ += count;
  return first;
}

void RangeAllocator::free(uint32_t first, uint32_t count) {
  if (count == 0) return;
  auto next = holes_.lower_bound(first);
  if (next != holes_.begin()) {
    const auto before = std::prev(next);
    if (before->first + before->second == first) {
      first = before->first;
      count += before->second;
      holes_.erase(before);
    }
  }
  if (next != holes_.end() && first + count == next->first) {
    count += next->second;
    holes_.erase(next);
  }
  holes_.emplace(first, count);
}

}  // namespace render

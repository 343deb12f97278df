// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace base {

/// The slots that changed since the last take(), as few ranges as sensible: what an uploader copies.
class ChangeSet {
 public:
  struct Range {
    uint32_t first;
    uint32_t count;
    bool operator==(const Range&) const = default;
  };

  void mark(uint32_t slot);
  void markRange(uint32_t first, uint32_t count);
  bool empty() const { return slots_.empty(); }

  /// Sorted, disjoint ranges; gaps of up to `mergeGap` unchanged slots are included rather than split.
  std::vector<Range> take(uint32_t mergeGap = 8);

 private:
  std::vector<uint32_t> slots_;      // marked slots, each once
  std::vector<uint8_t> marked_;      // by slot
};

}  // namespace base

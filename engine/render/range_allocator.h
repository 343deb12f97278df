// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

namespace render {

/// First fit over element ranges; neighbours merge when freed.
class RangeAllocator {
 public:
  /// The first element of a free range of `count`; extends the end when no hole fits.
  uint32_t allocate(uint32_t count);
  void free(uint32_t first, uint32_t count);
  /// One more than the highest element ever in use.
  uint32_t end() const { return end_; }

 private:
  std::map<uint32_t, uint32_t> holes_;  // first -> count
  uint32_t end_ = 0;
};

}  // namespace render

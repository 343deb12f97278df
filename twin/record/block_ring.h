// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "twin/record/log_format.h"

namespace record {

/// The last minutes of a recording in memory, as sealed blocks. Always begins where a keyframe can be
/// restored; what no keyframe needs any more is let go, by time and by a budget of bytes. Not thread-safe.
class BlockRing {
 public:
  BlockRing(double seconds, size_t bytes) : keep_(static_cast<int64_t>(seconds * 1e9)), budget_(bytes) {}

  void add(std::string block);
  /// A recording that starts from the last keyframe not newer than `from` (or the oldest there is): first a
  /// keyframe that starts a run, then the messages that were in flight at its moment, then the blocks since.
  /// Empty when there is no keyframe yet.
  std::vector<std::string> since(base::UtcNs from) const;
  size_t bytes() const { return used_; }
  /// Received time of the oldest moment that since() can give; 0 = none.
  base::UtcNs oldest() const;

 private:
  struct Sealed {
    std::string bytes;
    BlockHeader header;
  };
  size_t resumeOf(size_t keyframe) const;
  size_t keyframeAfter(size_t index) const;
  void trim();

  int64_t keep_;
  size_t budget_;
  std::deque<Sealed> blocks_;
  size_t used_ = 0;
  base::UtcNs newest_ = 0;
};

}  // namespace record

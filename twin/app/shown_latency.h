// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/clock.h"
#include "twin/model/change_batch.h"

namespace app {

/// Durations in a fixed amount of memory: counted to the millisecond below 20 s, together above.
class DurationCounts {
 public:
  /// Below zero (a source's clock is ahead of ours) counts as it is, but in the first millisecond.
  void add(int64_t nanoseconds);
  /// {"min", "median", "p95", "max", "count"} in milliseconds, the middle two rounded up to whole ones; null
  /// when nothing was counted.
  nlohmann::json json() const;

 private:
  double percentile(double share) const;

  std::array<uint64_t, 20'001> counts_{};
  uint64_t count_ = 0;
  int64_t least_ = 0, most_ = 0;
};

/// How old what a picture shows is when the picture is ready: from the event and from its reception. Of a thing that
/// changed several times between two pictures only the last time was ever shown, and counts.
class ShownLatency {
 public:
  /// What the next picture shows for the first time. The whole state (of the start, or after a seek) is no news.
  void take(const model::ChangeBatch& changes);
  /// That picture is under way as frame `frame`; frames count upwards.
  void drawn(uint64_t frame);
  /// The pictures up to frame `frame` were ready at `ready`.
  void finished(uint64_t frame, base::UtcNs ready);
  nlohmann::json json() const;

 private:
  struct Sample {
    base::UtcNs event = 0, received = 0;
  };
  struct Picture {
    uint64_t frame = 0;
    std::vector<Sample> samples;
  };
  std::vector<Sample> taken_;
  std::deque<Picture> underWay_;
  DurationCounts sinceEvent_, sinceReceived_;
};

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "twin/feeds/byte_io.h"
#include "twin/model/entity.h"

namespace feeds {

/// Decides which observations are news. Rules:
///  - per source, thing and property (or pose, or description) only a newer event time passes; the same time is a
///    duplicate, an older one late;
///  - an event passes once per id and source (the last 16,384 ids are remembered);
///  - what has left stays away: a pose not newer than the departure is late. Departures are remembered
///    for `lateness` behind the newest pose of the source; older poses of unknown things are late, so
///    that memory is bounded and nothing forgotten comes back;
///  - what another machine has put in order already (Observations::settled) passes unless it is the same
///    time again; there a departure means forgotten, since the thing may come back with its old values;
///  - what is known of a time that lies ahead of the arrival came while the machine's clock was ahead, and holds
///    nothing up: after a clock was set back live goes on at once;
///  - a pose without elevation (GTFS-Realtime's 32-bit positions) is superseded while a pose with
///    elevation of the same thing is at most 10 s older.
/// A retained property value of any age passes when it is the first.
/// Not thread-safe: the writer owns it.
class Sequencer {
 public:
  explicit Sequencer(double latenessSeconds);
  static constexpr base::UtcNs kUnknown = INT64_MAX;

  struct Outcome {
    uint32_t accepted = 0, late = 0, duplicate = 0, superseded = 0;
  };
  /// Takes out of `observations` what is not news; what was late goes to `late` when that is given: it is
  /// history, though it is no news. `received`: arrival by the machine's clock, to which event times were held.
  Outcome filter(model::SourceId source, model::Observations& observations,
                 model::Observations* late = nullptr, base::UtcNs received = kUnknown);

  /// What is remembered, for a keyframe. Sources keep their numbers; load() numbers them anew by
  /// `numbers` (position = number in the keyframe) and fails on anything damaged.
  void save(ByteWriter& out) const;
  void clear();
  bool load(ByteReader& in, const std::vector<model::SourceId>& numbers);

 private:
  /// With the standard hash: of strings the library then keeps the hash in each node, so that a look-up does not
  /// hash its neighbours again.
  template <typename T>
  using ByName = std::unordered_map<std::string, T>;
  struct Known {
    base::UtcNs pose = 0;
    base::UtcNs departed = 0;  ///< 0: here
    base::UtcNs described = 0;
    std::vector<std::pair<std::string, base::UtcNs>> properties;
  };
  struct SourceMemory {
    ByName<Known> things;
    std::pair<const std::string, Known>* last = nullptr;  ///< of `things`: a message mostly speaks of one thing
    base::UtcNs newestPose = 0;
    std::deque<std::pair<base::UtcNs, std::string>> departures;  ///< in order of arrival
    std::unordered_set<std::string> eventIds;
    std::deque<std::string> eventOrder;
  };
  enum class Verdict { News, Late, Duplicate, Superseded };

  SourceMemory& memoryOf(model::SourceId source);
  Known& thing(SourceMemory& memory, const std::string& entity);
  Known* knownThing(SourceMemory& memory, const std::string& entity);
  Verdict judge(SourceMemory& memory, const model::PropertyObservation& seen);
  Verdict judge(SourceMemory& memory, const model::PoseObservation& seen);
  Verdict judge(SourceMemory& memory, const model::EventObservation& seen);
  Verdict judge(SourceMemory& memory, const model::Departure& seen);
  Verdict judge(SourceMemory& memory, const model::DescriptionObservation& seen);
  Outcome filterSettled(SourceMemory& memory, model::Observations& observations);
  void forgetOldDepartures(SourceMemory& memory);
  bool isAhead(base::UtcNs time) const { return time > latest_; }
  template <typename T>
  void sift(SourceMemory& memory, std::vector<T>& list, std::vector<T>* late, Outcome& outcome);

  int64_t lateness_;
  base::UtcNs latest_ = kUnknown;     ///< that a time may be, in the message at hand
  std::deque<SourceMemory> sources_;  // never moves one: `last` points into it
  ByName<base::UtcNs> finePose_;  ///< newest pose with elevation, by thing, of all sources
};

}  // namespace feeds

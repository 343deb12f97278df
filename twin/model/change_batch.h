// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>
#include <vector>

#include "twin/model/entity.h"

namespace model {

/// What kind of change a row carries; bits.
enum ChangeBits : uint8_t { kAdded = 1, kPoseChanged = 2, kPropertiesChanged = 4, kInfoChanged = 8 };

struct EntityRow {
  EntityHandle handle;
  Entity entity;
  uint8_t bits = 0;
};

struct Event {
  EventObservation what;
  base::UtcNs received = 0;
  SourceId source = kNoSource;
  uint64_t revision = 0;  ///< rises by one with each event of the store
};

/// All that changed between two revisions of the store. Applying batches in order without a gap keeps
/// a mirror equal to the store; `firstRevision` lets a reader see a gap.
struct ChangeBatch {
  uint64_t firstRevision = 0;   ///< the revision this batch starts from
  uint64_t revision = 0;        ///< the revision it leads to
  std::vector<EntityRow> rows;  ///< each handle at most once
  std::vector<EntityHandle> removed;
  std::vector<Event> events;
  /// The state has jumped to another moment (a seek). Rows and removals lead there as always, but events,
  /// curves and whatever else a reader remembers of the time before are void; `events` are the last
  /// ones before that moment.
  bool restored = false;

  bool empty() const { return rows.empty() && removed.empty() && events.empty(); }
  /// Appends a later batch: newer rows replace older ones by slot, so a stalled reader pays one row per
  /// entity. Requires later.firstRevision == revision.
  void merge(ChangeBatch later);

 private:
  std::unordered_map<EntityHandle, size_t> rowOf_;  // lazily built by merge()
};

}  // namespace model

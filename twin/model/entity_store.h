// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <unordered_map>

#include "engine/base/slot_map.h"
#include "twin/model/change_batch.h"

namespace model {

/// The state of the twin, with one writer. Not thread-safe: ingest owns it and publishes batches.
class EntityStore {
 public:
  /// Adds or replaces what is fixed about a thing (from the city pack or a feed's description).
  EntityHandle define(EntityInfo info);
  /// Writes observations that the sequencer has accepted. Unknown entities appear with the observed
  /// kind. Events are appended. Departures remove movers.
  void apply(const Observations& observations, SourceId source, base::UtcNs received);
  void remove(std::string_view id);
  /// Holds exactly these things from now on. Things that stay keep their handles.
  void restore(std::vector<Entity> entities);

  const Entity* find(EntityHandle handle) const { return entities_.find(handle); }
  EntityHandle handleOf(std::string_view id) const;
  size_t size() const { return entities_.size(); }
  /// In slot order.
  template <typename F>
  void forEach(F&& f) const {
    entities_.forEach(f);
  }
  uint64_t revision() const { return revision_; }
  /// The revision that the last takeChanges() led to.
  uint64_t claimedRevision() const { return claimedRevision_; }

  /// Everything changed since the last call.
  ChangeBatch takeChanges();
  /// The whole state as one batch from revision 0: for late joiners, recordings, seeking.
  ChangeBatch keyframe() const;
  /// Order-independent hash of ids, values, units, event times and poses: live equals replay. Received
  /// times and sources do not count.
  uint64_t stateHash() const;

 private:
  void describe(const DescriptionObservation& seen);
  EntityHandle obtain(const std::string& id, const std::string& kind, Provenance provenance);
  void mark(EntityHandle handle, uint8_t bits);

  base::SlotMap<Entity> entities_;
  std::unordered_map<std::string, EntityHandle> byId_;  ///< the standard hash is kept in each node
  /// Bits of change by slot, 0 = none; a slot that is taken anew belongs to its present owner.
  std::vector<uint8_t> changed_;
  std::vector<EntityHandle> changedOrder_;  ///< handles marked since the last takeChanges(), those since removed too
  EntityHandle lastObtained_;               ///< a message mostly speaks of one thing
  std::vector<EntityHandle> removed_;
  std::vector<Event> events_;
  uint64_t revision_ = 0;
  uint64_t claimedRevision_ = 0;
  uint64_t eventRevision_ = 0;
};

}  // namespace model

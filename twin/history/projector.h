// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/history/state.h"
#include "twin/model/mirror.h"

namespace history {

/// Turns states into change batches that follow on each other, from what a reader shows now. Things that were live
/// keep their handles; what was not gets handles that no store gives out.
class Projector {
 public:
  Projector(const Pack& pack, const Names& names) : pack_(&pack), names_(&names) {}

  /// The reader shows this now.
  struct Shown {
    std::vector<std::pair<std::string, model::EntityHandle>> things;
    uint64_t revision = 0;
    uint32_t slots = 0;  ///< one more than the highest in use
  };
  static Shown shownIn(const model::Mirror& mirror);
  void startFrom(const Shown& shown);
  /// Numbers of the program's sources by those of table `source`; others become kNoSource.
  void setSources(std::vector<model::SourceId> byNumber) { sources_ = std::move(byNumber); }

  /// All that differs from what was shown. Rows carry kAdded, so that movers are set anew and not driven there.
  model::ChangeBatch jump(const State& state);
  /// Only the things that changed in a small step; motion goes on.
  model::ChangeBatch step(State& state);

 private:
  struct Thing {
    model::EntityHandle handle;
    uint64_t signature = 0;  ///< of what was shown; 0: must be shown anew
    bool present = false;    ///< in the state that is being projected
  };
  uint64_t signatureOf(const model::Entity& entity) const;
  Thing& thingOf(const std::string& id);
  void emit(model::ChangeBatch& batch, Thing& thing, const model::Entity& entity, uint8_t bits);
  void retire(model::ChangeBatch& batch, const std::string& id);
  model::ChangeBatch next();

  const Pack* pack_;
  const Names* names_;
  std::unordered_map<std::string, Thing> things_;
  std::vector<model::SourceId> sources_;
  std::vector<uint32_t> freeSlots_;
  uint32_t nextSlot_ = 0;
  uint32_t nextGeneration_ = 0;
  uint64_t revision_ = 0;
};

}  // namespace history

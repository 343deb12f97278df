// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "engine/base/change_set.h"
#include "engine/math/bounds.h"
#include "engine/scene/instance_store.h"

namespace render {

/// Instances that stand still, of one model and one square of the ground.
struct InstanceCell {
  glm::ivec2 place{0};       ///< column and row of the square
  math::Bounds bounds;       ///< of all bounding spheres
  float largestScale = 1;    ///< vertical
  float smallestScale = 1;
  uint32_t first = 0;        ///< into ModelInstances::standing
  uint32_t count = 0;
};

/// The instances of one model, in slot order within each cell and list: the same order every run.
struct ModelInstances {
  scene::ModelId model;
  std::vector<InstanceCell> cells;
  std::vector<uint32_t> standing;  ///< slots, by cell
  std::vector<uint32_t> moving;    ///< slots, ascending
};

/// Which instances there are, per model. Follows the store incrementally: what stands is regrouped only
/// when something standing changed; what moves is checked per slot.
class InstanceLists {
 public:
  /// `changed` is what the store's takeChanges() gave.
  void update(const scene::InstanceStore& store, std::span<const base::ChangeSet::Range> changed);
  /// By model slot, ascending.
  const std::vector<ModelInstances>& models() const { return models_; }
  /// Rises when what stands was regrouped.
  uint64_t standingRevision() const { return standingRevision_; }

 private:
  void rebuildStanding(const scene::InstanceStore& store);
  void addMoving(const scene::InstanceStore& store, std::span<const base::ChangeSet::Range> changed);
  void dropGone(const scene::InstanceStore& store);
  void fitModels(const scene::InstanceStore& store);

  std::vector<ModelInstances> models_;
  std::vector<uint32_t> listedAs_;  // by instance slot: model slot + 1 of the moving list that holds it
  uint64_t standingRevision_ = 0;
  uint64_t staticRevision_ = UINT64_MAX;
  uint64_t membershipRevision_ = UINT64_MAX;
};

}  // namespace render

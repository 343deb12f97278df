// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "engine/base/change_set.h"
#include "engine/base/slot_map.h"
#include "engine/scene/mesh_store.h"

namespace scene {

/// When a static mesh is drawn and what hides what where surfaces lie on each other.
enum class StaticLayer : uint8_t {
  Terrain,      ///< pushed back: everything else on the ground wins
  Ground,       ///< roads, paving, water beds
  GroundDetail, ///< junctions, crosswalks: win over Ground
  Solid,        ///< buildings, bridges
  Transparent,  ///< water, ghosts: blended after the opaque ones, in the order of the store
};

/// One merged piece of the city (a tile of buildings, a stretch of roads): vertices carry object ids.
struct StaticBatch {
  MeshId mesh;
  StaticLayer layer = StaticLayer::Solid;
  bool castsShadow = true;
  /// Beyond this distance (metres, to the bounds) the batch is not drawn; 0 = always.
  float maxDistance = 0;
};

using StaticId = base::Handle<StaticBatch>;

/// The fixed city. `objects` hold the state of each static object (hidden, selected, tinted ...).
class StaticStore {
 public:
  StaticId add(StaticBatch batch) { ++revision_; return batches_.insert(batch); }
  void remove(StaticId id) { ++revision_; batches_.erase(id); }
  const base::SlotMap<StaticBatch>& batches() const { return batches_; }
  /// Rises with every add or remove (cached shadow maps are redrawn).
  uint64_t revision() const { return revision_; }

  /// A new row of the object table; its index goes into Vertex.object.
  uint32_t addObject(gpu_types::Object object = {});
  uint32_t objectCount() const { return static_cast<uint32_t>(objects_.size()); }
  const gpu_types::Object& object(uint32_t index) const { return objects_[index]; }
  void setObject(uint32_t index, gpu_types::Object object);
  /// Hidden objects change shadows too: rises when any object's hidden bit changes.
  uint64_t hiddenRevision() const { return hiddenRevision_; }

  const std::vector<gpu_types::Object>& objects() const { return objects_; }
  std::vector<base::ChangeSet::Range> takeObjectChanges() { return changes_.take(); }

 private:
  base::SlotMap<StaticBatch> batches_;
  std::vector<gpu_types::Object> objects_;
  base::ChangeSet changes_;
  uint64_t revision_ = 0;
  uint64_t hiddenRevision_ = 0;
};

}  // namespace scene

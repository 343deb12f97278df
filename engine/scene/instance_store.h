// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/base/change_set.h"
#include "engine/base/slot_map.h"
#include "engine/scene/mesh_store.h"

namespace scene {

/// One model in several levels of detail. Level i is drawn while the instance's height on screen is at
/// least `minPixels` (at 1080 lines); levels are ordered from fine to coarse. Below the last: not drawn.
struct ModelLevel {
  MeshId mesh;
  float minPixels = 0;
  bool lampsByNightOnly = false;  ///< by day its lamps are too small to be seen
};

struct Model {
  std::string name;
  std::vector<ModelLevel> levels;
  float radius = 1;           ///< bounding sphere about the model's origin, metres, at scale 1
  float height = 1;           ///< metres, for the choice of level
  bool castsShadow = true;
  bool moves = false;         ///< vehicles: redrawn into shadow maps each frame where quality allows
  bool hasBlob = false;       ///< contains kSurfaceBlob triangles for the transparent pass (mesh `blob`)
  MeshId blob;                ///< the contact shadow, drawn in the transparent pass
  bool still = false;         ///< stands and shows no data: trees (see render::Part)
  bool headlights = false;    ///< lights the ground ahead of it when kStateHeadlights is set
  bool alwaysVisible = false; ///< marks: drawn at any distance, never smaller than `levels.back().minPixels`
};

using ModelId = base::Handle<Model>;
using Instance = gpu_types::Instance;

struct InstanceRow {
  Instance gpu{};
  ModelId model;
};

using InstanceId = base::Handle<InstanceRow>;

/// Everything that is drawn many times: vehicles, trees, lamps, devices, marks. A slot never moves, so
/// the pick id `slot | kPickInstance` stays valid while the instance lives.
class InstanceStore {
 public:
  ModelId addModel(Model model) { return models_.insert(std::move(model)); }
  const Model* model(ModelId id) const { return models_.find(id); }
  /// The model of that name, or none.
  ModelId findModel(const std::string& name) const;
  const base::SlotMap<Model>& models() const { return models_; }

  /// `instance.pick` is set by the store.
  InstanceId add(ModelId model, Instance instance);
  void remove(InstanceId id);
  const Instance* find(InstanceId id) const;
  ModelId modelOf(InstanceId id) const;
  void set(InstanceId id, const Instance& instance);
  /// The usual change: where a thing was, where it will be, and when (scene milliseconds).
  void setPoses(InstanceId id, glm::vec3 p0, float yaw0, uint32_t t0, glm::vec3 p1, float yaw1, uint32_t t1, float pitch);
  void setState(InstanceId id, uint32_t state, uint32_t color);

  const base::SlotMap<InstanceRow>& rows() const { return rows_; }
  size_t size() const { return rows_.size(); }
  std::vector<base::ChangeSet::Range> takeChanges() { return changes_.take(); }
  /// Rises when an instance of a model that does not move is added, removed or changed in pose.
  uint64_t staticRevision() const { return staticRevision_; }
  /// Rises with every add or remove: the renderer rebuilds its lists per model.
  uint64_t membershipRevision() const { return membershipRevision_; }

 private:
  void touch(InstanceId id, bool pose);

  base::SlotMap<Model> models_;
  base::SlotMap<InstanceRow> rows_;
  base::ChangeSet changes_;
  uint64_t staticRevision_ = 0;
  uint64_t membershipRevision_ = 0;
};

/// An instance that stands still: both poses equal. `heightScale` differs from `scale` for trees.
Instance standing(glm::vec3 position, float yaw, float scale, float heightScale, uint32_t color, uint32_t seed);

/// The position drawn at `timeMs`: the blend of the two poses, as the vertex shader computes it.
glm::vec3 positionAt(const Instance& instance, uint32_t timeMs);
float yawAt(const Instance& instance, uint32_t timeMs);

}  // namespace scene

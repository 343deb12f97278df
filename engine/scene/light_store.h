// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/change_set.h"
#include "engine/base/slot_map.h"
#include "shaders/shared/gpu_types.h"

namespace scene {

using Light = gpu_types::Light;
using LightId = base::Handle<Light>;

/// Lamps that light the ground around them (drawn into the ground field by the renderer).
class LightStore {
 public:
  LightId add(const Light& light) { const LightId id = lights_.insert(light); changes_.mark(id.slot); return id; }
  void remove(LightId id) { changes_.mark(id.slot); lights_.erase(id); }
  const Light* find(LightId id) const { return lights_.find(id); }
  /// `intensity` 0 off .. 1 full.
  void setIntensity(LightId id, float intensity) {
    Light* light = lights_.find(id);
    if (light == nullptr || light->intensity == intensity) return;
    light->intensity = intensity;
    changes_.mark(id.slot);
  }
  const base::SlotMap<Light>& lights() const { return lights_; }
  std::vector<base::ChangeSet::Range> takeChanges() { return changes_.take(); }

 private:
  base::SlotMap<Light> lights_;  // an erased slot holds a zero light
  base::ChangeSet changes_;
};

}  // namespace scene

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/binding/bind_context.h"
#include "twin/binding/object_pool.h"
#include "twin/model/mirror.h"

namespace binding {

/// Things that no pack knows and feeds describe: sensors of any kind, lanes, areas of warnings. A thing
/// with a place gets its kind's model or a pin, a course gets a line, an area a translucent fill with a
/// rim. All of it follows freshness and the layer switches, and goes when its time is up.
class DescribedBinding {
 public:
  explicit DescribedBinding(const BindContext& context) : context_(context), objects_(context.scene.statics) {}

  /// Where one described thing is shown.
  struct Shown {
    glm::dvec3 anchor{0};  ///< above the thing, for its label
    double radius = 8;     ///< metres, for framing
    uint32_t pick = 0;     ///< 0: nothing of it can be pointed at
    bool visible = true;   ///< false: expired, or its layer is off
  };

  /// True when the thing is one of ours: described by a feed, in no pack, and standing still.
  bool update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time);
  void remove(model::EntityHandle handle);
  void clear();
  /// Ages, and things whose time is up; some each call, all within a second or two.
  void sweep(const model::Mirror& mirror, const BindTime& time);
  void setLayerHidden(std::string_view layer, bool hidden);

  const Shown* find(model::EntityHandle handle) const;
  model::EntityHandle ownerOfInstance(uint32_t slot) const;
  model::EntityHandle ownerOfObject(uint32_t object) const;
  void forEach(const std::function<void(model::EntityHandle, const Shown&)>& visit) const;

 private:
  struct Thing {
    Shown shown;
    std::string layer;
    base::UtcNs described = 0;  ///< of the description that was built
    base::UtcNs expires = 0;
    scene::InstanceId marker;
    std::vector<scene::LineId> lines;
    bool hasArea = false;
    uint32_t object = gpu_types::kNoObject;
    scene::MeshId mesh;
    scene::StaticId batch;
  };
  void build(Thing& thing, model::EntityHandle handle, const model::Entity& entity);
  void buildMarker(Thing& thing, model::EntityHandle handle, const model::EntityInfo& info);
  void buildLines(Thing& thing, const model::EntityInfo& info);
  void buildArea(Thing& thing, model::EntityHandle handle, const model::EntityInfo& info);
  void drop(Thing& thing);
  void paint(Thing& thing, const model::Entity& entity, const BindTime& time);
  double ground(glm::dvec2 p) const { return context_.city.surfaceAt(p.x, p.y, 0); }

  BindContext context_;
  ObjectPool objects_;
  std::unordered_map<model::EntityHandle, Thing> things_;
  std::vector<model::EntityHandle> order_;  // for the sweep; may name things that have gone
  std::unordered_map<uint32_t, model::EntityHandle> byInstance_, byObject_;
  std::map<std::string, bool, std::less<>> hiddenLayers_;
  size_t sweepIndex_ = 0;
};

}  // namespace binding

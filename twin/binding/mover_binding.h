// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <unordered_map>

#include "twin/binding/bind_context.h"
#include "twin/model/mirror.h"

namespace binding {

/// Vehicles and people: one instance each, moved by two timed poses. A pose that was observed at time E
/// is shown at E + delay, so that the next one has usually come before the vehicle gets there; when it
/// has not, the vehicle waits instead of being guessed onward.
class MoverBinding {
 public:
  explicit MoverBinding(const BindContext& context) : context_(context) {}

  /// `anew`: it is set where it was, not driven there (time has jumped).
  void update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time, bool anew = false);
  void remove(model::EntityHandle handle);
  void clear();
  /// Ages, headlights and vehicles that fell silent; a few hundred per call, all within a second.
  void sweep(const model::Mirror& mirror, const BindTime& time);
  void setHidden(bool hidden, std::string_view layer);

  scene::InstanceId instanceOf(model::EntityHandle handle) const;
  model::EntityHandle ownerOf(uint32_t instanceSlot) const;
  size_t size() const { return movers_.size(); }

 private:
  struct Mover {
    scene::InstanceId instance;
    std::string layer;
    base::UtcNs shownEvent = 0;  ///< event time of the pose that is being driven to
  };
  void place(Mover& mover, const model::Entity& entity, const BindTime& time, bool fresh);
  void paint(Mover& mover, const model::Entity& entity, const BindTime& time);
  Mover* create(model::EntityHandle handle, const model::Entity& entity, const BindTime& time);

  BindContext context_;
  std::unordered_map<model::EntityHandle, Mover> movers_;
  std::map<uint32_t, model::EntityHandle> owners_;  // by instance slot, for the sweep
  std::map<std::string, bool, std::less<>> hiddenLayers_;
  uint32_t sweepSlot_ = 0;
};

}  // namespace binding

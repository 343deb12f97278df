// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/binding/bind_context.h"
#include "twin/model/mirror.h"

namespace binding {

/// Things that stand: lamps, signal heads, bins, screens, sensors. Their instances were made by the
/// city builder; here they take the colour, light and freshness of their values.
class DeviceBinding {
 public:
  explicit DeviceBinding(const BindContext& context);

  void update(model::EntityHandle handle, const model::Entity& entity, const BindTime& time);
  /// Things fall silent without a message: looks at some of the reporting things each call.
  void sweep(const model::Mirror& mirror, const BindTime& time);
  void setLayerHidden(std::string_view layer, bool hidden);
  /// The whole state was replaced (a jump in time): what has not reported in it looks so.
  void replaced(const model::Mirror& mirror, const BindTime& time);

 private:
  void apply(const model::Entity& entity, const city::SceneParts& parts, const BindTime& time);
  void applyController(const model::Entity& controller, const BindTime& time);
  void applyBay(const model::Entity& bay, const city::SceneParts& parts, bool alive);

  struct SignalHead {
    std::string entity;
    int group = 0;        ///< of the round lenses; 0: the head has only an arrow
    int arrowGroup = 0;   ///< of the left arrow; 0: none
    bool pedestrian = false;
  };
  /// Lit lenses and freshness bits of a head.
  uint32_t headState(const model::Entity& controller, const SignalHead& head, const BindTime& time) const;

  BindContext context_;
  std::map<std::string, std::vector<SignalHead>, std::less<>> headsOf_;  // by controller id
  std::vector<model::EntityHandle> reporting_;
  std::unordered_map<model::EntityHandle, bool> isReporting_;
  std::map<std::string, bool, std::less<>> hiddenLayers_;
  std::unordered_map<std::string, scene::InstanceId> parkedCars_;        // by bay id
  size_t sweepIndex_ = 0;
};

}  // namespace binding

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "engine/base/clock.h"
#include "twin/core/catalogue.h"
#include "twin/plan/edit.h"

namespace panels {

/// What the user asked for through a panel or a key. The app carries commands out after the panels were
/// built, so a panel never changes what another one is showing in the same frame.
struct SelectEntity { std::string id; };             ///< empty id: select nothing
struct FlyToEntity { std::string id; };
struct FollowEntity { std::string id; };             ///< empty id: stop following
struct FlyToView { std::string view; };              ///< id of a named view
struct FlyToPoint { glm::dvec3 target; double distance; };
struct SetLanguage { core::Language language; };
struct SetLayerVisible { std::string layer; bool visible; };
struct SetPaused { bool paused; };
struct SetReplaySpeed { double speed; };
struct SeekTo { base::UtcNs utc; };                  ///< replay only
struct GoLive {};
struct AddPlanEdit { plan::Edit edit; };             ///< into the active layer, made when there is none
struct SetPlanLayerEnabled { size_t layer; bool enabled; };
struct Undo {};
struct Redo {};
struct SetUiScale { double scale; };
struct SetQuality { int level; };                    ///< 0 low, 1 medium, 2 high
struct SetMatchDay { bool on; };
struct ToggleFullscreen {};
struct TakeScreenshot {};
struct ToggleCapsule {};                             ///< starts or ends an incident capsule
struct NorthUp {};
struct TopView {};
struct Home {};
struct Quit {};

using Command = std::variant<SelectEntity, FlyToEntity, FollowEntity, FlyToView, FlyToPoint, SetLanguage, SetLayerVisible,
                             SetPaused, SetReplaySpeed, SeekTo, GoLive, AddPlanEdit, SetPlanLayerEnabled, Undo, Redo, SetUiScale,
                             SetQuality, SetMatchDay, ToggleFullscreen, TakeScreenshot, ToggleCapsule, NorthUp, TopView, Home, Quit>;

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>

#include "engine/base/clock.h"
#include "twin/alarms/desk.h"
#include "twin/core/catalogue.h"
#include "twin/history/history.h"
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
struct SeekTo { base::UtcNs utc; };                  ///< in a replay, or into the recorded past
struct SetTimeView { history::TimeView view; };      ///< of the recorded past
struct SetTimelineRange { double seconds; };         ///< how much of the past the timeline shows
struct AddBookmark { std::string name; };            ///< of the moment that is shown; empty: named by its time
struct RemoveBookmark { size_t index; };
struct GoLive {};
struct AddPlanEdit { plan::Edit edit; };             ///< into the active layer, made when there is none
struct SetPlanLayerEnabled { size_t layer; bool enabled; };
struct Undo {};
struct Redo {};
struct SetUiScale { double scale; };
struct SetQuality { int level; };                    ///< 0 low, 1 medium, 2 high
struct SetMatchDay { bool on; };
struct SetLookAhead { bool on; };                    ///< the next minutes as ghosts
struct SetAheadMinutes { double minutes; };          ///< how far ahead they are shown, 1 .. 15
struct ToggleFullscreen {};
struct TakeScreenshot {};
struct ToggleCapsule {};                             ///< starts or ends an incident capsule
struct NorthUp {};
struct TopView {};
struct Home {};
struct AlarmRequest { alarms::DeskRequest request; };  ///< the app adds who
struct ChooseAlarm { std::string key; };               ///< in the desk
struct ExportAlarms {};                                ///< the list as CSV, into the current folder
struct Quit {};

using Command = std::variant<SelectEntity, FlyToEntity, FollowEntity, FlyToView, FlyToPoint, SetLanguage, SetLayerVisible,
                             SetPaused, SetReplaySpeed, SeekTo, GoLive, AddPlanEdit, SetPlanLayerEnabled, Undo, Redo, SetUiScale,
                             SetTimeView, SetTimelineRange, AddBookmark, RemoveBookmark, SetQuality, SetMatchDay, SetLookAhead, SetAheadMinutes, ToggleFullscreen,
                             TakeScreenshot, ToggleCapsule, NorthUp, TopView, Home, AlarmRequest, ChooseAlarm, ExportAlarms, Quit>;

}  // namespace panels

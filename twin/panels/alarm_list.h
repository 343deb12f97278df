// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/scene/label_layout.h"
#include "twin/alarms/desk.h"
#include "twin/panels/context.h"

struct ImDrawList;
struct ImVec2;

namespace panels {

/// What the desk's list shows on a tab, in its order. Empty without alarms.
std::vector<const alarms::AlarmRow*> alarmRows(const PanelInput& in, AlarmTab tab);
/// The row that keys and buttons work on: the chosen one, or the first of the list.
const alarms::AlarmRow* currentAlarm(const PanelInput& in, const Shown& shown);
/// The thing that an alarm is about, as far as there is one.
const model::Entity* thingOf(const PanelInput& in, const alarms::AlarmRow& row);
/// Where it is, in the city frame.
std::optional<glm::dvec3> placeOf(const PanelInput& in, const alarms::AlarmRow& row);
/// Its view, its thing or its place, whatever there is first.
std::optional<Command> flyTo(const PanelInput& in, const alarms::AlarmRow& row);

/// Shape, colour and letter of a priority. Only this flashes, only while nobody has acknowledged.
void alarmSymbol(const Context& ui, ImDrawList& list, alarms::Priority priority, const ImVec2& centre, float r, bool lit);
/// The same before every label in the picture that is an alarm's; after ui::drawLabels().
void alarmSymbols(const ui::Fonts& fonts, const binding::Palette& palette, const binding::Binding& binding, const std::vector<scene::PlacedLabel>& placed,
                  double scale, base::UtcNs shown);
/// Lit, or the dark half of flashing of an unacknowledged alarm.
bool symbolLit(const Context& ui, const alarms::AlarmRow& row);
std::string alarmWhere(const Context& ui, const alarms::AlarmRow& row);
std::string alarmValue(const Context& ui, const alarms::AlarmRow& row);
std::string alarmStateText(const Context& ui, const alarms::AlarmRow& row);

/// Most that one shelving by key or button takes, seconds; less where the rule allows less.
double shelveSeconds(const alarms::Rule& rule, double wanted);

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/platform/input.h"
#include "twin/panels/command.h"
#include "twin/panels/i18n.h"
#include "twin/panels/panel_id.h"
#include "twin/panels/panel_input.h"

namespace panels {

struct Chord {
  platform::Key key = platform::Key::Unknown;
  platform::Modifiers modifiers;
};

/// What an action may look at and change: commands go to the app, open panels are the panels' own.
struct ActionTarget {
  const PanelInput& in;
  Shown& shown;
  std::vector<Command>& out;
};

enum class ActionGroup : uint8_t { Camera, Time, Panels, Alarms, Plan, Program };

/// One row of the table that keys, the help overlay and the tabs' hints are made of.
struct Action {
  const char* id;
  std::vector<Chord> chords;  ///< any of them; of number keys the index is the number
  const char* text;           ///< i18n key
  ActionGroup group;
  std::function<void(ActionTarget&, size_t chord)> run;
};

const std::vector<Action>& actionTable();
const Action* findAction(std::string_view id);

/// "Ctrl+F", "1–9": how an action's keys are written.
std::string keyText(const Action& action);

/// Runs the action whose chord was pressed; a key that is held repeats only when it steps through time.
void runKeys(const platform::Input& keys, ActionTarget& target);

}  // namespace panels

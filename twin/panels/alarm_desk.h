// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>

#include "twin/alarms/desk.h"
#include "twin/panels/context.h"
#include "twin/panels/panel_window.h"

namespace panels {

/// The operator's desk: what wants an answer, what it means, what to do, and the buttons to do it. Wide in a
/// control room (list left, guidance right), one above the other elsewhere.
class AlarmDesk {
 public:
  void build(const Context& ui, const Rect& place, PanelWindows& windows);

 private:
  void head(const Context& ui);
  void notices(const Context& ui);
  void list(const Context& ui, float width);
  void row(const Context& ui, const alarms::AlarmRow& row, float width);
  void guidance(const Context& ui, const alarms::AlarmRow& row);
  void buttons(const Context& ui, const alarms::AlarmRow& row);
  void commentLine(const Context& ui, const alarms::AlarmRow& row);

  std::array<char, 400> comment_{};
  std::string scrolledTo_;  ///< the chosen alarm that was last brought into view
};

/// Figures of how well the alarms themselves do, against what EEMUA 191 and IEC 62682 call acceptable.
void alarmFigures(const Context& ui, const alarms::DeskView& view);

/// Around an alarm: nearest camera, neighbours with their values, other alarms near by, the last minutes.
void alarmSurroundings(const Context& ui, const alarms::AlarmRow& row);

/// Counts by priority for the top bar: how wide, and drawn at the present position.
float alarmSummaryWidth(const Context& ui);
void alarmSummary(const Context& ui, float barHeight);

}  // namespace panels

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "twin/alarms/alarm.h"
#include "twin/alarms/figures.h"
#include "twin/alarms/rule_file.h"

namespace alarms {

/// What an operator may do to an alarm.
enum class DeskAction : uint8_t { Acknowledge, Shelve, Unshelve, RemoveFromService, PlaceInService, Comment };

struct DeskRequest {
  DeskAction action = DeskAction::Acknowledge;
  std::vector<std::string> keys;  ///< of the alarms; Acknowledge: may be many
  std::string who;
  std::string note;               ///< Comment needs one; the others may have one
  double seconds = 0;             ///< Shelve: for so long
};

/// Given once the outcome is on the disk (or why it is not).
struct DeskAnswer {
  uint64_t request = 0;
  bool done = false;
  std::string text;  ///< why not; a key of the panels' words ("alarm.refused_shelve") or a line of its own
};

/// One row of the desk.
struct AlarmRow {
  Alarm alarm;
  int rule = 0;  ///< index into the rule set
  Priority priority = Priority::Low;
  AlarmState state = AlarmState::Normal;
  bool wantsAttention = false;  ///< unacknowledged: its symbol flashes
  int explains = 0;             ///< alarms that are suppressed because of this one
};

/// Several alarms of one rule in a flood, as one line.
struct FloodLine {
  int rule = 0;
  int count = 0;
  base::UtcNs first = 0;
};

/// All that the desk shows, at one moment; never changed once published.
struct DeskView {
  uint64_t revision = 0;
  base::UtcNs now = 0;
  std::shared_ptr<const RuleSet> rules;
  std::vector<AlarmRow> rows;  ///< every alarm with something to show: those that want attention first, then by priority, newest first
  AlarmFigures figures;
  std::vector<FloodLine> flood;  ///< by rule, most first; empty when calm
  std::vector<DeskAnswer> answers;  ///< the last few
  bool stored = false;          ///< what is done here survives a restart
  std::string storeProblem;     ///< why not, empty when fine or not wanted
  uint64_t missedReadings = 0;  ///< values that were left out because the alarms could not keep up

  const Rule& ruleOf(const AlarmRow& row) const { return rules->rules[static_cast<size_t>(row.rule)]; }
  const AlarmRow* find(std::string_view key) const;
};

/// The list as CSV (RFC 4180, UTF-8 with BOM so that spreadsheets read Hangul): for screen readers and reports.
std::string deskCsv(const DeskView& view, core::Language language);

}  // namespace alarms

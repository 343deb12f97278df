// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "twin/alarms/alarm.h"

namespace alarms {

/// One entry of the audit log: who did what to which alarm, and what the alarm is from then on.
struct JournalEntry {
  base::UtcNs time = 0;
  std::string what;  ///< "Raise", "Clear", "Acknowledge", "Shelve" ... (nameOf(AlarmInput) where there is one)
  std::string who;   ///< "system" for the rules
  std::string note;
  Alarm alarm;       ///< after it; without comments, which are entries of their own
};

/// As a line of JSON, with the state under its OPC UA Part 9 names.
std::string toJson(const JournalEntry& entry);
base::Result<JournalEntry> parseJournal(std::string_view json);

/// What a journal adds up to: the alarms that have a state to keep, and the announcements of its last day.
class JournalReplay {
 public:
  /// Reads one line; one that cannot be read is counted and left out.
  void add(std::string_view json);

  std::map<std::string, Alarm> alarms;  ///< by key
  struct Announced {
    base::UtcNs time = 0;
    std::string key;
  };
  std::vector<Announced> announced;  ///< of the last 24 h before the newest entry
  base::UtcNs newest = 0;
  uint64_t unreadable = 0;
};

constexpr size_t kCommentsKept = 10;

}  // namespace alarms

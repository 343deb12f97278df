// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "twin/alarms/desk.h"
#include "twin/alarms/journal.h"

namespace alarms {

/// All alarms with a state, the steps of their machines, and what of it belongs into the journal. Knows no
/// thread and no file. One caller at a time.
class AlarmBook {
 public:
  explicit AlarmBook(std::shared_ptr<const RuleSet> rules);

  /// Alarms from before a restart. Those of rules that are gone are let go, with an entry.
  void restore(JournalReplay replay, base::UtcNs now);

  void find(int rule, const Finding& finding, base::UtcNs now);
  /// Runs all delays; `explained` says which alarm, if any, explains this one by design.
  using Explained = std::function<std::string(int rule, const Alarm& alarm)>;
  void tick(base::UtcNs now, const Explained& explained);
  /// Why nothing was done, or empty. What was done can be taken back until the next call of anything else.
  std::string carryOut(const DeskRequest& request, base::UtcNs now);
  void takeBack();
  void shift(int64_t by);
  void clear();

  const Alarm* get(int rule, const std::string& subject) const;
  /// Subjects of a rule whose cause is there or whose alarm stands.
  std::vector<std::string> standing(int rule) const;
  /// Fills rows, figures and flood lines.
  void show(DeskView& view, base::UtcNs now) const;

  /// What is not in the journal yet.
  const std::vector<JournalEntry>& pending() const { return pending_; }
  void forgetPending() { pending_.clear(); }
  uint64_t revision() const { return revision_; }

 private:
  using Key = std::pair<int, std::string>;  ///< rule, subject
  void apply(const Key& key, Alarm& alarm, AlarmInput input, base::UtcNs now, base::UtcNs at, const std::string& who, const std::string& note);
  void note(const char* what, const Alarm& alarm, base::UtcNs now, const std::string& who, const std::string& text);
  std::string refuse(const DeskRequest& request, const Alarm* alarm, const Rule* rule) const;
  Key keyOf(const std::string& key) const;

  std::shared_ptr<const RuleSet> rules_;
  std::vector<AlarmTiming> timings_;  // by rule
  std::map<Key, Alarm> alarms_;       // in order: the same every time
  FigureKeeper figures_;
  std::vector<JournalEntry> pending_;
  std::vector<std::pair<Key, Alarm>> before_;  // as they were before the last request
  uint64_t revision_ = 0;
};

}  // namespace alarms

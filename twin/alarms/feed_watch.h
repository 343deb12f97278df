// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "twin/alarms/engine.h"

namespace alarms {

/// The rules about the plumbing itself: sources that have fallen silent or lost their link, and the
/// history's disk. The engine tells it what it hears.
class FeedWatch {
 public:
  explicit FeedWatch(const RuleSet& rules) : rules_(&rules) {}

  void begin(base::UtcNs now) { begun_ = now; }
  /// A message of a source was received.
  void heard(const std::string& name, double expectedPeriod, base::UtcNs received);
  void report(const feeds::FeedStats& stats);
  void reportStore(const StoreHealth& health) { store_ = health; }
  /// An alarm of this subject stands from before a restart.
  void adopt(size_t rule, const std::string& subject);
  void tick(size_t rule, base::UtcNs now, Findings& out);
  void shift(int64_t by);

 private:
  struct Source {
    double expectedPeriod = 0;
    base::UtcNs received = 0;  ///< 0: never
    base::UtcNs due = 0;       ///< no word is expected before; 0: always
    bool counts = false;       ///< has said something, or is meant to
    bool failed = false;       ///< gave up: wrong password, missing file
    std::string error;
  };
  void tickFeeds(size_t rule, base::UtcNs now, Findings& out);

  const RuleSet* rules_;
  base::UtcNs begun_ = 0;
  std::map<std::string, Source> sources_;
  StoreHealth store_;
  std::map<size_t, std::map<std::string, LastFinding>> last_;  // by rule, subject
};

/// Subject of the history's alarm.
constexpr const char* kHistorySubject = "history";

}  // namespace alarms

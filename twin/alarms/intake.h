// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "twin/alarms/evaluator.h"
#include "twin/alarms/rule_file.h"
#include "twin/feeds/change_tap.h"

namespace alarms {

/// The feed's side of the alarms: copies what some rule looks at, and returns. Everything else costs one
/// look-up. The writer's thread puts, the engine takes.
class Intake {
 public:
  explicit Intake(const RuleSet& rules);

  /// Of the pack; before the feeds start.
  void define(const model::EntityInfo& info);
  void put(const feeds::AppliedMessage& message, const feeds::Source& source);

  struct SourceSeen {
    std::string name;
    double expectedPeriod = 0;
    base::UtcNs received = 0;  ///< of its last message
  };
  struct Batch {
    std::vector<Reading> readings;
    std::map<model::SourceId, SourceSeen> sources;
    uint64_t missed = 0;  ///< values left out so far: the engine was too slow
  };
  Batch take();

 private:
  /// What rules want of a kind.
  struct Interest {
    bool any = false;   ///< any word from it (no data)
    bool pose = false;
    bool described = false;
    bool groups = false;  ///< group_<n> of signal controllers
    std::set<std::string, std::less<>> properties;
  };
  struct Known {
    std::shared_ptr<const Thing> thing;
    const Interest* interest = nullptr;
  };

  /// Null when no rule looks at such a thing.
  const Known* known(const std::string& id, const std::string& kind);
  const Interest* interestOf(const std::string& kind) const;
  bool wantsEvent(std::string_view type) const;
  Reading make(ReadingKind what, const Known& known, const feeds::AppliedMessage& message) const;
  void properties(const feeds::AppliedMessage& message, std::vector<Reading>& out);
  void poses(const feeds::AppliedMessage& message, std::vector<Reading>& out);
  void others(const feeds::AppliedMessage& message, std::vector<Reading>& out);

  std::map<std::string, Interest, std::less<>> interests_;  // by kind
  std::vector<std::string> events_;
  std::unordered_map<std::string, Known> byId_;  // only things that some rule looks at
  std::vector<Reading> fresh_;  // of the message at hand

  std::mutex mutex_;
  Batch batch_;
};

}  // namespace alarms

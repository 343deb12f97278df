// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "twin/alarms/desk.h"
#include "twin/alarms/evaluator.h"
#include "twin/alarms/rule_file.h"
#include "twin/feeds/change_tap.h"
#include "twin/feeds/feed_stats.h"

namespace alarms {

/// What time it is for the alarms. `epoch` rises when the time has been set rather than passed (the
/// machine's clock was stepped, a replay was sought): then running delays are kept, not judged.
struct EngineTime {
  base::UtcNs utc = 0;
  uint32_t epoch = 0;
};

/// How the history does, as far as alarms care.
struct StoreHealth {
  bool full = false;
  std::string text;
};

struct EngineOptions {
  std::shared_ptr<const RuleSet> rules;
  RuleContext context;
  /// For the engine's thread; any thread may call it. Not used inline.
  std::function<EngineTime()> now;
  /// No thread: advance() does all, on the caller's. For fixed clocks: same input, same alarms.
  bool runInline = false;
  /// A jump in time forgets everything (replay: what is shown is another time) instead of keeping it (live).
  bool restartOnJump = false;
  std::filesystem::path stateFolder;  ///< of the audit log; empty: nothing is kept
};

/// The alarms at work: listens to what the store takes, judges it by the rules on a thread of its own, and
/// publishes what the desk shows. Time runs in whole seconds of the feed's clock, and every reading is
/// judged at the time it was received: a replay of the same messages raises the same alarms.
class Engine final : public feeds::ChangeTap {
 public:
  /// Restores what the state folder remembers. A folder that cannot be used is no failure: the view then
  /// says why nothing is stored.
  static std::unique_ptr<Engine> create(EngineOptions options);
  ~Engine() override;  ///< stops

  /// Things of the pack; before start().
  void define(const std::vector<model::EntityInfo>& entities);
  void onApplied(const feeds::AppliedMessage& message, const feeds::Source& source) override;
  /// A few times a second: links that are down, sources that never said anything.
  void reportFeeds(const feeds::FeedStats& stats);
  void reportStore(StoreHealth health);

  void start();
  void stop();
  /// Inline: judges everything up to `now`.
  void advance(base::UtcNs now);

  /// Carried out by the engine; the answer appears in the view once it is on the disk. Never waits.
  uint64_t request(DeskRequest request);
  /// The latest; never null. Never waits for the engine.
  std::shared_ptr<const DeskView> view() const;

 private:
  struct State;
  explicit Engine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The audit log's name in the state folder.
constexpr const char* kAuditFile = "alarms.audit";

}  // namespace alarms

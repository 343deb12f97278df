// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "twin/alarms/engine.h"
#include "twin/app/options.h"
#include "twin/app/show_clock.h"
#include "twin/app/world.h"

namespace app {

/// The alarms of this run: rules of the pack or of --alarms, what they need of the city, the clock they
/// live by, where they are kept, and who sits at the desk.
class Alarming {
 public:
  /// Null without rules. The clock decides how: live (own thread, kept in the state folder), replay (own
  /// thread, nothing kept) or fixed (inline, nothing kept).
  static base::Result<std::unique_ptr<Alarming>> create(const Options& options, const World& world, const ShowClock& clock);
  ~Alarming();

  feeds::ChangeTap& tap() { return *engine_; }
  void start() { engine_->start(); }
  void stop() { engine_->stop(); }
  /// Once a frame: the moment that is shown.
  void advanceTo(base::UtcNs shown);
  void report(const feeds::FeedStats& stats) { engine_->reportFeeds(stats); }
  void reportStore(alarms::StoreHealth health) { engine_->reportStore(std::move(health)); }
  std::shared_ptr<const alarms::DeskView> view() const { return engine_->view(); }
  /// In the name of the account that runs the program.
  void request(alarms::DeskRequest request);

 private:
  struct ReplayTime;
  Alarming() = default;
  std::unique_ptr<alarms::Engine> engine_;
  std::shared_ptr<ReplayTime> replay_;  ///< null when live or fixed
  bool inline_ = false;
  std::string operator_;
};

/// $XDG_STATE_HOME/alphacity, or ~/.local/state/alphacity.
std::filesystem::path stateFolderOf(const Options& options);

/// --verify-audit: checks the chain, prints its length and last hash. The exit code.
int runVerifyAudit(const std::filesystem::path& file);

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "twin/app/alarming.h"
#include "twin/app/feeding.h"
#include "twin/history/history_writer.h"

namespace app {

/// What an ingest node keeps beside publishing: history where --history says, and the alarms' states in the folder of
/// --state-dir. Neither unless asked for.
class NodeRecord {
 public:
  static base::Result<std::unique_ptr<NodeRecord>> create(const Options& options, const World& world);

  /// Before the feeds are started; must outlive them.
  void listenTo(Feeding& feeding);
  /// Now and then: tells the alarms what they cannot hear by themselves.
  void report(const feeds::FeedStats& feeds);
  /// After the feeds have stopped: writes what waits, and ends.
  void stop();

  /// How it goes, one line for the service manager; empty when nothing is kept. All that it counts is on the disk.
  std::string line() const;
  /// The same for --stats.
  void addTo(nlohmann::json& stats) const;

 private:
  NodeRecord() = default;
  std::unique_ptr<ShowClock> clock_ = ShowClock::live();
  std::unique_ptr<history::HistoryWriter> history_;
  std::unique_ptr<Alarming> alarms_;
};

}  // namespace app

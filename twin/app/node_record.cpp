// SPDX-License-Identifier: Apache-2.0
#include "twin/app/node_record.h"

#include <nlohmann/json.hpp>

#include "engine/base/log.h"
#include "twin/app/history_to_write.h"

namespace app {

base::Result<std::unique_ptr<NodeRecord>> NodeRecord::create(const Options& options, const World& world) {
  auto record = std::unique_ptr<NodeRecord>(new NodeRecord);
  auto writing = historyToWrite(options, world);
  if (!writing) return base::Error{writing.error()};
  if (!writing->where.empty()) {
    base::logInfo("history is kept in " + history::shownName(writing->where));
    auto writer = history::HistoryWriter::create(*std::move(writing));
    if (!writer) return base::Error{writer.error()};
    record->history_ = *std::move(writer);
  }
  if (!options.stateDir.empty()) {
    auto alarms = Alarming::create(options, world, *record->clock_);
    if (!alarms) return base::Error{alarms.error()};
    record->alarms_ = *std::move(alarms);
  }
  return record;
}

void NodeRecord::listenTo(Feeding& feeding) {
  if (history_) feeding.addChangeTap(*history_);
  if (!alarms_) return;
  feeding.addChangeTap(alarms_->tap());
  alarms_->start();
}

void NodeRecord::report(const feeds::FeedStats& feeds) {
  if (!alarms_) return;
  alarms_->report(feeds);
  if (!history_) return;
  const history::HistoryStatus status = history_->status();
  const bool stopped = hasStopped(status);
  alarms_->reportStore({.full = stopped, .text = stopped ? status.problem : std::string()});
}

void NodeRecord::stop() {
  if (alarms_) alarms_->stop();
  if (history_) history_->stop();
}

std::string NodeRecord::line() const {
  std::string line;
  if (history_) {
    const history::HistoryStatus status = history_->status();
    line = "history: " + std::to_string(status.rows) + " rows safe" + (status.troubled() ? ", " + status.problem : std::string());
  }
  if (alarms_) {
    const auto view = alarms_->view();
    line += std::string(line.empty() ? "" : "; ") + "alarms: " +
            (view->stored ? std::to_string(view->figures.active) + " active" : "not kept, " + view->storeProblem);
  }
  return line;
}

void NodeRecord::addTo(nlohmann::json& stats) const {
  if (history_) {
    const history::HistoryStatus s = history_->status();
    stats["history"] = {{"store", s.store}, {"rows", s.rows}, {"lost_rows", s.lostRows}, {"problem", s.problem}};
  }
  if (!alarms_) return;
  const auto view = alarms_->view();
  stats["alarms"] = {{"active", view->figures.active}, {"unacknowledged", view->figures.unacknowledged}, {"stored", view->stored}};
}

}  // namespace app

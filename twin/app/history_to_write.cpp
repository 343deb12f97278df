// SPDX-License-Identifier: Apache-2.0
#include "twin/app/history_to_write.h"

#include <cstdlib>

namespace app {
namespace {

/// What the user wants: a store, or empty for none.
std::string storeOf(const Options& options) {
  if (options.history == "none") return {};
  if (!options.history.empty()) return options.history;
  if (options.time || options.headless || options.ingest || !options.replay.empty()) return {};
  return (stateFolder() / "history.sqlite").string();
}

}  // namespace

std::filesystem::path stateFolder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state == '/') return std::filesystem::path(state) / "alphacity";
  if (const char* home = std::getenv("HOME"); home && *home) return std::filesystem::path(home) / ".local/state/alphacity";
  return "alphacity-state";
}

base::Result<history::WriterOptions> historyToWrite(const Options& options, const World& world) {
  history::WriterOptions writing;
  writing.where = storeOf(options);
  if (writing.where.empty()) return writing;
  writing.pack = std::make_shared<history::Pack>(world.city().entities);
  if (options.historyRules.empty()) return writing;
  auto rules = history::loadRetention(options.historyRules);
  if (!rules) return base::Error{rules.error()};
  writing.retention = std::move(*rules);
  return writing;
}

bool hasStopped(const history::HistoryStatus& status) {
  using State = history::HistoryStatus::State;
  return status.state == State::DiskFull || status.state == State::Unreachable || status.state == State::Failed;
}

}  // namespace app

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "twin/app/options.h"
#include "twin/app/world.h"
#include "twin/history/history_writer.h"

namespace app {

/// $XDG_STATE_HOME/alphacity, or ~/.local/state/alphacity.
std::filesystem::path stateFolder();

/// How history is to be written; without a place (`where`) when none is wanted: by --history none, and by default on
/// a fixed clock, in a replay, headless and by an ingest node. Fails on a bad file of rules.
base::Result<history::WriterOptions> historyToWrite(const Options& options, const World& world);

/// As alarms hear of it.
bool hasStopped(const history::HistoryStatus& status);

}  // namespace app

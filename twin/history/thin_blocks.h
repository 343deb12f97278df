// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "twin/history/history.h"

namespace history {

/// Blocks that follow each other as one, with one value per property and one pose per mover in each period of event
/// time (the first), and all events, departures and descriptions. Seqs and times of `span` are the caller's.
base::Result<JournalBlock> thinBlocks(std::span<const std::string> blocks, int64_t periodNs);

}  // namespace history

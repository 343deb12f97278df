// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "twin/history/sql_history.h"

namespace history {

/// History in one SQLite file (and its -wal and -shm): WAL, synchronous=FULL, so a commit that returned survives
/// the loss of power. One writer at a time on the machine, told by a lock on <file>.writer; any number of readers.
base::Result<std::unique_ptr<History>> openSqliteHistory(const std::filesystem::path& file, Access access);

}  // namespace history

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/history/sql_history.h"

namespace history {

/// History on a PostgreSQL server (14 or later), in the schema `alphacity` of the database that the URL names.
/// One writer at a time, told by an advisory lock. A server that does not answer within 30 s counts as
/// unreachable; the next call connects anew. Commits are synchronous: what is acknowledged is in the server's WAL.
base::Result<std::unique_ptr<History>> openPostgresHistory(const std::string& url, Access access);

}  // namespace history

// SPDX-License-Identifier: Apache-2.0
#include "twin/history/history.h"
#include "twin/history/postgres_history.h"
#include "twin/history/sqlite_history.h"

namespace history {
namespace {

bool isServer(const std::string& where) { return where.starts_with("postgresql://") || where.starts_with("postgres://"); }

/// "user:password" of a URL, from behind the colon to the at sign; npos when there is none.
std::pair<size_t, size_t> passwordIn(const std::string& url) {
  const size_t begin = url.find("://") + 3;
  const size_t at = url.find('@', begin);
  const size_t slash = url.find('/', begin);
  if (at == std::string::npos || (slash != std::string::npos && slash < at)) return {std::string::npos, 0};
  const size_t colon = url.find(':', begin);
  if (colon == std::string::npos || colon > at) return {std::string::npos, 0};
  return {colon, at};
}

bool namesPassword(const std::string& url) {
  return passwordIn(url).first != std::string::npos || url.find("password=") != std::string::npos;
}

}  // namespace

std::string shownName(const std::string& where) {
  if (!isServer(where)) return where;
  std::string shown = where.substr(0, where.find('?'));
  if (const auto [colon, at] = passwordIn(shown); colon != std::string::npos) shown.erase(colon, at - colon);
  return shown;
}

base::Status checkWhere(const std::string& where) {
  if (where.empty()) return base::Error{"history: no file and no postgresql:// URL is given"};
  if (isServer(where) && namesPassword(where))
    return base::Error{"history " + shownName(where) + ": no password belongs in a URL; set PGPASSWORD or write it into ~/.pgpass"};
  return base::okStatus();
}

base::Result<std::unique_ptr<History>> openHistory(const std::string& where, Access access) {
  if (auto fit = checkWhere(where); !fit) return base::Error{fit.error()};
  return isServer(where) ? openPostgresHistory(where, access) : openSqliteHistory(where, access);
}

}  // namespace history

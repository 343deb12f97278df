// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <unordered_map>

#include "twin/history/sql_history.h"

struct pg_conn;
struct pg_result;

namespace history {

/// One connection to a server that may go away at any time: every wait has an end, and what failed for want of a
/// server is told from what the server refused.
class PostgresLink {
 public:
  /// `url` may name several servers; with `write` the one that takes changes is looked for among them.
  PostgresLink(std::string url, bool write) : url_(std::move(url)), write_(write) {}
  ~PostgresLink() { drop(); }
  PostgresLink(const PostgresLink&) = delete;
  PostgresLink& operator=(const PostgresLink&) = delete;

  bool connected() const { return connection_ != nullptr; }
  base::Status connect();
  void drop();
  /// One or more statements without parameters.
  base::Status execute(const std::string& sql);
  /// A prepared statement; visits rows until the visitor says no.
  base::Status run(const char* sql, std::span<const Param> params, const std::function<bool(const ResultRow&)>& visit);
  /// COPY ... FROM STDIN with text rows.
  base::Status copyIn(const char* sql, std::string_view rows);
  Trouble trouble() const { return trouble_; }

 private:
  using Answer = std::unique_ptr<pg_result, void (*)(pg_result*)>;
  base::Result<Answer> await();
  base::Status finish(Answer answer);
  base::Status flush();
  bool waitFor(bool toWrite, int64_t deadline);
  base::Error lost(const std::string& what);
  base::Error refused(const pg_result* answer);
  base::Status prepare(const char* sql, std::string& name);

  std::string url_;
  bool write_;
  pg_conn* connection_ = nullptr;
  std::unordered_map<const char*, std::string> prepared_;
  Trouble trouble_ = Trouble::None;
};

}  // namespace history

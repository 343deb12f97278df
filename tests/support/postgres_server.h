// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace test_support {

/// A PostgreSQL server of the test's own: a fresh cluster in a temporary folder, on a free loopback port, run by a
/// user who is not root (the server refuses to be). Goes with the object.
class PostgresServer {
 public:
  /// False when initdb or postgres are not installed; why() then says so.
  static bool available();
  static std::string why();

  /// A standby that streams from `primary`, on a free port, or on one that was used before. ok() is false when the
  /// copy or the start failed.
  static std::unique_ptr<PostgresServer> standbyOf(const PostgresServer& primary, int port = 0);

  PostgresServer();  ///< ok() is false when it did not start
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool ok() const { return running_ > 0; }
  std::string url() const;
  int port() const { return port_; }
  bool start();  ///< again, after kill(); waits until it answers
  void kill();   ///< SIGKILL to the whole server, as a loss of power would
  pid_t pid() const { return running_; }
  bool promote();  ///< a standby becomes a primary
  /// Adds a line to postgresql.conf and has the server read it.
  void configure(const std::string& line);
  /// What psql prints for one statement, without headings; empty when the server does not answer.
  std::string ask(const std::string& sql) const;

 private:
  struct Empty {};
  explicit PostgresServer(Empty);  ///< a folder, and no cluster in it
  bool run(const std::string& program, const std::vector<std::string>& words) const;

  std::filesystem::path folder_;
  int port_ = 0;
  pid_t running_ = -1;
};

}  // namespace test_support

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace test_support {

/// A PostgreSQL server of the test's own: a fresh cluster in a temporary folder, on a free loopback port, run by a
/// user who is not root (the server refuses to be). Goes with the object.
class PostgresServer {
 public:
  /// False when initdb or postgres are not installed; why() then says so.
  static bool available();
  static std::string why();

  PostgresServer();  ///< ok() is false when it did not start
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  bool ok() const { return running_ > 0; }
  std::string url() const;
  bool start();  ///< again, after kill(); waits until it answers
  void kill();   ///< SIGKILL to the whole server, as a loss of power would
  pid_t pid() const { return running_; }

 private:
  std::filesystem::path folder_;
  int port_ = 0;
  pid_t running_ = -1;
};

}  // namespace test_support

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace traffic {

struct ProgramRun {
  int exitCode = 0;    ///< 128 + signal when killed
  std::string output;  ///< stdout and stderr together, at most 256 KiB
};

/// Full path of a program on PATH (or /usr/bin), empty when there is none.
std::filesystem::path findProgram(const std::string& name);

/// Runs to the end; killed after `timeoutSeconds`, which is an error.
base::Result<ProgramRun> runProgram(const std::vector<std::string>& arguments, double timeoutSeconds);

/// A program that runs beside us in its own process group and is killed by the kernel when the thread
/// that started it ends, so that nothing is left behind even after a crash.
class ChildProcess {
 public:
  ChildProcess() = default;
  ~ChildProcess() { kill(); }
  ChildProcess(ChildProcess&& other) noexcept : pid_(other.pid_) { other.pid_ = -1; }
  ChildProcess& operator=(ChildProcess&& other) noexcept;

  /// Output goes to `logFile`.
  static base::Result<ChildProcess> start(const std::vector<std::string>& arguments,
                                          const std::filesystem::path& logFile);

  bool running();
  pid_t pid() const { return pid_; }
  /// SIGKILL to the group, then reaped. Safe to repeat.
  void kill();
  /// Gives the program `seconds` to end by itself, then kills it.
  void finish(double seconds);

 private:
  pid_t pid_ = -1;
};

}  // namespace traffic

// SPDX-License-Identifier: Apache-2.0
#include "twin/traffic/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <thread>

#include "engine/base/clock.h"

namespace traffic {
namespace {

constexpr size_t kMostOutput = 256 * 1024;

/// In the child between fork and exec: only async-signal-safe calls.
[[noreturn]] void becomeProgram(char* const* argv, int output, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpgid(0, 0);
  if (::getppid() != parent) ::_exit(127);
  const int input = ::open("/dev/null", O_RDONLY);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::close_range(3, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execv(argv[0], argv);
  ::_exit(127);
}

base::Result<pid_t> spawn(const std::vector<std::string>& arguments, int output) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return base::Error{"cannot start " + arguments.front() + ": " + std::strerror(errno)};
  if (pid == 0) becomeProgram(argv.data(), output, parent);
  ::setpgid(pid, pid);  // both sides do it: whichever comes first, a kill of the group finds it
  return pid;
}

int exitCodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::filesystem::path findProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::stringstream folders(std::string(path ? path : "") + ":/usr/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path file = std::filesystem::path(folder) / name;
    if (!folder.empty() && ::access(file.c_str(), X_OK) == 0) return file;
  }
  return {};
}

base::Result<ProgramRun> runProgram(const std::vector<std::string>& arguments, double timeoutSeconds) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return base::Error{std::string("cannot make a pipe: ") + std::strerror(errno)};
  auto pid = spawn(arguments, ends[1]);
  ::close(ends[1]);
  if (!pid) {
    ::close(ends[0]);
    return base::Error{pid.error()};
  }
  ProgramRun run;
  const base::MonoNs deadline =
      base::SystemClock::monoNow() + static_cast<base::MonoNs>(timeoutSeconds * 1e9);
  bool late = false;
  for (char buffer[4096];;) {
    const base::MonoNs left = (deadline - base::SystemClock::monoNow()) / base::kNsPerMs;
    pollfd waiting{ends[0], POLLIN, 0};
    const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      late = true;
      ::kill(-*pid, SIGKILL);
      break;
    }
    const ssize_t count = ::read(ends[0], buffer, sizeof buffer);
    if (count <= 0) break;
    if (run.output.size() < kMostOutput) run.output.append(buffer, static_cast<size_t>(count));
  }
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (late)
    return base::Error{arguments.front() + " did not end within " + std::to_string(timeoutSeconds) + " s"};
  run.exitCode = exitCodeOf(status);
  return run;
}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  if (this != &other) {
    kill();
    pid_ = other.pid_;
    other.pid_ = -1;
  }
  return *this;
}

base::Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments,
                                               const std::filesystem::path& logFile) {
  const int output = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (output < 0) return base::Error{"cannot write " + logFile.string() + ": " + std::strerror(errno)};
  auto pid = spawn(arguments, output);
  ::close(output);
  if (!pid) return base::Error{pid.error()};
  ChildProcess child;
  child.pid_ = *pid;
  return child;
}

bool ChildProcess::running() {
  if (pid_ < 0) return false;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) == 0) return true;
  pid_ = -1;
  return false;
}

void ChildProcess::kill() {
  if (pid_ < 0) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

void ChildProcess::finish(double seconds) {
  const base::MonoNs deadline = base::SystemClock::monoNow() + static_cast<base::MonoNs>(seconds * 1e9);
  while (running() && base::SystemClock::monoNow() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  kill();
}

}  // namespace traffic

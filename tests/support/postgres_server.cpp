// SPDX-License-Identifier: Apache-2.0
#include "tests/support/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>
#include <vector>

namespace test_support {
namespace {

namespace fs = std::filesystem;

/// The folder with initdb and postgres: Debian keeps them out of PATH, one folder for each version.
fs::path binaries() {
  std::error_code ignored;
  for (const char* folder : {"/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/usr/local/bin", "/usr/bin"})
    if (fs::exists(fs::path(folder) / "initdb", ignored) && fs::exists(fs::path(folder) / "postgres", ignored)) return folder;
  return {};
}

const passwd* serverUser() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  return user ? user : getpwnam("nobody");
}

/// In a group of its own, so that all of the server can be killed at once; quiet unless it fails.
pid_t spawn(const std::vector<std::string>& words, const fs::path& log) {
  const passwd* user = serverUser();
  const uid_t uid = user ? user->pw_uid : geteuid();
  const gid_t gid = user ? user->pw_gid : getegid();
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  setpgid(0, 0);
  const int out = open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
  dup2(out, 1);
  dup2(out, 2);
  if (geteuid() == 0 && (setgid(gid) != 0 || setuid(uid) != 0)) _exit(126);
  setenv("LC_ALL", "C", 1);
  execv(argv[0], argv.data());
  _exit(127);
}

int freePort() {
  const int probe = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof address);
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  close(probe);
  return ntohs(address.sin_port);
}

}  // namespace

bool PostgresServer::available() { return !binaries().empty() && (geteuid() != 0 || serverUser() != nullptr); }
std::string PostgresServer::why() { return "no PostgreSQL server is installed here (package postgresql; tools/setup brings it)"; }

PostgresServer::PostgresServer() {
  if (!available()) return;
  std::string name = (fs::temp_directory_path() / "alphacity-postgres-XXXXXX").string();
  if (!mkdtemp(name.data())) return;
  folder_ = name;
  if (const passwd* user = serverUser(); user && chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) return;
  const pid_t made = spawn({(binaries() / "initdb").string(), "-D", (folder_ / "data").string(), "-U", "twin", "-A", "trust", "-E", "UTF8",
                            "--no-locale", "-N"}, folder_ / "initdb.log");
  int status = 1;
  waitpid(made, &status, 0);
  if (status != 0) return;
  port_ = freePort();
  start();
}

PostgresServer::~PostgresServer() {
  kill();
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::string PostgresServer::url() const { return "postgresql://twin@127.0.0.1:" + std::to_string(port_) + "/postgres"; }

bool PostgresServer::start() {
  running_ = spawn({(binaries() / "postgres").string(), "-D", (folder_ / "data").string(), "-p", std::to_string(port_), "-c",
                    "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=32MB", "-c", "max_wal_size=256MB",
                    "-c", "shared_memory_type=mmap", "-c", "dynamic_shared_memory_type=mmap"},
                   folder_ / "server.log");
  // It answers when a socket can be opened and its recovery is over; libpq's own retry is the caller's.
  for (int i = 0; i < 300; ++i) {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port_));
    const bool open = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(probe);
    if (open && fs::exists(folder_ / "data" / "postmaster.pid")) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

void PostgresServer::kill() {
  if (running_ <= 0) return;
  ::kill(-running_, SIGKILL);
  waitpid(running_, nullptr, 0);
  running_ = -1;
  // The backends die of their own group's signal or of the postmaster's death; a new server waits for them.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

}  // namespace test_support

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
#include <fstream>
#include <thread>
#include <vector>

#include "tests/support/server_process.h"

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

}  // namespace

bool PostgresServer::available() { return !binaries().empty() && (geteuid() != 0 || serverUser() != nullptr); }
std::string PostgresServer::why() { return "no PostgreSQL server is installed here (package postgresql; tools/setup brings it)"; }

PostgresServer::PostgresServer(Empty) {
  if (!available()) return;
  std::string name = (fs::temp_directory_path() / "alphacity-postgres-XXXXXX").string();
  if (!mkdtemp(name.data())) return;
  folder_ = name;
  if (const passwd* user = serverUser(); user && chown(name.c_str(), user->pw_uid, user->pw_gid) != 0) folder_.clear();
}

PostgresServer::PostgresServer() : PostgresServer(Empty{}) {
  if (folder_.empty() ||
      !run("initdb", {"-D", (folder_ / "data").string(), "-U", "twin", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"}))
    return;
  port_ = freePort();
  start();
}

std::unique_ptr<PostgresServer> PostgresServer::standbyOf(const PostgresServer& primary, int port) {
  std::unique_ptr<PostgresServer> standby(new PostgresServer(Empty{}));
  for (int i = 0; i < 300 && primary.ask("SELECT 1") != "1"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  if (standby->folder_.empty() ||
      !standby->run("pg_basebackup", {"-D", (standby->folder_ / "data").string(), "-d", primary.url(), "-R", "-X", "stream", "-c", "fast"}))
    return standby;
  standby->port_ = port != 0 ? port : freePort();
  standby->start();
  return standby;
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
    const bool open = takesConnections(port_);
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

bool PostgresServer::run(const std::string& program, const std::vector<std::string>& words) const {
  std::vector<std::string> all{(binaries() / program).string()};
  all.insert(all.end(), words.begin(), words.end());
  int status = 1;
  waitpid(spawn(all, folder_ / (program + ".log")), &status, 0);
  return status == 0;
}

bool PostgresServer::promote() { return run("pg_ctl", {"promote", "-D", (folder_ / "data").string()}); }

void PostgresServer::configure(const std::string& line) {
  std::ofstream(folder_ / "data" / "postgresql.conf", std::ios::app) << line << '\n';
  ::kill(running_, SIGHUP);
}

std::string PostgresServer::ask(const std::string& sql) const {
  const std::string command = (binaries() / "psql").string() + " -XAtc \"" + sql + "\" " + url() + " 2>/dev/null";
  FILE* const out = popen(command.c_str(), "r");
  if (!out) return {};
  std::string said;
  char bytes[256];
  while (const size_t got = fread(bytes, 1, sizeof bytes, out)) said.append(bytes, got);
  pclose(out);
  if (!said.empty() && said.back() == '\n') said.pop_back();
  return said;
}

}  // namespace test_support

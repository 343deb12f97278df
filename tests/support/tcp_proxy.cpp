// SPDX-License-Identifier: Apache-2.0
#include "tests/support/tcp_proxy.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <vector>

namespace test_support {
namespace {

constexpr int kTurnMs = 5;

double steadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

void setUp(int fd) {
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

}  // namespace

TcpProxy::TcpProxy(int serverPort) : serverPort_(serverPort) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  socklen_t length = sizeof address;
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
  port_ = ntohs(address.sin_port);
  listen(listener_, 64);
  thread_ = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy() {
  stopping_ = true;
  thread_.join();
  close(listener_);
}

void TcpProxy::accept() {
  for (int client; (client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(serverPort_);
    if (connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      close(client);
      close(server);
      continue;
    }
    setUp(client);
    setUp(server);
    pairs_.push_back({.client = client, .server = server, .up = {}, .down = {}});
  }
}

/// Takes what has come and hands on what is due; false when this way is at its end.
bool TcpProxy::pass(int from, int to, Way& way) const {
  const double now = steadySeconds();
  char bytes[65536];
  while (!way.ended && way.pieces.size() < 64) {
    const ssize_t got = recv(from, bytes, sizeof bytes, 0);
    if (got > 0) {
      way.pieces.push_back({std::string(bytes, static_cast<size_t>(got)), now + delay_});
    } else {
      way.ended = got == 0 || (errno != EAGAIN && errno != EINTR);
      break;
    }
  }
  while (!way.pieces.empty() && way.pieces.front().due <= now) {
    std::string& front = way.pieces.front().bytes;
    const ssize_t put = send(to, front.data(), front.size(), MSG_NOSIGNAL);
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    front.erase(0, static_cast<size_t>(put));
    if (front.empty()) way.pieces.pop_front();
  }
  return !way.ended || !way.pieces.empty();
}

void TcpProxy::run() {
  const auto end = [](Pair& pair) {
    close(pair.client);
    close(pair.server);
    return true;
  };
  while (!stopping_) {
    if (dropping_.exchange(false)) pairs_.remove_if(end);
    if (hole_) {
      poll(nullptr, 0, kTurnMs);
      continue;
    }
    accept();
    pairs_.remove_if([&](Pair& pair) {
      const bool up = pass(pair.client, pair.server, pair.up), down = pass(pair.server, pair.client, pair.down);
      return (!up || !down) && end(pair);
    });
    std::vector<pollfd> sockets{{.fd = listener_, .events = POLLIN, .revents = 0}};
    for (const Pair& pair : pairs_)
      for (const int fd : {pair.client, pair.server}) sockets.push_back({.fd = fd, .events = POLLIN, .revents = 0});
    poll(sockets.data(), sockets.size(), kTurnMs);
  }
  pairs_.remove_if(end);
}

}  // namespace test_support

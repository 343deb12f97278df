// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "twin/feeds/transport.h"

namespace feeds_test {

/// One answer per request, from a function of the request's number and text.
class Server {
 public:
  explicit Server(std::function<std::string(int, const std::string&)> answer) : answer_(std::move(answer)) {
    fd_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    listen(fd_, 8);
    socklen_t length = sizeof address;
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Server() {
    shutdown(fd_, SHUT_RDWR);
    thread_.join();
    close(fd_);
  }
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port) + path; }

  int port = 0;
  std::atomic<int> requests{0};

 private:
  void serve() {
    for (;;) {
      const int client = accept(fd_, nullptr, nullptr);
      if (client < 0) return;
      std::string request;
      char buffer[4096];
      while (request.find("\r\n\r\n") == std::string::npos) {
        const ssize_t count = read(client, buffer, sizeof buffer);
        if (count <= 0) break;
        request.append(buffer, static_cast<size_t>(count));
      }
      if (request.find("\r\n\r\n") == std::string::npos) {  // a client that was stopped has asked nothing
        close(client);
        continue;
      }
      const std::string reply = answer_(requests++, request);
      size_t sent = 0;
      while (sent < reply.size()) {
        const ssize_t count = send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<size_t>(count);
      }
      close(client);
    }
  }
  std::function<std::string(int, const std::string&)> answer_;
  int fd_ = -1;
  std::thread thread_;
};

inline std::string reply(const std::string& status, const std::string& headers, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

struct Sink final : feeds::MessageSink {
  void deliver(const feeds::Delivery& d) override {
    std::lock_guard lock(mutex);
    topics.emplace_back(d.topic);
    bodies.emplace_back(d.bytes);
  }
  void gap(std::string_view) override { ++gaps; }
  size_t count() {
    std::lock_guard lock(mutex);
    return bodies.size();
  }
  std::mutex mutex;
  std::vector<std::string> topics, bodies;
  std::atomic<int> gaps{0};
};

inline bool eventually(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return condition();
}

}  // namespace feeds_test

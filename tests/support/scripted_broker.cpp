// SPDX-License-Identifier: Apache-2.0
#include "tests/support/scripted_broker.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/support/server_process.h"
#include "twin/feeds/mqtt_packet.h"

namespace test_support {

std::string mqttPacket(unsigned first, std::string_view body) {
  std::string packet;
  feeds::mqtt::appendHeader(packet, first, body.size());
  return packet.append(body);
}

std::string mqttPublish(std::string_view topic, std::string_view payload) {
  std::string body{static_cast<char>(topic.size() >> 8), static_cast<char>(topic.size() & 0xff)};
  return mqttPacket(0x30, body.append(topic).append(payload));
}

ScriptedBroker::ScriptedBroker(Script script) : script_(std::move(script)), port_(freePort()) {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(static_cast<uint16_t>(port_));
  if (bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0) listen(listener_, 4);
  thread_ = std::thread([this] { run(); });
}

ScriptedBroker::~ScriptedBroker() {
  stopping_ = true;
  thread_.join();
  close(listener_);
}

std::string ScriptedBroker::heard() const {
  std::lock_guard lock(mutex_);
  return heard_;
}

void ScriptedBroker::run() {
  while (!stopping_) {
    pollfd wait{.fd = listener_, .events = POLLIN, .revents = 0};
    if (poll(&wait, 1, 10) <= 0) continue;
    const int fd = accept(listener_, nullptr, nullptr);
    serve(fd);
    close(fd);
  }
}

/// Answers what has come, until nothing comes for a moment.
void ScriptedBroker::read(int fd, std::string& in) {
  pollfd wait{.fd = fd, .events = POLLIN, .revents = 0};
  std::array<char, 4096> bytes;
  if (poll(&wait, 1, 1) > 0) {
    const ssize_t got = recv(fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got > 0) in.append(bytes.data(), static_cast<size_t>(got));
  }
  for (;;) {
    const auto front = feeds::mqtt::frontPacket(in);
    if (!front || front->size > in.size()) return;
    const auto first = static_cast<unsigned char>(in[0]);
    const std::string body = in.substr(front->header, front->size - front->header);
    in.erase(0, front->size);
    std::string out;
    const std::string properties = script_.version5 ? std::string(1, '\0') : std::string();
    if (first >> 4 == 1) {
      out = mqttPacket(0x20, std::string(2, '\0') + properties);
    } else if (first >> 4 == 8) {
      out = mqttPacket(0x90, body.substr(0, 2) + properties + std::string(1, body.back()));
      granted_ = true;
    } else {
      {
        std::lock_guard lock(mutex_);
        heard_ += static_cast<char>(first);
      }
      if (script_.answer) out = script_.answer(first, body);
    }
    [[maybe_unused]] const ssize_t sent = send(fd, out.data(), out.size(), MSG_NOSIGNAL);
  }
}

void ScriptedBroker::serve(int fd) {
  const int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  std::string in;
  granted_ = false;
  while (!granted_ && !stopping_) read(fd, in);
  for (const std::string& piece : script_.pieces) {
    if (stopping_ || send(fd, piece.data(), piece.size(), MSG_NOSIGNAL) < 0) return;
    if (!script_.hurries) read(fd, in);
  }
  while (!script_.closeAtEnd && !stopping_) read(fd, in);
}

}  // namespace test_support

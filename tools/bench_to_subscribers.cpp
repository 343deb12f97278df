// SPDX-License-Identifier: Apache-2.0
// As much of a broker as one subscriber needs: CONNECT, SUBSCRIBE, PINGREQ and PUBACK are answered (MQTT 3.1.1, 3).
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <list>
#include <utility>
#include <vector>

#include "tools/bench_outlet.h"
#include "twin/feeds/mqtt_packet.h"

namespace bench {
namespace {

constexpr double kPatience = 60;         // seconds until the program must have subscribed
constexpr size_t kCongested = 64 << 10;  // bytes that the socket does not take
constexpr size_t kMostWaiting = 1 << 20;  // bytes after which a message waits for room

enum Packet : unsigned { kConnect = 1, kPuback = 4, kSubscribe = 8, kPingreq = 12 };

struct Subscriber {
  int fd = -1;
  std::string in, out;
  std::string filter;
};

void appendShort(std::string& to, size_t number) {
  to += static_cast<char>(number >> 8 & 0xff);
  to += static_cast<char>(number & 0xff);
}

/// A PUBLISH; `id` 0: at QoS 0.
void appendPublish(std::string& to, const std::string& topic, const std::string& bytes, uint16_t id) {
  feeds::mqtt::appendHeader(to, id == 0 ? 0x30 : 0x32, 2 + topic.size() + (id == 0 ? 0u : 2u) + bytes.size());
  appendShort(to, topic.size());
  to += topic;
  if (id != 0) appendShort(to, id);
  to += bytes;
}

class SubscribersOutlet final : public Outlet {
 public:
  explicit SubscribersOutlet(int port) : port_(port) {}
  ~SubscribersOutlet() override {
    for (Subscriber& subscriber : all_) close(subscriber.fd);
    close(listener_);
  }

  std::string connect() override;
  void message(const std::string& topic, const std::string& bytes) override {
    while (messages_->out.size() > kMostWaiting) serve(1);
    appendPublish(messages_->out, topic, bytes, 0);
  }
  void event(const std::string& topic, const std::string& bytes) override {
    if (++eventId_ == 0) ++eventId_;
    appendPublish(events_->out, topic, bytes, eventId_);
  }
  bool congested() const override { return messages_->fd < 0 || messages_->out.size() > kCongested; }
  bool emptied() const override { return messages_->out.empty() && events_->out.empty(); }
  long acknowledged() const override { return acknowledged_; }
  void serve(int milliseconds) override;

 private:
  void accept();
  void answer(Subscriber& subscriber, std::string_view packet);
  void readFrom(Subscriber& subscriber);
  static void writeTo(Subscriber& subscriber);
  Subscriber* of(const char* filter);

  const int port_;
  int listener_ = -1;
  std::list<Subscriber> all_;
  Subscriber *messages_ = nullptr, *events_ = nullptr;
  uint16_t eventId_ = 0;
  long acknowledged_ = 0;
};

std::string SubscribersOutlet::connect() {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  const int yes = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<uint16_t>(port_));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || listen(listener_, 8) != 0)
    return "cannot listen on 127.0.0.1:" + std::to_string(port_) + ": " + std::strerror(errno);
  const auto begun = std::chrono::steady_clock::now();
  while (!messages_ || !events_) {
    serve(20);
    messages_ = of("telemetry/#");
    events_ = of("event/#");
    if (std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count() > kPatience)
      return "nobody has subscribed to telemetry/# and event/# on 127.0.0.1:" + std::to_string(port_);
  }
  return {};
}

Subscriber* SubscribersOutlet::of(const char* filter) {
  for (Subscriber& subscriber : all_)
    if (subscriber.fd >= 0 && subscriber.filter == filter) return &subscriber;
  return nullptr;
}

void SubscribersOutlet::accept() {
  const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
  if (fd >= 0) all_.push_back({.fd = fd});
}

/// `packet`: a whole one.
void SubscribersOutlet::answer(Subscriber& subscriber, std::string_view packet) {
  const auto front = feeds::mqtt::frontPacket(packet);
  const std::string_view body = packet.substr(front->header);
  switch (static_cast<unsigned char>(packet[0]) >> 4) {
    case kConnect: subscriber.out.append("\x20\x02\x00\x00", 4); break;
    case kPingreq: subscriber.out.append("\xd0\x00", 2); break;
    case kPuback: ++acknowledged_; break;
    case kSubscribe:  // its number, and a filter between its length and its QoS
      if (body.size() < 5) break;
      subscriber.filter = body.substr(4, body.size() - 5);
      subscriber.out += "\x90\x03";
      subscriber.out += body.substr(0, 2);
      subscriber.out += body.back();
      break;
    default: break;
  }
}

void SubscribersOutlet::readFrom(Subscriber& subscriber) {
  std::array<char, 4096> bytes;
  const ssize_t got = recv(subscriber.fd, bytes.data(), bytes.size(), 0);
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) {
    close(std::exchange(subscriber.fd, -1));
    return;
  }
  if (got > 0) subscriber.in.append(bytes.data(), static_cast<size_t>(got));
  for (;;) {
    const auto front = feeds::mqtt::frontPacket(subscriber.in);
    if (!front || front->size > subscriber.in.size()) return;
    answer(subscriber, std::string_view(subscriber.in).substr(0, front->size));
    subscriber.in.erase(0, front->size);
  }
}

void SubscribersOutlet::writeTo(Subscriber& subscriber) {
  const ssize_t sent = send(subscriber.fd, subscriber.out.data(), subscriber.out.size(), MSG_NOSIGNAL);
  if (sent >= 0) subscriber.out.erase(0, static_cast<size_t>(sent));
}

void SubscribersOutlet::serve(int milliseconds) {
  std::vector<pollfd> sockets{{.fd = listener_, .events = POLLIN, .revents = 0}};
  for (Subscriber& subscriber : all_) {
    if (subscriber.fd < 0) subscriber.out.clear();  // gone
    sockets.push_back({.fd = subscriber.fd, .events = static_cast<short>(POLLIN | (subscriber.out.empty() ? 0 : POLLOUT)), .revents = 0});
  }
  if (poll(sockets.data(), sockets.size(), milliseconds) <= 0) return;
  size_t at = 1;
  for (Subscriber& subscriber : all_) {
    if ((sockets[at].revents & POLLOUT) != 0) writeTo(subscriber);
    if ((sockets[at].revents & ~POLLOUT) != 0) readFrom(subscriber);
    ++at;
  }
  if ((sockets[0].revents & POLLIN) != 0) accept();
}

}  // namespace

std::unique_ptr<Outlet> toSubscribers(int port) {
  return std::make_unique<SubscribersOutlet>(port);
}

}  // namespace bench

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_mqtt.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <thread>

#include "engine/base/log.h"
#include "twin/feeds/backoff.h"
#include "twin/feeds/mqtt_block_reader.h"
#include "twin/feeds/mqtt_client.h"

namespace feeds {
namespace {

constexpr int kLoopMs = 100;                                // how long stop() may wait for the loop
constexpr std::chrono::milliseconds kRest{1};
constexpr int kPacketsAtOnce = 256;                         // read before looking at anything else
constexpr int64_t kConnectLimit = 10 * base::kNsPerSecond;  // from SYN to CONNACK

class MqttTransport final : public Transport {
 public:
  explicit MqttTransport(MqttOptions options)
      : options_(std::move(options)),
        backoff_(options_.backoffBase, options_.backoffCap,
                 static_cast<uint64_t>(base::SystemClock::monoNow()) ^ reinterpret_cast<uintptr_t>(this)) {}
  ~MqttTransport() override { stop(); }

  void start(MessageSink& sink) override {
    if (thread_.joinable()) return;
    sink_ = &sink;
    stopping_ = false;
    thread_ = std::thread([this] { run(); });
  }

  void stop() override {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    setState(LinkState::Idle, {});
  }

  TransportStatus status() const override {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  bool stopping() const {
    std::lock_guard lock(mutex_);
    return stopping_;
  }
  void setState(LinkState state, const std::string& error, base::MonoNs retryAt = 0) {
    std::lock_guard lock(mutex_);
    status_.state = state;
    status_.retryAt = retryAt;
    if (!error.empty()) status_.lastError = error;
  }
  const Broker& broker() const { return brokers_[turn_ % brokers_.size()]; }
  std::string where() const { return broker().host + ":" + std::to_string(broker().port); }

  void run();
  std::string session();
  std::string loop(::mosquitto* client);
  int serve(::mosquitto* client);
  int readAll(::mosquitto* client);
  void deliver(std::string_view topic, std::string_view bytes);
  void rest(const std::string& why);

  bool reachable() const;
  std::string wordsFor(int code) const;

  static void onLog(::mosquitto*, void* self, int level, const char* text);
  static void onConnect(::mosquitto* client, void* self, int code);
  static void onSubscribe(::mosquitto*, void* self, int, int count, const int* granted);
  static void onMessage(::mosquitto*, void* self, const mosquitto_message* message);

  const MqttOptions options_;
  const std::vector<Broker> brokers_ = allBrokers(options_);
  size_t turn_ = 0;  // whose it is
  Backoff backoff_;
  MessageSink* sink_ = nullptr;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  TransportStatus status_;
  bool stopping_ = false;
  // Of the current session, on our thread only:
  bool connected_ = false;
  std::string refusal_;
  std::string tlsDetail_;  // what OpenSSL said last
  base::MonoNs connectedAt_ = 0;
  uint64_t received_ = 0;
  std::unique_ptr<mqtt::BlockReader> reader_;  // once connected; none for TLS and QoS 2
};

void MqttTransport::onLog(::mosquitto*, void* self, int level, const char* text) {
  if (level == MOSQ_LOG_ERR) static_cast<MqttTransport*>(self)->tlsDetail_ = text;
}

/// Whether the broker's port takes a connection, or errno. libmosquitto 2.0 never starts the TLS handshake after
/// mosquitto_connect_async(), and mosquitto_connect() waits for a dead host as long as the kernel does: so
/// the wait is ours, and ends when we are asked to stop.
bool MqttTransport::reachable() const {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  errno = EHOSTUNREACH;
  if (getaddrinfo(broker().host.c_str(), std::to_string(broker().port).c_str(), &hints, &found) != 0) return false;
  bool good = false;
  const base::MonoNs begun = base::SystemClock::monoNow();
  for (const addrinfo* at = found; at && !good && !stopping(); at = at->ai_next) {
    const int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, at->ai_protocol);
    if (fd < 0) continue;
    int error = connect(fd, at->ai_addr, at->ai_addrlen) == 0 ? 0 : errno;
    while (error == EINPROGRESS && !stopping()) {
      pollfd socket{.fd = fd, .events = POLLOUT, .revents = 0};
      socklen_t length = sizeof error;
      if (poll(&socket, 1, kLoopMs) > 0) getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
      if (base::SystemClock::monoNow() - begun > kConnectLimit) error = ETIMEDOUT;
    }
    close(fd);
    good = error == 0;
    errno = error;
  }
  const int last = errno;
  freeaddrinfo(found);
  errno = last;
  return good;
}

/// libmosquitto says only "A TLS error occurred."; its log knows which.
std::string MqttTransport::wordsFor(int code) const {
  if (code == MOSQ_ERR_ERRNO) return errno == 0 ? mosquitto_strerror(MOSQ_ERR_CONN_LOST) : std::strerror(errno);
  if (code != MOSQ_ERR_TLS) return mosquitto_strerror(code);
  const bool certificate = tlsDetail_.find("verif") != std::string::npos;
  return (certificate ? "the broker's certificate is refused: " : "TLS failed: ") + tlsDetail_;
}

void MqttTransport::onConnect(::mosquitto* client, void* self, int code) {
  auto& me = *static_cast<MqttTransport*>(self);
  if (code != 0) {
    const char* text = me.options_.version5 ? mosquitto_reason_string(code) : mosquitto_connack_string(code);
    me.refusal_ = "broker " + me.where() + " refuses: " + text;
    mosquitto_disconnect(client);
    return;
  }
  if (const int rc = mosquitto_subscribe(client, nullptr, me.options_.topicFilter.c_str(), me.options_.qos)) {
    me.refusal_ = std::string("cannot subscribe: ") + mosquitto_strerror(rc);
    mosquitto_disconnect(client);
  }
}

void MqttTransport::onSubscribe(::mosquitto* client, void* self, int, int count, const int* granted) {
  auto& me = *static_cast<MqttTransport*>(self);
  if (count < 1 || granted[0] >= 128) {
    me.refusal_ = "broker " + me.where() + " refuses the subscription to '" + me.options_.topicFilter + "'";
    mosquitto_disconnect(client);
    return;
  }
  me.connected_ = true;
  if (!me.options_.tls && granted[0] < 2) {
    me.reader_ = std::make_unique<mqtt::BlockReader>(client, me.options_.version5, [&me](const mqtt::Publication& message) {
      me.deliver(message.topic, message.payload);
    });
  }
  me.connectedAt_ = base::SystemClock::monoNow();
  std::lock_guard lock(me.mutex_);
  me.status_.state = LinkState::Connected;
  ++me.status_.connections;
}

void MqttTransport::deliver(std::string_view topic, std::string_view bytes) {
  ++received_;
  sink_->deliver({.topic = topic, .bytes = bytes});
}

void MqttTransport::onMessage(::mosquitto*, void* self, const mosquitto_message* message) {
  auto& me = *static_cast<MqttTransport*>(self);
  me.deliver(message->topic, {static_cast<const char*>(message->payload), static_cast<size_t>(message->payloadlen)});
  if (me.reader_) me.reader_->onLibraryMessage();
}

/// What can be read without a block reader. mosquitto_loop() asks the kernel before each single packet; under
/// a flood that is a third of the whole cost, so here one poll() serves many packets.
int MqttTransport::readAll(::mosquitto* client) {
  for (int i = 0; i < kPacketsAtOnce; ++i) {
    const uint64_t before = received_;
    if (const int rc = mosquitto_loop_read(client, 1); rc != MOSQ_ERR_SUCCESS) return rc;
    if (received_ == before || mosquitto_socket(client) < 0) break;
  }
  return MOSQ_ERR_SUCCESS;
}

/// One turn of an established connection.
int MqttTransport::serve(::mosquitto* client) {
  if (reader_ && reader_->shouldRest()) std::this_thread::sleep_for(kRest);
  pollfd socket{.fd = mosquitto_socket(client), .events = POLLIN, .revents = 0};
  if (socket.fd < 0) return MOSQ_ERR_CONN_LOST;
  if (mosquitto_want_write(client)) socket.events |= POLLOUT;
  if (poll(&socket, 1, kLoopMs) < 0 && errno != EINTR) return MOSQ_ERR_ERRNO;
  if ((socket.revents & ~POLLOUT) != 0) {
    if (const int rc = reader_ ? reader_->read() : readAll(client); rc != MOSQ_ERR_SUCCESS) return rc;
  }
  if (mosquitto_want_write(client))
    if (const int rc = mosquitto_loop_write(client, 1); rc != MOSQ_ERR_SUCCESS) return rc;
  return mosquitto_loop_misc(client);
}

/// Serves one connection from its first packet; says why it ended.
std::string MqttTransport::loop(::mosquitto* client) {
  const base::MonoNs begun = base::SystemClock::monoNow();
  for (;;) {
    const int rc = connected_ ? serve(client) : mosquitto_loop(client, kLoopMs, 1);
    if (!refusal_.empty()) return refusal_;
    if (rc != MOSQ_ERR_SUCCESS) {
      const std::string text = wordsFor(rc);
      return (connected_ ? "connection to " : "cannot connect to ") + where() +
             (connected_ ? " lost: " : ": ") + text;
    }
    const base::MonoNs now = base::SystemClock::monoNow();
    if (!connected_ && now - begun > kConnectLimit) return where() + " does not answer";
    if (connected_ && now - connectedAt_ > static_cast<int64_t>(options_.backoffResetAfter * 1e9))
      backoff_.reset();
    if (stopping()) {
      mosquitto_disconnect(client);
      return {};
    }
  }
}

/// A fresh client for every connection: the name is resolved anew and nothing stale is left over.
std::string MqttTransport::session() {
  connected_ = false;
  reader_.reset();
  refusal_.clear();
  tlsDetail_.clear();
  auto client = mqtt::makeClient(options_, this);
  if (!client) return client.error();
  ::mosquitto* raw = client->get();
  if (options_.tls) mosquitto_log_callback_set(raw, onLog);
  mosquitto_connect_callback_set(raw, onConnect);
  mosquitto_subscribe_callback_set(raw, onSubscribe);
  mosquitto_message_callback_set(raw, onMessage);
  if (options_.tls && !reachable()) return "cannot connect to " + where() + ": " + std::strerror(errno);
  const auto connect = options_.tls ? mosquitto_connect : mosquitto_connect_async;
  const int rc = connect(raw, broker().host.c_str(), broker().port, options_.keepAliveSeconds);
  if (rc != MOSQ_ERR_SUCCESS) {
    return "cannot connect to " + where() + ": " + wordsFor(rc);
  }
  return loop(raw);
}

void MqttTransport::rest(const std::string& why) {
  const auto seconds = backoff_.next();
  setState(LinkState::Waiting, why, base::SystemClock::monoNow() + static_cast<int64_t>(seconds * 1e9));
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::duration<double>(seconds), [&] { return stopping_; });
}

void MqttTransport::run() {
  std::string lastLogged;
  size_t failures = 0;
  while (!stopping()) {
    setState(LinkState::Connecting, {});
    const std::string why = session();
    if (why.empty()) return;
    setState(LinkState::Connecting, why);  // before the gap: whoever sees it must not find us connected
    if (connected_) sink_->gap(why);
    if (why != lastLogged) base::logWarning("MQTT: " + why + "; trying again");
    lastLogged = connected_ ? std::string() : why;  // a line for each loss, one for a row of failures
    // The next broker at once; rest when all have been tried in a row.
    failures = connected_ ? 1 : failures + 1;
    ++turn_;
    if (failures % brokers_.size() == 0) rest(why);
  }
}

}  // namespace

std::vector<Broker> allBrokers(const MqttOptions& options) {
  std::vector<Broker> brokers{{options.host, options.port}};
  brokers.insert(brokers.end(), options.alternatives.begin(), options.alternatives.end());
  return brokers;
}

std::unique_ptr<Transport> makeMqttTransport(MqttOptions options) {
  return std::make_unique<MqttTransport>(std::move(options));
}

}  // namespace feeds

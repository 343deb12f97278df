// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_links.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/base/log.h"
#include "twin/feeds/backoff.h"
#include "twin/feeds/mqtt_client.h"

namespace feeds {
namespace {

constexpr int kTurnMs = 50;
constexpr int64_t kConnectLimit = 5 * base::kNsPerSecond;  // from SYN to CONNACK
constexpr size_t kOutboxLimit = 32u << 20;                 // bytes that wait for the thread
constexpr int kUnsentLimit = 4000;                         // QoS 0 messages that the socket has not taken
constexpr int kPacketsAtOnce = 256;

struct Kept {
  std::string topic, bytes;
  int mid = -1;  // as sent over the connection in use
};

}  // namespace

struct MqttLinks::State {
  struct Link {
    Link(State& of, Broker at, uint64_t seed)
        : owner(of), broker(std::move(at)), backoff(of.options.backoffBase, of.options.backoffCap, seed) {}
    State& owner;
    Broker broker;
    Backoff backoff;
    mqtt::Client client;
    bool connected = false;
    std::string refusal;
    base::MonoNs begun = 0, connectedAt = 0, retryAt = 0;
    uint64_t received = 0;
    int unsent = 0;
    std::string where() const { return broker.host + ":" + std::to_string(broker.port); }
  };

  void run();
  void open(Link& link, base::MonoNs now);
  void close(Link& link, const std::string& why, base::MonoNs now);
  int serve(Link& link, bool readable);
  void wait();
  void choose();
  void takeOver(Link& link);
  void sendOutbox();
  void askFor(Link& link, const std::map<std::string, int>& now, const std::map<std::string, int>& before);
  void checkSilence(base::MonoNs now);

  static void onConnect(::mosquitto*, void* self, int code);
  static void onMessage(::mosquitto*, void* self, const mosquitto_message* message);
  static void onPublish(::mosquitto*, void* self, int mid);

  MqttOptions options;
  double silence = 0;
  LinkEvents events;
  std::vector<std::unique_ptr<Link>> links;
  Link* primary = nullptr;
  base::MonoNs lastHeard = 0;
  std::map<std::string, int> asked;  // of the connection in use
  std::deque<Kept> kept;             // sent or to be sent, guarded by the mutex
  int wakeFd = -1;

  mutable std::mutex mutex;
  std::map<std::string, int> wanted;
  std::deque<std::pair<std::string, std::string>> outbox;
  size_t outboxBytes = 0;
  bool stopping = false, congested = false;
  TransportStatus status;
  std::string inUse;
  std::thread thread;
};

void MqttLinks::State::onConnect(::mosquitto* client, void* self, int code) {
  auto& link = *static_cast<Link*>(self);
  if (code == 0) {
    link.connected = true;
    link.connectedAt = base::SystemClock::monoNow();
  } else {
    link.refusal = "broker " + link.where() + " refuses: " + mosquitto_connack_string(code);
    mosquitto_disconnect(client);
  }
}

void MqttLinks::State::onMessage(::mosquitto*, void* self, const mosquitto_message* message) {
  auto& link = *static_cast<Link*>(self);
  ++link.received;
  State& me = link.owner;
  if (&link != me.primary) return;
  me.lastHeard = base::SystemClock::monoNow();
  me.events.onMessage(message->topic,
                      {static_cast<const char*>(message->payload), static_cast<size_t>(message->payloadlen)});
}

void MqttLinks::State::onPublish(::mosquitto*, void* self, int mid) {
  auto& link = *static_cast<Link*>(self);
  State& me = link.owner;
  std::lock_guard lock(me.mutex);
  if (&link == me.primary) {
    const auto it = std::find_if(me.kept.begin(), me.kept.end(), [&](const Kept& k) { return k.mid == mid; });
    if (it != me.kept.end()) {
      me.kept.erase(it);
      return;
    }
  }
  if (link.unsent > 0) --link.unsent;
}

void MqttLinks::State::open(Link& link, base::MonoNs now) {
  link.connected = false;
  link.refusal.clear();
  link.unsent = 0;
  link.begun = now;
  auto client = mqtt::makeClient(options, &link);
  if (!client) return close(link, client.error(), now);
  link.client = *std::move(client);
  ::mosquitto* raw = link.client.get();
  mosquitto_connect_callback_set(raw, onConnect);
  mosquitto_message_callback_set(raw, onMessage);
  mosquitto_publish_callback_set(raw, onPublish);
  // libmosquitto 2.0 never finishes a TLS handshake that was begun in the background.
  const auto connect = options.tls ? mosquitto_connect : mosquitto_connect_async;
  const int rc = connect(raw, link.broker.host.c_str(), link.broker.port, options.keepAliveSeconds);
  if (rc != MOSQ_ERR_SUCCESS) close(link, "cannot connect to " + link.where() + ": " + mosquitto_strerror(rc), now);
}

void MqttLinks::State::close(Link& link, const std::string& why, base::MonoNs now) {
  link.client.reset();
  link.connected = false;
  const double seconds = link.backoff.next();
  link.retryAt = now + static_cast<int64_t>(seconds * 1e9);
  const bool wasInUse = primary == &link;
  {
    std::lock_guard lock(mutex);
    status.lastError = why;
    if (!primary || wasInUse) {
      status.state = LinkState::Waiting;
      status.retryAt = link.retryAt;
    }
    if (wasInUse) inUse.clear();
  }
  if (!wasInUse) return;
  primary = nullptr;
  base::logWarning("MQTT: " + why);
  if (events.onLost) events.onLost(why);
}

int MqttLinks::State::serve(Link& link, bool readable) {
  ::mosquitto* client = link.client.get();
  if (!link.connected) return mosquitto_loop(client, 0, 1);
  for (int i = 0; readable && i < kPacketsAtOnce; ++i) {
    const uint64_t before = link.received;
    if (const int rc = mosquitto_loop_read(client, 1); rc != MOSQ_ERR_SUCCESS) return rc;
    if (link.received == before || mosquitto_socket(client) < 0) break;
  }
  if (mosquitto_want_write(client))
    if (const int rc = mosquitto_loop_write(client, 1); rc != MOSQ_ERR_SUCCESS) return rc;
  return mosquitto_loop_misc(client);
}

/// Until something can be done, a moment at most.
void MqttLinks::State::wait() {
  std::vector<pollfd> sockets{{.fd = wakeFd, .events = POLLIN, .revents = 0}};
  std::vector<Link*> whose{nullptr};
  bool connecting = false;
  for (auto& link : links) {
    const int fd = link->client ? mosquitto_socket(link->client.get()) : -1;
    connecting |= link->client && !link->connected;
    if (fd < 0) continue;
    const bool writes = link->connected && mosquitto_want_write(link->client.get());
    sockets.push_back({.fd = fd, .events = static_cast<int16_t>(POLLIN | (writes ? POLLOUT : 0)), .revents = 0});
    whose.push_back(link.get());
  }
  poll(sockets.data(), sockets.size(), connecting ? 5 : kTurnMs);
  if ((sockets[0].revents & POLLIN) != 0) {
    uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(wakeFd, &count, sizeof count);
  }
  const base::MonoNs now = base::SystemClock::monoNow();
  for (auto& link : links) {
    if (!link->client) continue;
    const auto at = std::find(whose.begin(), whose.end(), link.get());
    const bool readable = at != whose.end() && (sockets[static_cast<size_t>(at - whose.begin())].revents & ~POLLOUT) != 0;
    const bool wasConnected = link->connected;
    const int rc = serve(*link, readable);
    if (!link->refusal.empty()) {
      close(*link, link->refusal, now);
    } else if (rc != MOSQ_ERR_SUCCESS) {
      close(*link, (wasConnected ? "connection to " : "cannot connect to ") + link->where() +
                       (wasConnected ? " lost: " : ": ") + mosquitto_strerror(rc), now);
    } else if (!link->connected && now - link->begun > kConnectLimit) {
      close(*link, link->where() + " does not answer", now);
    } else if (link->connected && now - link->connectedAt > static_cast<int64_t>(options.backoffResetAfter * 1e9)) {
      link->backoff.reset();
    }
  }
}

/// QoS 0 first: a cluster that has just lost a node may keep the subscriptions of QoS 1 waiting.
void MqttLinks::State::askFor(Link& link, const std::map<std::string, int>& now,
                              const std::map<std::string, int>& before) {
  for (const auto& [filter, qos] : before)
    if (!now.contains(filter)) mosquitto_unsubscribe(link.client.get(), nullptr, filter.c_str());
  for (const int wantedQos : {0, 1})
    for (const auto& [filter, qos] : now)
      if (qos == wantedQos && !before.contains(filter))
        mosquitto_subscribe(link.client.get(), nullptr, filter.c_str(), qos);
}

void MqttLinks::State::takeOver(Link& link) {
  primary = &link;
  lastHeard = base::SystemClock::monoNow();
  {
    std::lock_guard lock(mutex);
    asked = wanted;
    status.state = LinkState::Connected;
    ++status.connections;
    inUse = link.where();
    for (Kept& message : kept) message.mid = -1;
  }
  askFor(link, asked, {});
  if (events.onReady) events.onReady();
}

void MqttLinks::State::choose() {
  if (primary) return;
  for (auto& link : links)
    if (link->connected) return takeOver(*link);
}

void MqttLinks::State::checkSilence(base::MonoNs now) {
  if (!primary || silence <= 0 || now - lastHeard < static_cast<int64_t>(silence * 1e9)) return;
  const bool another = std::any_of(links.begin(), links.end(), [&](const auto& link) {
    return link.get() != primary && link->connected;
  });
  if (another) close(*primary, primary->where() + " has fallen silent", now);
}

void MqttLinks::State::sendOutbox() {
  std::deque<std::pair<std::string, std::string>> out;
  std::map<std::string, int> now;
  {
    std::lock_guard lock(mutex);
    out = std::exchange(outbox, {});
    outboxBytes = 0;
    now = wanted;
    congested = primary && primary->unsent > kUnsentLimit;
  }
  if (!primary) return;
  if (now != asked) {
    askFor(*primary, now, asked);
    asked = std::move(now);
  }
  ::mosquitto* client = primary->client.get();
  for (const auto& [topic, bytes] : out) {
    ++primary->unsent;
    if (mosquitto_publish(client, nullptr, topic.c_str(), static_cast<int>(bytes.size()), bytes.data(), 0, false) != 0)
      --primary->unsent;
  }
  std::vector<Kept*> unsent;  // elements stay where they are: only this thread takes any out, on acknowledgement
  {
    std::lock_guard lock(mutex);
    for (Kept& message : kept)
      if (message.mid < 0) unsent.push_back(&message);
  }
  for (Kept* message : unsent) {
    int mid = 0;
    if (mosquitto_publish(client, &mid, message->topic.c_str(), static_cast<int>(message->bytes.size()),
                          message->bytes.data(), 1, false) != 0)
      break;
    message->mid = mid;
  }
}

void MqttLinks::State::run() {
  for (;;) {
    {
      std::lock_guard lock(mutex);
      if (stopping) break;
    }
    const base::MonoNs now = base::SystemClock::monoNow();
    for (auto& link : links)
      if (!link->client && now >= link->retryAt) open(*link, now);
    wait();
    checkSilence(base::SystemClock::monoNow());
    choose();
    sendOutbox();
  }
  for (auto& link : links)
    if (link->client) {
      mosquitto_disconnect(link->client.get());
      mosquitto_loop(link->client.get(), 0, 1);
    }
}

MqttLinks::MqttLinks(MqttOptions options, double silenceSeconds, LinkEvents events) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->options.clientId.clear();
  state_->silence = silenceSeconds;
  state_->events = std::move(events);
  state_->wakeFd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  state_->status.state = LinkState::Connecting;
  uint64_t seed = static_cast<uint64_t>(base::SystemClock::monoNow()) ^ reinterpret_cast<uintptr_t>(this);
  for (const Broker& broker : allBrokers(state_->options))
    state_->links.push_back(std::make_unique<State::Link>(*state_, broker, ++seed));
  state_->thread = std::thread([s = state_.get()] { s->run(); });
}

MqttLinks::~MqttLinks() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  eventfd_write(state_->wakeFd, 1);
  state_->thread.join();
  ::close(state_->wakeFd);
}

void MqttLinks::want(std::map<std::string, int> filters) {
  {
    std::lock_guard lock(state_->mutex);
    state_->wanted = std::move(filters);
  }
  eventfd_write(state_->wakeFd, 1);
}

bool MqttLinks::publish(std::string_view topic, std::string_view bytes) {
  {
    std::lock_guard lock(state_->mutex);
    if (state_->inUse.empty() || state_->congested || state_->outboxBytes + bytes.size() > kOutboxLimit) return false;
    state_->outbox.emplace_back(topic, bytes);
    state_->outboxBytes += bytes.size();
  }
  eventfd_write(state_->wakeFd, 1);
  return true;
}

void MqttLinks::publishKept(std::string_view topic, std::string_view bytes) {
  {
    std::lock_guard lock(state_->mutex);
    state_->kept.push_back({std::string(topic), std::string(bytes), -1});
  }
  eventfd_write(state_->wakeFd, 1);
}

size_t MqttLinks::unacknowledged() const {
  std::lock_guard lock(state_->mutex);
  return state_->kept.size();
}

TransportStatus MqttLinks::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

std::string MqttLinks::inUse() const {
  std::lock_guard lock(state_->mutex);
  return state_->inUse;
}

}  // namespace feeds

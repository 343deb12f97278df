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
constexpr int64_t kStandbyPatience = 10 * base::kNsPerSecond;  // an election may keep its subscriptions waiting

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
    base::MonoNs heard = 0;            // last message; 0 = none yet
    std::map<std::string, int> asked;  // filters subscribed to ...
    base::MonoNs askedAt = 0;          // ... last at that moment
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
  void askFor(Link& link);
  void checkSilence(base::MonoNs now);
  bool isDead(const Link& used, base::MonoNs now) const;

  static void onConnect(::mosquitto*, void* self, int code);
  static void onMessage(::mosquitto*, void* self, const mosquitto_message* message);
  static void onPublish(::mosquitto*, void* self, int mid);

  MqttOptions options;
  LinkWatch watch;
  LinkEvents events;
  std::vector<std::unique_ptr<Link>> links;
  Link* primary = nullptr;           // in use
  Link* standby = nullptr;           // listens already
  base::MonoNs tookOver = 0;
  base::MonoNs unansweredSince = 0;  // when something was sent and nothing has come since; 0 = something has
  std::deque<Kept> kept;             // sent or to be sent, guarded by the mutex
  int wakeFd = -1;

  mutable std::mutex mutex;
  std::map<std::string, int> wanted;
  std::deque<std::pair<std::string, std::string>> outbox;
  size_t outboxBytes = 0;
  bool stopping = false, congested = false;
  TransportStatus status;
  LinksView view;
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
  link.heard = base::SystemClock::monoNow();
  State& me = link.owner;
  if (&link != me.primary) return;
  me.unansweredSince = 0;
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
  link.heard = 0;
  link.asked.clear();
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
  if (standby == &link) standby = nullptr;
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
    if (wasInUse) view.inUse.clear();
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

/// Subscribes to what is wanted by now. QoS 0 first: a cluster that has just lost a node may keep the
/// subscriptions of QoS 1 waiting.
void MqttLinks::State::askFor(Link& link) {
  std::map<std::string, int> now;
  {
    std::lock_guard lock(mutex);
    now = wanted;
  }
  if (&link != primary) std::erase_if(now, [](const auto& filter) { return filter.second > 0; });
  if (now == link.asked) return;
  for (const auto& [filter, qos] : link.asked)
    if (!now.contains(filter)) mosquitto_unsubscribe(link.client.get(), nullptr, filter.c_str());
  for (const int wantedQos : {0, 1})
    for (const auto& [filter, qos] : now)
      if (qos == wantedQos && !link.asked.contains(filter))
        mosquitto_subscribe(link.client.get(), nullptr, filter.c_str(), qos);
  link.asked = std::move(now);
  link.askedAt = base::SystemClock::monoNow();
}

void MqttLinks::State::takeOver(Link& link) {
  primary = &link;
  if (standby == &link) standby = nullptr;
  tookOver = base::SystemClock::monoNow();
  unansweredSince = 0;
  {
    std::lock_guard lock(mutex);
    status.state = LinkState::Connected;
    ++status.connections;
    view.inUse = link.where();
    for (Kept& message : kept) message.mid = -1;
  }
  askFor(link);
  if (events.onReady) events.onReady();
}

void MqttLinks::State::choose() {
  if (!primary && standby) takeOver(*standby);
  for (auto& link : links) {
    if (!link->connected || link.get() == primary) continue;
    if (!primary) {
      takeOver(*link);
    } else if (!standby) {
      standby = link.get();
    }
  }
  for (Link* link : {primary, standby})
    if (link) askFor(*link);
  std::lock_guard lock(mutex);
  view.standby = standby && standby->heard != 0 ? standby->where() : std::string();
  view.standing = static_cast<size_t>(std::count_if(links.begin(), links.end(), [](const auto& link) { return link->connected; }));
}

bool MqttLinks::State::isDead(const Link& used, base::MonoNs now) const {
  const auto limit = static_cast<int64_t>(watch.silenceSeconds * 1e9);
  if (watch.echo) return used.heard != 0 && unansweredSince != 0 && now - unansweredSince > limit;
  const base::MonoNs since = std::max(used.heard, tookOver);
  return now - since > limit && standby->heard > since + limit / 2;  // not just the same message a little later
}

/// Of two connections that ask for the same, one that hears nothing while the other does is dead. When neither
/// hears anything, nobody speaks.
void MqttLinks::State::checkSilence(base::MonoNs now) {
  if (!primary || !standby || watch.silenceSeconds <= 0) return;
  if (isDead(*primary, now)) return close(*primary, primary->where() + " has fallen silent", now);
  const base::MonoNs since = std::max(standby->heard, standby->askedAt);
  if (primary->heard > since + kStandbyPatience)
    close(*standby, standby->where() + " has fallen silent", now);
}

void MqttLinks::State::sendOutbox() {
  std::deque<std::pair<std::string, std::string>> out;
  {
    std::lock_guard lock(mutex);
    out = std::exchange(outbox, {});
    outboxBytes = 0;
    congested = primary && primary->unsent > kUnsentLimit;
  }
  if (!primary) return;
  if (!out.empty() && unansweredSince == 0) unansweredSince = base::SystemClock::monoNow();
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

MqttLinks::MqttLinks(MqttOptions options, LinkWatch watch, LinkEvents events) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->options.clientId.clear();
  state_->watch = watch;
  state_->events = std::move(events);
  state_->wakeFd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  state_->status.state = LinkState::Connecting;
  uint64_t seed = static_cast<uint64_t>(base::SystemClock::monoNow()) ^ reinterpret_cast<uintptr_t>(this);
  for (const Broker& broker : allBrokers(state_->options))
    state_->links.push_back(std::make_unique<State::Link>(*state_, broker, ++seed));
  state_->thread = std::thread([s = state_.get()] { s->run(); });
}

void MqttLinks::stop() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  eventfd_write(state_->wakeFd, 1);
  if (state_->thread.joinable()) state_->thread.join();
}

MqttLinks::~MqttLinks() {
  stop();
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
    if (state_->view.inUse.empty() || state_->congested || state_->outboxBytes + bytes.size() > kOutboxLimit) return false;
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

LinksView MqttLinks::view() const {
  std::lock_guard lock(state_->mutex);
  return state_->view;
}

}  // namespace feeds

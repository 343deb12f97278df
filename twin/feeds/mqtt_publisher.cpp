// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/mqtt_publisher.h"

#include <atomic>
#include <mutex>

#include "twin/feeds/backoff.h"
#include "twin/feeds/mqtt_client.h"

namespace feeds {
namespace {

constexpr int64_t kMaxOutstanding = 20000;  // messages that the socket has not taken yet

}  // namespace

struct MqttPublisher::State {
  MqttOptions options;
  mqtt::Client client;
  std::atomic<int64_t> outstanding{0};
  mutable std::mutex mutex;
  TransportStatus status;
  std::mutex beginMutex;
  Backoff backoff;         // until the loop runs
  base::MonoNs tryAt = 0;
  std::atomic<bool> running{false};

  explicit State(MqttOptions o)
      : options(std::move(o)), backoff(options.backoffBase, options.backoffCap, static_cast<uint64_t>(base::SystemClock::monoNow())) {}

  void set(LinkState state, std::string error) {
    std::lock_guard lock(mutex);
    status.state = state;
    if (state == LinkState::Connected) ++status.connections;
    if (!error.empty()) status.lastError = std::move(error);
  }
  /// libmosquitto's own loop connects again and again, but not when the very first connection was refused: then it
  /// is not started, and the next message tries once more.
  void begin() {
    std::lock_guard lock(beginMutex);
    if (running || base::SystemClock::monoNow() < tryAt) return;
    const int rc = mosquitto_connect_async(client.get(), options.host.c_str(), options.port, options.keepAliveSeconds);
    if (rc == MOSQ_ERR_SUCCESS) {
      running = true;
      mosquitto_loop_start(client.get());
      return;
    }
    set(LinkState::Waiting, mosquitto_strerror(rc));
    tryAt = base::SystemClock::monoNow() + static_cast<int64_t>(backoff.next() * 1e9);
  }
  static void onConnect(::mosquitto*, void* self, int code) {
    auto& me = *static_cast<State*>(self);
    me.outstanding = 0;
    if (code == 0) {
      me.set(LinkState::Connected, {});
    } else {
      me.set(LinkState::Waiting, std::string("broker refuses: ") + mosquitto_connack_string(code));
    }
  }
  static void onDisconnect(::mosquitto*, void* self, int code) {
    static_cast<State*>(self)->set(LinkState::Waiting, code == 0 ? std::string() : mosquitto_strerror(code));
  }
  static void onPublish(::mosquitto*, void* self, int) { --static_cast<State*>(self)->outstanding; }
};

MqttPublisher::MqttPublisher(MqttOptions options) : state_(std::make_unique<State>(std::move(options))) {
  auto client = mqtt::makeClient(state_->options, state_.get());
  if (!client) {
    state_->set(LinkState::Failed, client.error());
    return;
  }
  state_->client = *std::move(client);
  ::mosquitto* raw = state_->client.get();
  mosquitto_connect_callback_set(raw, State::onConnect);
  mosquitto_disconnect_callback_set(raw, State::onDisconnect);
  mosquitto_publish_callback_set(raw, State::onPublish);
  mosquitto_reconnect_delay_set(raw, 1, static_cast<unsigned>(state_->options.backoffCap), true);
  state_->set(LinkState::Connecting, {});
  state_->begin();
}

MqttPublisher::~MqttPublisher() {
  if (!state_->client || !state_->running) return;
  mosquitto_disconnect(state_->client.get());
  mosquitto_loop_stop(state_->client.get(), false);
}

bool MqttPublisher::publish(std::string_view topic, std::string_view bytes, int qos, bool retain) {
  if (!state_->running && state_->client) state_->begin();
  if (status().state != LinkState::Connected || state_->outstanding > kMaxOutstanding) return false;
  ++state_->outstanding;
  const std::string name(topic);
  const int rc = mosquitto_publish(state_->client.get(), nullptr, name.c_str(),
                                   static_cast<int>(bytes.size()), bytes.data(), qos, retain);
  if (rc != MOSQ_ERR_SUCCESS) --state_->outstanding;
  return rc == MOSQ_ERR_SUCCESS;
}

TransportStatus MqttPublisher::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

}  // namespace feeds

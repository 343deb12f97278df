// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_state.h"

#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "twin/feeds/state_receiver.h"

namespace feeds {
namespace {

constexpr LinkWatch kWatch{.silenceSeconds = 1.25};  // a sign of life comes every half second
constexpr int64_t kMostTiles = 48;       // one wildcard is cheaper for everybody beyond that
constexpr int64_t kAskEvery = base::kNsPerSecond / 2;

}  // namespace

struct StateTransport::State {
  MqttOptions options;
  double tileMetres = 500;
  MessageSink* sink = nullptr;
  std::optional<StateReceiver> receiver;
  std::mutex receiverMutex;
  std::unique_ptr<MqttLinks> frames;  // QoS 0
  std::unique_ptr<MqttLinks> events;  // QoS 1, which a cluster in trouble may hold up
  std::atomic<base::UtcNs> lastFrame{0};
  base::MonoNs lastAsk = 0;
  std::mutex seenMutex;
  std::set<std::string> tiles;  // empty: all
  bool changed = false;         // since the receiver was told

  std::string topic(std::string_view below) const { return options.topicFilter + "/" + std::string(below); }
  void ask() {
    const base::MonoNs now = base::SystemClock::monoNow();
    if (now - lastAsk < kAskEvery) return;
    lastAsk = now;
    std::string which;
    {
      std::lock_guard lock(seenMutex);
      for (const std::string& tile : tiles) which += tile + "\n";
    }
    frames->publish(topic("ask"), which.empty() ? "*" : which);
  }
  void subscribe() {
    std::map<std::string, int> filters;
    std::lock_guard lock(seenMutex);
    if (tiles.empty()) filters[topic("state/+")] = 0;
    for (const std::string& tile : tiles) filters[topic("state/" + tile)] = 0;
    frames->want(std::move(filters));
  }
  /// Here and not where the view changes: it may tell the sink that things have left, and wait for it.
  void tellFollowed() {
    {
      std::lock_guard lock(seenMutex);
      if (!std::exchange(changed, false)) return;
      receiver->follow(tiles);
    }
    lastAsk = 0;
    ask();
  }
  void take(std::string_view name, std::string_view bytes) {
    std::lock_guard lock(receiverMutex);
    tellFollowed();
    const StateReceiver::Verdict verdict = receiver->take(name, bytes);
    lastFrame = receiver->lastTime();
    if (verdict == StateReceiver::Verdict::Missed) ask();
  }
};

StateTransport::StateTransport(MqttOptions options, double tileMetres) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->tileMetres = tileMetres;
}

StateTransport::~StateTransport() {
  stop();
}

void StateTransport::start(MessageSink& sink) {
  if (state_->frames) return;
  state_->sink = &sink;
  state_->receiver.emplace(sink);
  const size_t prefix = state_->topic("state/").size();
  // Not before `frames` stands: what it calls uses it.
  std::unique_lock ready(state_->receiverMutex);
  state_->frames = std::make_unique<MqttLinks>(
      state_->options, kWatch,
      LinkEvents{.onMessage = [s = state_.get(), prefix](
                                  std::string_view topic,
                                  std::string_view bytes) { if (topic.size() > prefix) s->take(topic.substr(prefix), bytes); },
                 .onReady =
                     [s = state_.get()] {
                       std::lock_guard lock(s->receiverMutex);
                       s->lastAsk = 0;
                       s->ask();
                     },
                 .onLost = [s = state_.get()](const std::string& why) { s->sink->gap(why); }});
  ready.unlock();
  state_->events = std::make_unique<MqttLinks>(
      state_->options, LinkWatch{},
      LinkEvents{.onMessage = [s = state_.get()](std::string_view, std::string_view bytes) { s->take("event", bytes); },
                 .onReady = {},
                 .onLost = {}});
  state_->subscribe();
  state_->events->want({{state_->topic("event"), 1}});
}

void StateTransport::stop() {
  if (!state_->frames) return;
  state_->events->stop();
  state_->frames->stop();  // whoever is called until then uses it
  state_->events.reset();
  state_->frames.reset();
  state_->receiver.reset();
}

TransportStatus StateTransport::status() const {
  return state_->frames ? state_->frames->status() : TransportStatus{};
}

base::UtcNs StateTransport::lastFrame() const {
  return state_->lastFrame;
}

LinksView StateTransport::links() const {
  return state_->frames ? state_->frames->view() : LinksView{};
}

void StateTransport::see(const GroundBox& ground) {
  if (!state_->frames) return;
  const auto cell = [&](double metres) { return static_cast<int64_t>(std::floor(metres / state_->tileMetres)); };
  const int64_t x0 = cell(ground.minX) - 1, x1 = cell(ground.maxX) + 1;
  const int64_t y0 = cell(ground.minY) - 1, y1 = cell(ground.maxY) + 1;
  std::set<std::string> tiles;
  if (x1 >= x0 && y1 >= y0 && (x1 - x0 + 1) <= kMostTiles && (x1 - x0 + 1) * (y1 - y0 + 1) <= kMostTiles) {
    for (int64_t x = x0; x <= x1; ++x)
      for (int64_t y = y0; y <= y1; ++y) tiles.insert(std::to_string(x) + "_" + std::to_string(y));
    tiles.insert("none");
  }
  {
    std::lock_guard lock(state_->seenMutex);
    if (tiles == state_->tiles) return;
    state_->tiles = std::move(tiles);
    state_->changed = true;
  }
  state_->subscribe();
}

}  // namespace feeds

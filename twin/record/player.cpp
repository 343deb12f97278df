// SPDX-License-Identifier: Apache-2.0
#include "twin/record/player.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "engine/base/log.h"

namespace record {

struct Player::State {
  State(PlayerOptions given, LogReader opened) : options(std::move(given)), reader(std::move(opened)) {}

  /// The next message, or nothing at the end of the recording. Sources and holes on the way are noted.
  const feeds::RawMessage* peek(feeds::MessageSink& sink);
  void deliverFront(feeds::MessageSink& sink);
  void run(feeds::MessageSink& sink);
  bool waitForTurn(const feeds::RawMessage& message);
  bool startAgain();

  PlayerOptions options;
  LogReader reader;
  LogSummary summary;
  std::deque<Record> block;
  std::unordered_map<uint16_t, feeds::Source> sources;

  // Of the pass that plays now:
  base::MonoNs startMono = 0;
  base::UtcNs startUtc = 0;
  uint64_t playedInPass = 0;

  mutable std::mutex mutex;
  std::condition_variable wake;
  base::UtcNs allowed = std::numeric_limits<base::UtcNs>::min();
  bool stopping = false;
  feeds::MessageSink* listener = nullptr;
  std::atomic<bool> finished{false};
  feeds::TransportStatus status;
  std::thread thread;
};

base::Result<std::unique_ptr<Player>> Player::create(PlayerOptions options) {
  if (!(options.speed > 0)) return base::Error{"replay speed must be above 0"};
  if (options.loop && (!options.restamp || std::isinf(options.speed))) {
    return base::Error{"a recording can only loop when it is re-stamped to now and played at a finite speed"};
  }
  if (!options.followsClock && !options.ownThread)
    return base::Error{"only a recording that follows a clock plays without a thread"};
  if (options.followsClock && options.restamp)
    return base::Error{"a recording that follows a clock keeps its own times"};
  auto reader = LogReader::open(options.path);
  if (!reader) return base::Error{reader.error()};
  auto state = std::make_unique<State>(std::move(options), *std::move(reader));
  state->summary = state->reader.summary();
  base::Result<std::unique_ptr<Player>> result(std::unique_ptr<Player>(new Player(std::move(state))));
  result.warnings = (*result)->summary().warnings;
  return result;
}

Player::Player(std::unique_ptr<State> state) : state_(std::move(state)) {}
Player::~Player() {
  stop();
}
const LogSummary& Player::summary() const {
  return state_->summary;
}
bool Player::finished() const {
  return state_->finished;
}

const feeds::RawMessage* Player::State::peek(feeds::MessageSink& sink) {
  for (;;) {
    while (block.empty()) {
      auto next = reader.nextBlock();
      for (const std::string& warning : reader.takeWarnings()) {
        base::logWarning(warning);
        sink.gap(warning);
      }
      if (!next) return nullptr;
      block.assign(std::make_move_iterator(next->begin()), std::make_move_iterator(next->end()));
    }
    Record& front = block.front();
    if (const auto* message = std::get_if<MessageRecord>(&front)) return &message->message;
    if (auto* source = std::get_if<SourceRecord>(&front)) sources[source->number] = std::move(source->source);
    if (const auto* lost = std::get_if<LostRecord>(&front)) {
      sink.gap(std::to_string(lost->count) + " messages were not recorded here");
    }
    block.pop_front();
  }
}

void Player::State::deliverFront(feeds::MessageSink& sink) {
  const feeds::RawMessage& message = std::get<MessageRecord>(block.front()).message;
  const auto source = sources.find(message.source);
  feeds::Delivery delivery{
      .topic = message.topic, .bytes = message.bytes, .received = message.received, .shift = message.shift};
  if (source != sources.end()) delivery.recordedFrom = &source->second;
  if (options.restamp) {
    // When it is due, not when the thread woke up: the same recording gives the same times again.
    const double elapsed = static_cast<double>(message.received - summary.first) / options.speed;
    delivery.received = startUtc + static_cast<int64_t>(elapsed);
    delivery.shift += delivery.received - message.received;
  }
  sink.deliver(delivery);
  ++playedInPass;
  block.pop_front();
}

/// False when the player is stopped first.
bool Player::State::waitForTurn(const feeds::RawMessage& message) {
  std::unique_lock lock(mutex);
  if (options.followsClock) {
    wake.wait(lock, [&] { return stopping || message.received <= allowed; });
    return !stopping;
  }
  const double due = static_cast<double>(message.received - summary.first) / options.speed / 1e9;
  while (!stopping) {
    const double ahead = due - static_cast<double>(base::SystemClock::monoNow() - startMono) / 1e9;
    if (ahead <= 0) break;
    wake.wait_for(lock, std::chrono::duration<double>(std::min(ahead, 60.0)));
  }
  return !stopping;
}

bool Player::State::startAgain() {
  if (!options.loop || playedInPass == 0) return false;
  playedInPass = 0;
  // One expected gap between the last and the first message, so that times go on rising.
  const auto duration =
      static_cast<int64_t>(static_cast<double>(summary.last - summary.first) / options.speed) +
      base::kNsPerSecond;
  startMono += duration;
  startUtc += duration;
  reader.rewind();
  return true;
}

void Player::State::run(feeds::MessageSink& sink) {
  startMono = base::SystemClock::monoNow();
  startUtc = options.now != 0 ? options.now : base::SystemClock::utcNow();
  for (;;) {
    const feeds::RawMessage* message = peek(sink);
    if (!message && !startAgain()) break;
    if (!message) continue;
    if (!waitForTurn(*message)) return;
    deliverFront(sink);
  }
  finished = true;
  std::lock_guard lock(mutex);
  status.state = feeds::LinkState::Idle;
}

void Player::start(feeds::MessageSink& sink) {
  if (state_->thread.joinable()) return;
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = false;
    state_->status.state = feeds::LinkState::Connected;
    ++state_->status.connections;
  }
  state_->listener = &sink;
  if (!state_->options.ownThread) return;
  state_->thread = std::thread([this, &sink] { state_->run(sink); });
}

void Player::stop() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_all();
  if (state_->thread.joinable()) state_->thread.join();
  state_->listener = nullptr;
  std::lock_guard lock(state_->mutex);
  state_->status.state = feeds::LinkState::Idle;
}

feeds::TransportStatus Player::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

void Player::follow(base::UtcNs shown) {
  {
    std::lock_guard lock(state_->mutex);
    state_->allowed = std::max(state_->allowed, shown);
  }
  state_->wake.notify_all();
}

void Player::playUntil(base::UtcNs shown) {
  if (!state_->listener || state_->options.ownThread) return;
  while (const feeds::RawMessage* message = state_->peek(*state_->listener)) {
    if (message->received > shown) return;
    state_->deliverFront(*state_->listener);
  }
  state_->finished = true;
}

}  // namespace record

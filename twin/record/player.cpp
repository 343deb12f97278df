// SPDX-License-Identifier: Apache-2.0
#include "twin/record/player.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

#include "engine/base/log.h"

namespace record {

struct Player::State {
  State(PlayerOptions given, LogReader opened) : options(std::move(given)), reader(std::move(opened)) {}

  /// The next message, or nothing at the end of the recording. Sources, holes and starts of runs on the way
  /// are noted.
  const feeds::RawMessage* peek(feeds::MessageSink& sink);
  void restore(const KeyframeRecord& keyframe, feeds::MessageSink& sink);
  void jump(base::UtcNs shown, feeds::MessageSink& sink);
  void readNotes();
  enum class Turn { Play, Seek, Stop };
  bool waitAtEnd();
  void deliverFront(feeds::MessageSink& sink);
  void run(feeds::MessageSink& sink);
  Turn waitForTurn(const feeds::RawMessage& message);
  bool startAgain();

  PlayerOptions options;
  LogReader reader;
  LogSummary summary;
  std::deque<Record> block;
  std::unordered_map<uint16_t, feeds::Source> sources;
  std::unordered_map<uint16_t, uint64_t> settled;  // seq up to which the restored state has the messages
  std::map<std::string, std::string, std::less<>> notes;

  // Of the pass that plays now:
  base::MonoNs startMono = 0;
  base::UtcNs startUtc = 0;
  uint64_t playedInPass = 0;

  mutable std::mutex mutex;
  std::condition_variable wake;
  base::UtcNs allowed = std::numeric_limits<base::UtcNs>::min();
  std::optional<base::UtcNs> seekTo;
  bool waiting = false;  // for the clock, with all played that may be
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
  state->readNotes();
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
    if (const auto* message = std::get_if<MessageRecord>(&front)) {
      const auto known = settled.find(message->message.source);
      if (known == settled.end() || message->message.seq > known->second) return &message->message;
    }
    // A feed among others must not undo what those have said: only a replay jumps to a state.
    if (const auto* keyframe = std::get_if<KeyframeRecord>(&front); keyframe && !options.restamp)
      restore(*keyframe, sink);
    if (auto* source = std::get_if<SourceRecord>(&front)) sources[source->number] = std::move(source->source);
    if (const auto* lost = std::get_if<LostRecord>(&front)) {
      sink.gap(std::to_string(lost->count) + " messages were not recorded here");
    }
    block.pop_front();
  }
}

void Player::State::restore(const KeyframeRecord& keyframe, feeds::MessageSink& sink) {
  settled.clear();
  for (size_t i = 0; i < keyframe.numbers.size(); ++i) {
    sources[keyframe.numbers[i]] = keyframe.state.sources[i].source;
    settled[keyframe.numbers[i]] = keyframe.state.sources[i].settled;
  }
  sink.restore(keyframe.state);
}

void Player::State::jump(base::UtcNs shown, feeds::MessageSink& sink) {
  block.clear();
  finished = false;
  const auto& places = summary.keyframes;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    if (place->newest > shown) continue;
    auto keyframe = reader.keyframeAt(*place);
    if (!keyframe) {
      base::logWarning(keyframe.error() + "; taking an earlier one");
      continue;
    }
    restore(*keyframe, sink);
    reader.goTo(place->resume);
    return;
  }
  settled.clear();
  sink.restore({});
  reader.rewind();
}

/// They stand in the first blocks, before any message.
void Player::State::readNotes() {
  while (auto records = reader.nextBlock()) {
    for (Record& record : *records) {
      if (std::holds_alternative<MessageRecord>(record)) return reader.rewind();
      if (auto* note = std::get_if<NoteRecord>(&record)) notes.emplace(note->name, std::move(note->bytes));
    }
  }
  reader.rewind();
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

Player::State::Turn Player::State::waitForTurn(const feeds::RawMessage& message) {
  std::unique_lock lock(mutex);
  if (options.followsClock) {
    wake.wait(lock, [&] {
      const bool ready = stopping || seekTo || message.received <= allowed;
      waiting = !ready;
      return ready;
    });
    return stopping ? Turn::Stop : seekTo ? Turn::Seek : Turn::Play;
  }
  const double due = static_cast<double>(message.received - summary.first) / options.speed / 1e9;
  while (!stopping) {
    const double ahead = due - static_cast<double>(base::SystemClock::monoNow() - startMono) / 1e9;
    if (ahead <= 0) break;
    wake.wait_for(lock, std::chrono::duration<double>(std::min(ahead, 60.0)));
  }
  return stopping ? Turn::Stop : Turn::Play;
}

/// A player that follows a clock may be sent back. False when there is nothing more to wait for.
bool Player::State::waitAtEnd() {
  finished = true;
  std::unique_lock lock(mutex);
  if (!options.followsClock) return false;
  wake.wait(lock, [&] {
    waiting = !stopping && !seekTo;
    return !waiting;
  });
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
    std::optional<base::UtcNs> target;
    {
      std::lock_guard lock(mutex);
      target = std::exchange(seekTo, std::nullopt);
    }
    if (target) jump(*target, sink);
    const feeds::RawMessage* message = peek(sink);
    if (!message && (startAgain() || waitAtEnd())) continue;
    if (!message) break;
    const Turn turn = waitForTurn(*message);
    if (turn == Turn::Stop) return;
    if (turn == Turn::Play) deliverFront(sink);
  }
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
  feeds::TransportStatus status = state_->status;
  // Its messages count for the sources that it names; of itself there is only this to be heard.
  if (status.state == feeds::LinkState::Connected) status.lastContact = base::SystemClock::utcNow();
  return status;
}

void Player::follow(base::UtcNs shown) {
  {
    std::lock_guard lock(state_->mutex);
    if (shown < state_->allowed) state_->seekTo = shown;
    state_->allowed = shown;
    state_->waiting = false;  // until the thread has looked
  }
  state_->wake.notify_all();
}

void Player::seek(base::UtcNs shown) {
  {
    std::lock_guard lock(state_->mutex);
    state_->seekTo = state_->allowed = shown;
  }
  state_->wake.notify_all();
}

void Player::playUntil(base::UtcNs shown) {
  if (!state_->listener || state_->options.ownThread) return;
  std::optional<base::UtcNs> target;
  {
    std::lock_guard lock(state_->mutex);
    target = std::exchange(state_->seekTo, std::nullopt);
    if (shown < state_->allowed) target = shown;
    state_->allowed = shown;
  }
  if (target) state_->jump(shown, *state_->listener);
  while (const feeds::RawMessage* message = state_->peek(*state_->listener)) {
    if (message->received > shown) return;
    state_->deliverFront(*state_->listener);
  }
  state_->finished = true;
}

bool Player::caughtUp() const {
  std::lock_guard lock(state_->mutex);
  return !state_->seekTo && (state_->waiting || !state_->options.ownThread);
}

std::string Player::note(std::string_view name) const {
  const auto found = state_->notes.find(name);
  return found != state_->notes.end() ? found->second : std::string();
}

}  // namespace record

// SPDX-License-Identifier: Apache-2.0
//
// The feed's path, top to bottom: admit() takes bytes from a transport, decodeLoop() turns them into
// observations, writeLoop() puts them into the store in the order of admission, settle() accounts for
// what became of each.
#include "twin/feeds/ingest.h"

#include <atomic>
#include <deque>
#include <map>
#include <shared_mutex>
#include <thread>
#include <utility>

#include "engine/base/log.h"
#include "engine/base/thread_priority.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/message_queue.h"
#include "twin/feeds/reorder_buffer.h"
#include "twin/feeds/source_meter.h"
#include "twin/feeds/store_writer.h"

namespace feeds {
namespace {

constexpr size_t kBatch = 128;     // messages per decoding batch
constexpr size_t kMaxTopic = 256;  // bytes
constexpr size_t kMaxLessons = 32u << 20;  // bytes of what taught the registry
constexpr size_t kMaxSources = 4096;
constexpr size_t kMaxRecorded = 64;          // sources that one recording may name
constexpr size_t kMaxPendingEvents = 65536;  // beyond it the writer slows down until somebody takes
constexpr std::chrono::milliseconds kPatience{50};
constexpr std::chrono::milliseconds kMostHeld{100};  // per batch, for a tap that is behind
constexpr int64_t kPublishEvery = 4 * base::kNsPerMs;

}  // namespace

/// One source: its transport, its order, its sink.
struct SourceEntry final : MessageSink {
  SourceEntry(Ingest::State& owner, model::SourceId number, Source source, std::unique_ptr<Transport> link)
      : state(owner), id(number), meter(std::move(source)), transport(std::move(link)) {}

  void deliver(const Delivery& delivery) override { offer(delivery); }
  bool offer(const Delivery& delivery) override;
  void gap(std::string_view why) override;
  void restore(const Keyframe& keyframe) override;

  Ingest::State& state;
  const model::SourceId id;
  SourceMeter meter;                     // guarded by State::statsMutex
  std::unique_ptr<Transport> transport;  // null for sources that a recording names
  SourceEntry* player = nullptr;         // who plays this one
  std::mutex orderMutex;                 // keeps seq, tap and queue in the same order
  uint64_t nextSeq = 1;
  std::map<std::string, SourceEntry*>
      recorded;  // sources that this one plays, by name; guarded by orderMutex
};

struct Ingest::State {
  explicit State(IngestOptions given)
      : options(std::move(given)),
        queue(options.queueBytes,
              options.spillFolder.empty() ? nullptr : std::make_unique<EventSpill>(options.spillFolder),
              {.after = static_cast<int64_t>(options.conflateAfterSeconds * 1e9),
               .hold = static_cast<int64_t>(options.conflateHoldSeconds * 1e9)}),
        writer(options.catalogue, options.latenessSeconds) {}

  base::UtcNs now() const { return options.utcNow ? options.utcNow() : base::SystemClock::utcNow(); }
  SourceEntry& addSource(Source source, std::unique_ptr<Transport> transport);
  SourceEntry& sourceAt(model::SourceId id) const;
  std::vector<SourceEntry*> withTransport() const;
  SourceEntry& recordedSource(SourceEntry& player, const Source& source);
  bool admit(SourceEntry& source, const Delivery& delivery);
  bool refuse(SourceEntry& source, const char* why, std::string_view topic);
  DecodeContext contextOf(const SourceEntry& source) const;
  void learn(const SourceEntry& source, const DecoderRow& row, const RawMessage& message);
  void learnAgain(const Keyframe& keyframe, const std::vector<model::SourceId>& numbers);
  DecodedMessage decode(QueuedMessage item) const;
  void process(QueuedMessage item);
  void decodeLoop();
  void writeLoop();
  void holdBack() const;
  void tell(const DecodedMessage& message) const;
  void settle(const std::vector<DecodedMessage>& messages);
  uint64_t inFlight() const;

  IngestOptions options;
  const DatastreamRegistry pristine = options.datastreams.clone();  // as the pack has it
  GtfsRegistry gtfs;                                                // what static feeds have taught
  std::mutex lessonsMutex;
  std::vector<Keyframe::Lesson> lessons;
  size_t lessonBytes = 0;
  MessageQueue queue;
  ReorderBuffer decoded;
  StoreWriter writer;
  std::atomic<MessageTap*> tap{nullptr};
  std::vector<ChangeTap*> changeTaps;  // fixed before start

  mutable std::shared_mutex sourcesMutex;  // the list; entries never move
  std::vector<std::unique_ptr<SourceEntry>> sources;
  mutable std::mutex statsMutex;  // all meters, so that snapshots add up
  std::mutex inlineMutex;         // one message at a time when running inline
  std::atomic<bool> started{false};
  std::atomic<bool> stopping{false};
  std::vector<std::thread> threads;
};

bool SourceEntry::offer(const Delivery& delivery) {
  SourceEntry& from = delivery.recordedFrom ? state.recordedSource(*this, *delivery.recordedFrom) : *this;
  return state.admit(from, delivery);
}

void SourceEntry::gap(std::string_view why) {
  std::lock_guard lock(state.statsMutex);
  meter.gap(why, state.now());
}

void SourceEntry::restore(const Keyframe& keyframe) {
  // Only decoders and writer empty the queue, so this ends; a stopping program needs no other moment.
  while (state.inFlight() > 0 && !state.stopping) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::vector<model::SourceId> numbers;
  for (const Keyframe::Known& known : keyframe.sources)
    numbers.push_back(state.recordedSource(*this, known.source).id);
  std::lock_guard lock(state.inlineMutex);
  state.learnAgain(keyframe, numbers);
  state.writer.restore(keyframe, numbers);
}

SourceEntry& Ingest::State::addSource(Source source, std::unique_ptr<Transport> transport) {
  std::unique_lock lock(sourcesMutex);
  ENSURE(sources.size() < kMaxSources);
  const auto id = static_cast<model::SourceId>(sources.size());
  sources.push_back(std::make_unique<SourceEntry>(*this, id, std::move(source), std::move(transport)));
  return *sources.back();
}

SourceEntry& Ingest::State::sourceAt(model::SourceId id) const {
  std::shared_lock lock(sourcesMutex);
  return *sources[id];
}

/// A copy of the list: a recording that plays adds sources to it meanwhile.
std::vector<SourceEntry*> Ingest::State::withTransport() const {
  std::shared_lock lock(sourcesMutex);
  std::vector<SourceEntry*> entries;
  for (const auto& source : sources)
    if (source->transport) entries.push_back(source.get());
  return entries;
}

SourceEntry& Ingest::State::recordedSource(SourceEntry& player, const Source& source) {
  std::lock_guard lock(player.orderMutex);
  SourceEntry*& entry = player.recorded[source.name];
  if (!entry && player.recorded.size() > kMaxRecorded) entry = &player;  // a forged recording
  if (!entry) {
    entry = &addSource(source, nullptr);
    entry->player = &player;
  }
  return *entry;
}

/// False, for admit() to hand on.
bool Ingest::State::refuse(SourceEntry& source, const char* why, std::string_view topic) {
  std::lock_guard lock(statsMutex);
  source.meter.rejected(why, topic);
  return false;
}

/// True when the message is on its way; false when it was refused and counted.
bool Ingest::State::admit(SourceEntry& source, const Delivery& delivery) {
  QueuedMessage item;
  item.message.source = source.id;
  item.message.received = delivery.received != 0 ? delivery.received : now();
  item.message.receivedMono = base::SystemClock::monoNow();
  item.message.shift = delivery.shift;
  item.message.topic = delivery.topic.substr(0, kMaxTopic + 1);
  item.message.bytes = delivery.bytes;
  item.row = findDecoder(delivery.topic);

  std::lock_guard order(source.orderMutex);
  item.message.seq = item.place = source.nextSeq++;
  {
    std::lock_guard lock(statsMutex);
    source.meter.arrived(delivery.topic, delivery.bytes, item.message.received, item.message.receivedMono);
  }
  if (MessageTap* listener = tap.load()) listener->onMessage(item.message, source.meter.source());
  if (delivery.topic.size() > kMaxTopic) return refuse(source, reason::kTopic, delivery.topic);
  if (!item.row) return refuse(source, reason::kNoDecoder, delivery.topic);
  if (delivery.bytes.size() > item.row->maxBytes) return refuse(source, reason::kTooLarge, delivery.topic);
  if (item.row->learn) learn(source, *item.row, item.message);
  item.message.knowledge = options.datastreams.additions();
  if (options.runInline) {
    process(std::move(item));
    return true;
  }

  const MessageQueue::PushOutcome outcome = queue.push(std::move(item), source.meter.source());
  if (outcome.accepted && !outcome.conflated && !outcome.spilled && outcome.dropped.empty()) return true;
  std::shared_lock sourcesLock(sourcesMutex);  // always before statsMutex
  std::lock_guard lock(statsMutex);
  if (!outcome.accepted) source.meter.rejected(reason::kOverload, delivery.topic);
  if (outcome.conflated) source.meter.conflated();
  if (outcome.spilled) source.meter.spilled();
  for (const model::SourceId dropped : outcome.dropped)
    sources[dropped]->meter.rejected(reason::kOverload, "");
  return outcome.accepted;
}

/// Remembered when it taught something, for keyframes.
void Ingest::State::learn(const SourceEntry& source, const DecoderRow& row, const RawMessage& message) {
  const auto known = [this] { return options.datastreams.additions() + gtfs.additions(); };
  const uint64_t before = known();
  row.learn(message, contextOf(source), {options.datastreams, gtfs});
  if (known() == before) return;
  std::lock_guard lock(lessonsMutex);
  lessonBytes += message.bytes.size();
  if (lessonBytes > kMaxLessons) return;  // a forged server list; the registry itself is bounded
  lessons.push_back({source.id, message.topic, message.bytes});
}

void Ingest::State::learnAgain(const Keyframe& keyframe, const std::vector<model::SourceId>& numbers) {
  options.datastreams.become(pristine);
  gtfs.clear();
  {
    std::lock_guard lock(lessonsMutex);
    lessons.clear();
    lessonBytes = 0;
  }
  for (const Keyframe::Lesson& lesson : keyframe.lessons) {
    const DecoderRow* row = findDecoder(lesson.topic);
    if (!row || !row->learn || lesson.source >= numbers.size() || lesson.bytes.size() > row->maxBytes) continue;
    RawMessage message;
    message.source = numbers[lesson.source];
    message.topic = lesson.topic;
    message.bytes = lesson.bytes;
    learn(sourceAt(message.source), *row, message);
  }
}

DecodeContext Ingest::State::contextOf(const SourceEntry& source) const {
  return {.frame = options.frame,
          .datastreams = options.datastreams,
          .provenance = source.meter.source().provenance,
          .intersections = &options.intersections,
          .gtfs = &gtfs,
          .vocabulary = options.vocabulary.get(),
          .mappings = options.mappings.get()};
}

DecodedMessage Ingest::State::decode(QueuedMessage item) const {
  const DecodeContext context = contextOf(sourceAt(item.message.source));
  DecodedMessage result;
  result.place = item.place;
  Decoded decodedNow = item.row->decode(item.message, context);
  result.raw = std::move(item.message);
  result.raw.bytes.clear();
  result.flags = std::move(decodedNow.warnings);
  if (decodedNow) {
    if (result.raw.topic.starts_with("online/") && decodedNow->properties.size() == 1) {
      const bool* online = std::get_if<bool>(&decodedNow->properties[0].value);
      if (online) result.online.emplace(result.raw.topic.substr(7), *online);
    }
    result.observations = *std::move(decodedNow);
  } else {
    result.rejectedFor = decodedNow.error();
  }
  return result;
}

/// The same stages one after another on the caller's thread.
void Ingest::State::process(QueuedMessage item) {
  std::lock_guard lock(inlineMutex);
  std::vector<DecodedMessage> one;
  one.push_back(decode(std::move(item)));
  writer.write(one);
  settle(one);
}

void Ingest::State::decodeLoop() {
  base::yieldToPicture();
  for (;;) {
    MessageQueue::Batch batch = queue.popBatch(kBatch, kPatience);
    if (batch.messages.empty()) {
      if (queue.closedAndEmpty()) return;
      continue;
    }
    std::vector<DecodedMessage> results;
    results.reserve(batch.messages.size());
    for (QueuedMessage& item : batch.messages) results.push_back(decode(std::move(item)));
    decoded.put(batch.ticket, std::move(results));
  }
}

void Ingest::State::writeLoop() {
  base::yieldToPicture();
  base::MonoNs published = 0;
  for (;;) {
    std::optional<std::vector<DecodedMessage>> batch =
        decoded.next(std::chrono::milliseconds(kPublishEvery / base::kNsPerMs));
    if (batch) writer.write(*batch);
    const base::MonoNs mono = base::SystemClock::monoNow();
    // Under load many messages share one publication; a lone message is published at once.
    if (!batch || mono - published > kPublishEvery || queue.size() == 0) {
      writer.publish();
      published = mono;
    }
    if (batch) settle(*batch);
    if (!batch && decoded.finished()) return;
    if (writer.pendingEvents() > kMaxPendingEvents && !stopping) std::this_thread::sleep_for(kPatience);
    if (batch) holdBack();
  }
}

/// Gives a tap that is behind time to catch up, so that it need not lose what the queue can keep. Live goes on, slowly.
void Ingest::State::holdBack() const {
  constexpr std::chrono::milliseconds kStep{1};
  const auto behind = [&] { return std::any_of(changeTaps.begin(), changeTaps.end(), [](const ChangeTap* listener) { return listener->behind(); }); };
  for (auto held = kStep; held <= kMostHeld && behind(); held += kStep) std::this_thread::sleep_for(kStep);
}

void Ingest::State::tell(const DecodedMessage& message) const {
  const AppliedMessage applied{message.observations, message.late, message.raw.source, message.raw.received};
  const Source& source = sourceAt(message.raw.source).meter.source();
  for (ChangeTap* listener : changeTaps) listener->onApplied(applied, source);
}

void Ingest::State::settle(const std::vector<DecodedMessage>& messages) {
  const base::UtcNs applied = now();
  std::shared_lock sourcesLock(sourcesMutex);  // always before statsMutex
  std::lock_guard lock(statsMutex);
  for (const DecodedMessage& message : messages) {
    SourceMeter& meter = sources[message.raw.source]->meter;
    if (message.online) meter.gateway(message.online->first, message.online->second);
    switch (message.fate) {
      case Fate::Applied:
        meter.applied();
        break;
      case Fate::Late:
        meter.late();
        break;
      case Fate::Duplicate:
        meter.duplicate();
        break;
      case Fate::Rejected:
        meter.rejected(message.rejectedFor, message.raw.topic);
        for (const std::string& flag : message.flags) meter.flagged(flag, 1);
        continue;
    }
    const Sequencer::Outcome& s = message.sequenced;
    meter.observations(s.accepted, s.late, s.duplicate, s.superseded);
    if (message.normalised.future > 0) meter.flagged(reason::kFuture, message.normalised.future);
    if (message.normalised.outOfRange > 0) meter.flagged(reason::kOutOfRange, message.normalised.outOfRange);
    if (message.normalised.newestSaid > 0 && message.raw.shift == 0)
      meter.clock(message.raw.received, message.normalised.newestSaid);
    for (const std::string& flag : message.flags) meter.flagged(flag, 1);
    if (message.normalised.newest > 0)
      meter.lag(static_cast<double>(applied - message.normalised.newest) / 1e9);
  }
}

uint64_t Ingest::State::inFlight() const {
  std::shared_lock sourcesLock(sourcesMutex);
  std::lock_guard lock(statsMutex);
  uint64_t sum = 0;
  for (const auto& source : sources) sum += source->meter.queued();
  return sum;
}

Ingest::Ingest(IngestOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Ingest::~Ingest() {
  stop();
}

model::SourceId Ingest::add(Source source, std::unique_ptr<Transport> transport) {
  SourceEntry& entry = state_->addSource(std::move(source), std::move(transport));
  if (state_->started && entry.transport) entry.transport->start(entry);
  return entry.id;
}

void Ingest::define(std::vector<model::EntityInfo> entities) {
  state_->writer.define(std::move(entities));
}
void Ingest::setTap(MessageTap* tap) {
  state_->tap = tap;
}

void Ingest::addChangeTap(ChangeTap& tap) {
  ENSURE(!state_->started);
  state_->changeTaps.push_back(&tap);
  state_->writer.setListener([this](const DecodedMessage& message) { state_->tell(message); });
}

void Ingest::start() {
  if (state_->started.exchange(true)) return;
  if (!state_->options.runInline) {
    const unsigned workers = std::max(1u, state_->options.workers);
    for (unsigned i = 0; i < workers; ++i) state_->threads.emplace_back([this] { state_->decodeLoop(); });
    state_->threads.emplace_back([this] { state_->writeLoop(); });
  }
  for (SourceEntry* entry : state_->withTransport()) entry->transport->start(*entry);
}

void Ingest::stop() {
  if (!state_->started || state_->stopping.exchange(true)) return;
  // A transport may be waiting for room, so the decoders go on until all have stopped.
  for (SourceEntry* entry : state_->withTransport()) entry->transport->stop();
  state_->queue.close();
  for (size_t i = 0; i + 1 < state_->threads.size(); ++i) state_->threads[i].join();
  state_->decoded.close();
  if (!state_->threads.empty()) state_->threads.back().join();
  state_->threads.clear();
}

model::ChangeBatch Ingest::take() {
  if (state_->options.runInline) state_->writer.publish();
  return state_->writer.take();
}

model::ChangeBatch Ingest::keyframe() {
  return state_->writer.keyframe();
}

Keyframe Ingest::state() const {
  Keyframe frame = state_->writer.state();
  {
    std::lock_guard lock(state_->lessonsMutex);
    frame.lessons = state_->lessons;
  }
  std::shared_lock lock(state_->sourcesMutex);
  frame.sources.resize(state_->sources.size());  // those added since then have said nothing yet
  for (size_t i = 0; i < frame.sources.size(); ++i)
    frame.sources[i].source = state_->sources[i]->meter.source();
  return frame;
}

bool Ingest::drain(double timeoutSeconds) {
  const base::MonoNs end = base::SystemClock::monoNow() + static_cast<int64_t>(timeoutSeconds * 1e9);
  while (state_->inFlight() > 0) {
    if (base::SystemClock::monoNow() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  state_->writer.publish();
  return true;
}

FeedStats Ingest::stats() const {
  FeedStats stats;
  stats.queuedMessages = state_->queue.size();
  stats.queuedBytes = state_->queue.usedBytes();
  stats.spilledMessages = state_->queue.spilledMessages();
  stats.spilledBytes = state_->queue.spilledBytes();
  stats.entities = state_->writer.entityCount();
  stats.revision = state_->writer.revision();
  const base::MonoNs now = base::SystemClock::monoNow();
  std::shared_lock sourcesLock(state_->sourcesMutex);
  std::vector<TransportStatus> links;
  for (const auto& source : state_->sources) {
    const SourceEntry& owner = source->player ? *source->player : *source;
    links.push_back(owner.transport ? owner.transport->status() : TransportStatus{});
  }
  std::lock_guard lock(state_->statsMutex);
  for (size_t i = 0; i < links.size(); ++i)
    stats.sources.push_back(state_->sources[i]->meter.snapshot(now, links[i]));
  return stats;
}

uint64_t Ingest::stateHash() const {
  return state_->writer.stateHash();
}

}  // namespace feeds

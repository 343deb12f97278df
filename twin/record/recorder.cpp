// SPDX-License-Identifier: Apache-2.0
#include "twin/record/recorder.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "engine/base/log.h"
#include "twin/record/append_file.h"
#include "twin/record/block_ring.h"
#include "twin/record/log_format.h"

namespace record {
namespace {

constexpr size_t kBufferLimit = 64u << 20;  // bytes that may wait for the disk
constexpr size_t kBlockTarget = 1u << 20;   // write before the second is over
constexpr std::chrono::seconds kFlushEvery{1};
constexpr size_t kRememberedBlocks = 4096;  // that a keyframe may have to go back over

/// The records that will be one block.
struct Batch {
  std::string raw;
  uint32_t records = 0;
  base::UtcNs first = std::numeric_limits<base::UtcNs>::max(), last = 0;
  std::map<uint16_t, uint64_t> lastSeq;  // by source
};

/// What was written and may not be in the state yet.
struct Written {
  size_t bytes = 0;
  std::map<uint16_t, uint64_t> lastSeq;
};

struct ExportRequest {
  std::filesystem::path path;
  base::UtcNs from = 0;
  std::string noteName, note;
};

}  // namespace

struct Recorder::State {
  explicit State(RecorderOptions given)
      : options(std::move(given)), ring(options.memorySeconds, options.memoryBytes) {}
  void writerLoop();
  void write(std::string block, bool keyframe);
  void writeBatch(Batch batch);
  void writeKeyframe(bool startsRun);
  bool keyframeDue() const;
  void beginExport(const ExportRequest& request);
  void toExport(std::string_view block);
  uint16_t numberOf(const feeds::Source& source);

  const RecorderOptions options;
  std::function<feeds::Keyframe()> state;  // guarded by the mutex

  mutable std::mutex mutex;
  std::condition_variable wake, done;
  Batch waiting;
  std::map<std::string, uint16_t> numbers;  // by source name, as described in this file
  std::map<uint16_t, uint64_t> lost;        // since the last block
  RecorderStatus status;
  bool stopping = false, stopped = false, flushWanted = false, busy = false;
  std::optional<ExportRequest> exportWanted;
  bool exportEnds = false;

  // Of the writer's thread:
  std::function<feeds::Keyframe()> ask;
  std::unique_ptr<AppendFile> file, exported;
  BlockRing ring;
  std::deque<Written> written;  // since the block that the last keyframe goes back to
  base::UtcNs newest = 0;       // received time of what is in blocks
  base::MonoNs lastKeyframe = 0;
  size_t rawSince = 0, keyframeRaw = 0;  // bytes of messages since the last keyframe, and its own
  std::thread thread;
};

base::Result<std::unique_ptr<Recorder>> Recorder::create(const std::filesystem::path& path) {
  RecorderOptions options;
  options.path = path;
  return create(std::move(options));
}

base::Result<std::unique_ptr<Recorder>> Recorder::create(RecorderOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (!state->options.path.empty()) {
    auto file = AppendFile::open(state->options.path);
    if (!file) return base::Error{file.error()};
    state->file = *std::move(file);
  }
  return std::unique_ptr<Recorder>(new Recorder(std::move(state)));
}

Recorder::Recorder(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->thread = std::thread([s = state_.get()] { s->writerLoop(); });
}

Recorder::~Recorder() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->wake.notify_all();
  state_->thread.join();
}

uint16_t Recorder::State::numberOf(const feeds::Source& source) {
  const auto [it, isNew] = numbers.try_emplace(source.name, static_cast<uint16_t>(numbers.size()));
  if (isNew) {
    appendSource(waiting.raw, it->second, source);
    ++waiting.records;
  }
  return it->second;
}

void Recorder::setState(std::function<feeds::Keyframe()> state) {
  std::unique_lock lock(state_->mutex);
  ENSURE(!state || state_->status.messages == 0);
  state_->state = std::move(state);
  state_->flushWanted = true;  // the writer's first act is the keyframe
  state_->wake.notify_all();
  state_->done.wait(lock, [&] { return state_->stopped || (!state_->flushWanted && !state_->busy); });
}

void Recorder::onMessage(const feeds::RawMessage& message, const feeds::Source& source) {
  bool full;
  {
    std::lock_guard lock(state_->mutex);
    if (state_->stopped) return;
    const uint16_t number = state_->numberOf(source);
    if (state_->waiting.raw.size() + message.weight() > kBufferLimit) {
      ++state_->lost[number];
      ++state_->status.lost;
      return;
    }
    Batch& batch = state_->waiting;
    appendMessage(batch.raw, number, message);
    ++batch.records;
    batch.first = std::min(batch.first, message.received);
    batch.last = std::max(batch.last, message.received);
    batch.lastSeq[number] = message.seq;
    ++state_->status.messages;
    full = batch.raw.size() > kBlockTarget;
  }
  if (full) state_->wake.notify_one();
}

/// To the file, the memory and the export, whichever there are.
void Recorder::State::write(std::string block, bool keyframe) {
  if (file) {
    if (auto appended = file->append(block); !appended) {
      base::logError("recording to " + file->path().string() + " stopped: " + appended.error() +
                     "; free space or choose another file");
      std::lock_guard lock(mutex);
      status.error = appended.error();
      stopped = options.memorySeconds <= 0;
      if (stopped) waiting = {};
      file.reset();
    }
  }
  toExport(block);
  const size_t size = block.size();
  if (options.memorySeconds > 0) ring.add(std::move(block));
  std::lock_guard lock(mutex);
  if (file) status.bytesWritten += size;
  status.keyframes += keyframe ? 1 : 0;
  status.memoryBytes = ring.bytes();
  status.memorySince = ring.oldest();
}

void Recorder::State::writeBatch(Batch batch) {
  std::string block = sealBlock(batch.raw, batch.records, std::min(batch.first, batch.last), batch.last);
  newest = std::max(newest, batch.last);
  rawSince += batch.raw.size();
  written.push_back({block.size(), std::move(batch.lastSeq)});
  if (written.size() > kRememberedBlocks) written.pop_front();
  write(std::move(block), false);
}

bool Recorder::State::keyframeDue() const {
  if (!ask) return false;
  const double seconds = static_cast<double>(base::SystemClock::monoNow() - lastKeyframe) / 1e9;
  // A third of the file at most for a state that many messages change.
  return seconds >= options.keyframeAtMost || (seconds >= options.keyframeSeconds && rawSince >= 2 * keyframeRaw);
}

void Recorder::State::writeKeyframe(bool startsRun) {
  KeyframeRecord keyframe;
  keyframe.state = ask();
  std::map<uint16_t, uint64_t> settled;
  {
    std::lock_guard lock(mutex);
    for (const feeds::Keyframe::Known& known : keyframe.state.sources) {
      keyframe.numbers.push_back(numberOf(known.source));
      settled[keyframe.numbers.back()] = known.settled;
    }
  }
  const auto isInside = [&](const Written& block) {
    return std::all_of(block.lastSeq.begin(), block.lastSeq.end(),
                       [&](const auto& last) { return last.second <= settled[last.first]; });
  };
  while (!written.empty() && isInside(written.front())) written.pop_front();
  uint64_t back = 0;
  for (const Written& block : written) back += block.bytes;
  std::string block = sealKeyframe(keyframe, startsRun, back, newest);
  lastKeyframe = base::SystemClock::monoNow();
  keyframeRaw = block.size() * 4;  // about what it was before compression
  rawSince = 0;
  if (block.empty()) return;  // beyond 128 MiB: the recording goes on without
  if (!written.empty()) written.push_back({block.size(), {}});
  write(std::move(block), true);
}

void Recorder::State::beginExport(const ExportRequest& request) {
  const auto report = [&](const std::string& error) {
    if (!error.empty()) base::logError(error);
    std::lock_guard lock(mutex);
    status.exportError = error;
    status.exporting = error.empty();
    status.exportBytes = exported ? exported->bytesWritten() : 0;
  };
  std::vector<std::string> blocks = ring.since(request.from);
  if (blocks.empty()) return report("there is no state to start an export from; it needs a live run");
  auto created = AppendFile::create(request.path);
  if (!created) return report(created.error());
  exported = *std::move(created);
  std::string note;
  appendNote(note, request.noteName, request.note);
  blocks.insert(blocks.begin(), sealBlock(note, 1, 0, 0));
  for (const std::string& block : blocks) {
    if (auto appended = exported->append(block); !appended) {
      exported.reset();
      return report(request.path.string() + ": " + appended.error());
    }
  }
  report({});
}

void Recorder::State::toExport(std::string_view block) {
  if (!exported) return;
  auto appended = exported->append(block);
  std::lock_guard lock(mutex);
  status.exportBytes = exported->bytesWritten();
  if (appended) return;
  base::logError(exported->path().string() + ": " + appended.error() + "; what is in it so far can be played");
  status.exportError = appended.error();
  status.exporting = false;
  exported.reset();
}

void Recorder::State::writerLoop() {
  std::unique_lock lock(mutex);
  bool begun = false;
  for (;;) {
    wake.wait_for(lock, kFlushEvery, [&] {
      return stopping || flushWanted || exportWanted || exportEnds || waiting.raw.size() > kBlockTarget;
    });
    ask = state;
    const bool last = stopping, first = ask && !begun;
    begun = begun || ask;
    for (const auto& [number, count] : std::exchange(lost, {})) {
      appendLost(waiting.raw, number, count);
      ++waiting.records;
    }
    Batch batch = std::exchange(waiting, {});
    const auto request = std::exchange(exportWanted, std::nullopt);
    const bool ends = std::exchange(exportEnds, false);
    busy = true;
    flushWanted = false;
    lock.unlock();
    if (first) writeKeyframe(true);
    if (batch.records > 0) writeBatch(std::move(batch));
    if (!last && !first && keyframeDue()) writeKeyframe(false);
    if (request) beginExport(*request);
    if (ends) exported.reset();
    lock.lock();
    if (ends) status.exporting = false;
    busy = false;
    done.notify_all();
    if (last && waiting.records == 0) return;
  }
}

void Recorder::flush() {
  std::unique_lock lock(state_->mutex);
  while (!state_->stopped && (state_->waiting.records > 0 || state_->busy || state_->flushWanted ||
                              state_->exportWanted || state_->exportEnds)) {
    state_->flushWanted = true;
    state_->wake.notify_all();
    state_->done.wait_for(lock, std::chrono::milliseconds(100));
  }
}

bool Recorder::startExport(std::filesystem::path path, base::UtcNs from, std::string noteName, std::string note) {
  std::lock_guard lock(state_->mutex);
  if (state_->status.exporting) return false;
  state_->status.exporting = true;
  state_->status.exportPath = path;
  state_->status.exportError.clear();
  state_->exportWanted = ExportRequest{std::move(path), from, std::move(noteName), std::move(note)};
  state_->wake.notify_all();
  return true;
}

void Recorder::endExport() {
  std::lock_guard lock(state_->mutex);
  state_->exportEnds = true;
  state_->wake.notify_all();
}

RecorderStatus Recorder::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

}  // namespace record

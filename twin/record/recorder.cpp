// SPDX-License-Identifier: Apache-2.0
#include "twin/record/recorder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <limits>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "engine/base/log.h"
#include "twin/record/log_format.h"
#include "twin/record/log_reader.h"

namespace record {
namespace {

constexpr size_t kBufferLimit = 64u << 20;  // bytes that may wait for the disk
constexpr size_t kBlockTarget = 1u << 20;   // write before the second is over
constexpr std::chrono::seconds kFlushEvery{1};

/// The records that will be one block.
struct Batch {
  std::string raw;
  uint32_t records = 0;
  base::UtcNs first = std::numeric_limits<base::UtcNs>::max(), last = 0;
};

}  // namespace

struct Recorder::State {
  ~State() {
    if (fd >= 0) ::close(fd);
  }
  void writerLoop();
  bool write(const std::string& bytes);
  void fail(const std::string& why);
  uint16_t numberOf(const feeds::Source& source);

  std::filesystem::path path;
  int fd = -1;
  mutable std::mutex mutex;
  std::condition_variable wake, done;
  Batch waiting;
  std::map<std::string, uint16_t> numbers;  // by source name, as described in this file
  std::map<uint16_t, uint64_t> lost;        // since the last block
  RecorderStatus status;
  bool stopping = false, stopped = false, flushWanted = false, busy = false;
  std::thread thread;
};

base::Result<std::unique_ptr<Recorder>> Recorder::create(const std::filesystem::path& path) {
  std::error_code error;
  const bool exists =
      std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path, error) > 0;
  if (exists) {
    if (auto old = LogReader::open(path); !old)
      return base::Error{old.error() + "; choose another file to record to"};
  }
  auto state = std::make_unique<State>();
  state->path = path;
  state->fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (state->fd < 0) {
    return base::Error{"recording " + path.string() + " cannot be written: " + std::strerror(errno)};
  }
  if (!exists && !state->write(fileHeader()))
    return base::Error{"recording " + path.string() + ": " + state->status.error};
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
    ++state_->status.messages;
    full = batch.raw.size() > kBlockTarget;
  }
  if (full) state_->wake.notify_one();
}

bool Recorder::State::write(const std::string& bytes) {
  size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = ::write(fd, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      fail(std::strerror(errno));
      return false;
    }
    written += static_cast<size_t>(count);
  }
  std::lock_guard lock(mutex);
  status.bytesWritten += bytes.size();
  return true;
}

void Recorder::State::fail(const std::string& why) {
  base::logError("recording to " + path.string() + " stopped: " + why +
                 "; free space or choose another file");
  std::lock_guard lock(mutex);
  status.error = why;
  stopped = true;
  waiting = {};
}

void Recorder::State::writerLoop() {
  std::unique_lock lock(mutex);
  for (;;) {
    wake.wait_for(lock, kFlushEvery,
                  [&] { return stopping || flushWanted || waiting.raw.size() > kBlockTarget; });
    const bool last = stopping;
    for (const auto& [number, count] : std::exchange(lost, {})) {
      appendLost(waiting.raw, number, count);
      ++waiting.records;
    }
    Batch batch = std::exchange(waiting, {});
    busy = true;
    lock.unlock();
    if (batch.records > 0)
      write(sealBlock(batch.raw, batch.records, std::min(batch.first, batch.last), batch.last));
    lock.lock();
    busy = flushWanted = false;
    done.notify_all();
    if (last && waiting.records == 0) return;
  }
}

void Recorder::flush() {
  std::unique_lock lock(state_->mutex);
  while (!state_->stopped && (state_->waiting.records > 0 || state_->busy)) {
    state_->flushWanted = true;
    state_->wake.notify_all();
    state_->done.wait_for(lock, std::chrono::milliseconds(100));
  }
}

RecorderStatus Recorder::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

}  // namespace record

// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/event_spill.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace feeds {
namespace {

constexpr size_t kHeader = 8;
constexpr uint32_t kLongest = 64u << 20;

template <typename T>
void append(std::string& to, T value) {
  to.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void appendText(std::string& to, std::string_view text) {
  append(to, static_cast<uint32_t>(text.size()));
  to += text;
}

/// Reads what append() wrote; never beyond the end.
struct Cursor {
  std::string_view rest;
  bool good = true;

  template <typename T>
  T number() {
    T value{};
    if (rest.size() < sizeof value) {
      good = false;
      return value;
    }
    std::memcpy(&value, rest.data(), sizeof value);
    rest.remove_prefix(sizeof value);
    return value;
  }
  std::string text() {
    const auto length = number<uint32_t>();
    if (!good || rest.size() < length) {
      good = false;
      return {};
    }
    std::string result(rest.substr(0, length));
    rest.remove_prefix(length);
    return result;
  }
};

uint32_t checksum(std::string_view bytes) {
  return static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

std::string recordOf(const RawMessage& message, const Source& source) {
  std::string body;
  append(body, message.source);
  append(body, message.seq);
  append(body, message.received);
  append(body, message.receivedMono);
  append(body, message.shift);
  append(body, message.knowledge);
  append(body, static_cast<uint8_t>(source.provenance));
  appendText(body, source.name);
  appendText(body, message.topic);
  appendText(body, message.bytes);
  std::string record;
  append(record, static_cast<uint32_t>(body.size()));
  append(record, checksum(body));
  return record + body;
}

struct Read {
  RawMessage message;
  Source source;
  uint64_t length = 0;
};

/// The record at an offset; nothing when it is torn or not one.
std::optional<Read> readRecord(int fd, uint64_t at) {
  char header[kHeader];
  if (pread(fd, header, kHeader, static_cast<off_t>(at)) != static_cast<ssize_t>(kHeader)) return std::nullopt;
  Cursor head{{header, kHeader}};
  const auto length = head.number<uint32_t>(), sum = head.number<uint32_t>();
  if (length > kLongest) return std::nullopt;
  std::string body(length, '\0');
  if (pread(fd, body.data(), length, static_cast<off_t>(at + kHeader)) != static_cast<ssize_t>(length) || checksum(body) != sum)
    return std::nullopt;
  Cursor cursor{body};
  Read read;
  read.message.source = cursor.number<model::SourceId>();
  read.message.seq = cursor.number<uint64_t>();
  read.message.received = cursor.number<base::UtcNs>();
  read.message.receivedMono = cursor.number<base::MonoNs>();
  read.message.shift = cursor.number<int64_t>();
  read.message.knowledge = cursor.number<uint64_t>();
  read.source.provenance = static_cast<model::Provenance>(cursor.number<uint8_t>());
  read.source.name = cursor.text();
  read.message.topic = cursor.text();
  read.message.bytes = cursor.text();
  read.length = kHeader + length;
  return cursor.good ? std::optional(std::move(read)) : std::nullopt;
}

bool writeAll(int fd, std::string_view bytes, uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
    at += static_cast<uint64_t>(count);
  }
  return true;
}

/// Files of programs that are gone: nobody holds their lock. The lock is taken with it.
std::vector<std::pair<std::filesystem::path, int>> abandoned(const std::filesystem::path& folder) {
  std::vector<std::pair<std::filesystem::path, int>> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("events-") || !name.ends_with(".spill")) continue;
    const int fd = open(entry.path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) continue;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
      found.emplace_back(entry.path(), fd);
    } else {
      close(fd);
    }
  }
  return found;
}

class SpillTransport final : public Transport {
 public:
  explicit SpillTransport(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~SpillTransport() override { stop(); }
  void start(MessageSink& sink) override {
    if (!thread_.joinable()) thread_ = std::thread([this, &sink] { run(sink); });
  }
  void stop() override {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }
  TransportStatus status() const override { return {.state = reading_ ? LinkState::Connected : LinkState::Idle}; }

 private:
  void run(MessageSink& sink) {
    reading_ = true;
    for (const auto& [path, fd] : abandoned(folder_)) {
      uint64_t at = 0;
      struct stat info {};
      const uint64_t size = fstat(fd, &info) == 0 ? static_cast<uint64_t>(info.st_size) : 0;
      while (at < size && !stopping_) {
        const auto read = readRecord(fd, at);
        if (!read) {
          sink.gap("a record of " + path.string() + " is torn");
          break;
        }
        sink.deliver({.topic = read->message.topic, .bytes = read->message.bytes, .received = read->message.received,
                      .shift = read->message.shift, .recordedFrom = &read->source});
        at += read->length;
      }
      if (!stopping_) std::filesystem::remove(path);
      close(fd);
    }
    reading_ = false;
  }
  const std::filesystem::path folder_;
  std::thread thread_;
  std::atomic<bool> stopping_{false}, reading_{false};
};

}  // namespace

EventSpill::~EventSpill() {
  if (fd_ < 0) return;
  if (pending_ == 0) std::filesystem::remove(file_);
  close(fd_);
}

bool EventSpill::open() {
  if (fd_ >= 0) return true;
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  // Several queues of one process do not share a file.
  static std::atomic<int> count{0};
  file_ = folder_ / ("events-" + std::to_string(getpid()) + "-" + std::to_string(count++) + ".spill");
  fd_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ >= 0 && flock(fd_, LOCK_EX | LOCK_NB) == 0) return true;
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  return false;
}

bool EventSpill::put(const RawMessage& message, const Source& source) {
  if (!open()) return false;
  const std::string record = recordOf(message, source);
  if (!writeAll(fd_, record, written_)) {
    const int cut = ftruncate(fd_, static_cast<off_t>(written_));  // half a record is not one
    (void)cut;  // the next record overwrites it anyway
    return false;
  }
  written_ += record.size();
  ++pending_;
  return true;
}

std::vector<RawMessage> EventSpill::take(size_t count, size_t bytes) {
  std::vector<RawMessage> taken;
  size_t weight = 0;
  while (pending_ > 0 && taken.size() < count && weight < bytes) {
    auto read = readRecord(fd_, read_);
    if (!read) {  // somebody else wrote to the file, or the disk broke: there is nothing behind it to find
      pending_ = 0;
      break;
    }
    read_ += read->length;
    --pending_;
    weight += read->message.weight();
    taken.push_back(std::move(read->message));
  }
  if (pending_ == 0) clear();
  return taken;
}

void EventSpill::clear() {
  if (fd_ < 0) return;
  std::filesystem::remove(file_);
  close(fd_);
  fd_ = -1;
  written_ = read_ = 0;
}

bool hasAbandonedSpill(const std::filesystem::path& folder) {
  const auto files = abandoned(folder);
  for (const auto& [path, fd] : files) close(fd);
  return !files.empty();
}

std::unique_ptr<Transport> makeSpillTransport(std::filesystem::path folder) {
  return std::make_unique<SpillTransport>(std::move(folder));
}

std::filesystem::path stateFolder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state == '/') return std::filesystem::path(state) / "alphacity";
  if (const char* home = std::getenv("HOME"); home && *home == '/') return std::filesystem::path(home) / ".local/state/alphacity";
  return {};
}

}  // namespace feeds

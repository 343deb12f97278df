// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_table.h"

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <thread>

#include "twin/feeds/csv_reader.h"

namespace feeds {
namespace {

constexpr size_t kWholeLimit = 8u << 20;

class TableTransport final : public Transport {
 public:
  explicit TableTransport(TableOptions options) : options_(std::move(options)) {}
  ~TableTransport() override { stop(); }

  void start(MessageSink& sink) override {
    if (thread_.joinable()) return;
    sink_ = &sink;
    stopping_ = false;
    if (options_.ownThread) thread_ = std::thread([this] { run(); });
    else readOnce();
  }
  void stop() override {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  TransportStatus status() const override {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  bool stopping() const {
    std::lock_guard lock(mutex_);
    return stopping_;
  }
  void set(LinkState state, const std::string& error) {
    std::lock_guard lock(mutex_);
    if (state == LinkState::Connected && status_.state != LinkState::Connected) ++status_.connections;
    status_.state = state;
    if (!error.empty()) status_.lastError = error;
  }
  void run();
  void readOnce();
  void whole(std::ifstream& file);
  void streamed(std::ifstream& file);
  void deliver(std::string_view bytes);

  const TableOptions options_;
  MessageSink* sink_ = nullptr;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  TransportStatus status_;
  bool stopping_ = false;
};

void TableTransport::deliver(std::string_view bytes) {
  Delivery delivery{.topic = options_.topic, .bytes = bytes};
  if (options_.sampleTime > 0) {
    const base::UtcNs now = options_.now ? options_.now() : base::SystemClock::utcNow();
    delivery.received = now;
    // Whole minutes: a sample that is played again within one is the same message.
    delivery.shift = (now - options_.sampleTime) / (60 * base::kNsPerSecond) * (60 * base::kNsPerSecond);
  }
  sink_->deliver(delivery);
}

void TableTransport::whole(std::ifstream& file) {
  std::string bytes(kWholeLimit + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(file.gcount()));
  deliver(bytes);  // one byte too many is refused, and counted, as too large
}

/// Rows in chunks that end with a whole row, the header before each.
void TableTransport::streamed(std::ifstream& file) {
  std::string header, pending;
  const bool wantsHeader = options_.mapping->header;
  std::string piece(64u << 10, '\0');
  bool end = false, skipping = false;
  while (!end && !stopping()) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    pending.append(piece.data(), static_cast<size_t>(file.gcount()));
    end = file.gcount() == 0;
    if (skipping) {  // inside of a line that is too long
      const size_t line = pending.find('\n');
      skipping = line == std::string::npos;
      pending.erase(0, skipping ? pending.size() : line + 1);
    }
    size_t ready = end ? pending.size() : wholeRows(pending);
    if (wantsHeader && header.empty() && ready > 0) {
      const size_t line = std::min(pending.find('\n'), pending.size() - 1) + 1;
      header = pending.substr(0, line);
      pending.erase(0, line);
      ready -= line;
    }
    if (ready == 0 && pending.size() > CsvReader::kLongestRow) {
      sink_->gap("a line of the table is longer than 1 MiB");
      pending.clear();
      skipping = true;
      continue;
    }
    if (ready == 0 || (!end && ready < options_.chunkBytes)) continue;
    deliver(header + pending.substr(0, ready));
    pending.erase(0, ready);
  }
}

void TableTransport::readOnce() {
  std::ifstream file(options_.path, std::ios::binary);
  if (!file) return set(LinkState::Waiting, options_.path.string() + " cannot be read");
  set(LinkState::Connected, {});
  // UTF-16 has no line ends that a byte scan would find.
  const bool wide = file.peek() == 0xff || file.peek() == 0xfe;
  if (options_.mapping && options_.mapping->format == WireFormat::Csv && !wide) streamed(file);
  else whole(file);
}

void TableTransport::run() {
  std::error_code failed;
  std::filesystem::file_time_type last{};
  while (!stopping()) {
    const auto changed = std::filesystem::last_write_time(options_.path, failed);
    if (failed) {
      set(LinkState::Waiting, options_.path.string() + ": " + failed.message());
    } else if (changed != last || options_.sampleTime > 0) {
      last = changed;
      readOnce();
    }
    if (options_.periodSeconds <= 0) return;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::duration<double>(options_.periodSeconds), [&] { return stopping_; });
  }
}

}  // namespace

std::unique_ptr<Transport> makeTableTransport(TableOptions options) {
  return std::make_unique<TableTransport>(std::move(options));
}

}  // namespace feeds

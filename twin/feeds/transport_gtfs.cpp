// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/transport_gtfs.h"

#include <fstream>
#include <iterator>
#include <mutex>
#include <thread>

#include "twin/feeds/gtfs_index.h"
#include "twin/feeds/zip_files.h"

namespace feeds {
namespace {

constexpr size_t kMaxBytes = 64u << 20;

class GtfsTransport final : public Transport {
 public:
  explicit GtfsTransport(std::filesystem::path path) : path_(std::move(path)) {}
  ~GtfsTransport() override { stop(); }

  void start(MessageSink& sink) override {
    set(LinkState::Connecting, {});
    thread_ = std::thread([this, &sink] { run(sink); });
  }
  void stop() override {
    if (thread_.joinable()) thread_.join();
  }
  TransportStatus status() const override {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  void run(MessageSink& sink) {
    const auto bytes = readGtfsFile(path_);
    if (!bytes) return set(LinkState::Failed, bytes.error());
    const std::string topic = "gtfs/" + gtfsFeedName(path_);
    sink.deliver({.topic = topic, .bytes = *bytes});
    std::string detail;
    const auto index = GtfsIndex::read(*bytes, &detail);
    if (!index) return set(LinkState::Failed, path_.string() + ": " + index.error() + (detail.empty() ? "" : " (" + detail + ")"));
    set(LinkState::Idle, {});
  }
  void set(LinkState state, std::string error) {
    std::lock_guard lock(mutex_);
    status_.state = state;
    if (state == LinkState::Idle) ++status_.connections;
    status_.lastError = std::move(error);
  }

  const std::filesystem::path path_;
  std::thread thread_;
  mutable std::mutex mutex_;
  TransportStatus status_;
};

base::Result<std::string> readFile(const std::filesystem::path& path, size_t most) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path.string() + " cannot be read; give a GTFS zip or a folder of its .txt files"};
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (bytes.size() > most) return base::Error{path.string() + " is larger than 64 MiB"};
  return bytes;
}

}  // namespace

std::string gtfsFeedName(const std::filesystem::path& path) {
  const std::filesystem::path clean = path.has_filename() ? path : path.parent_path();
  return clean.extension() == ".zip" ? clean.stem().string() : clean.filename().string();
}

base::Result<std::string> readGtfsFile(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return readFile(path, kMaxBytes);
  std::map<std::string, std::string> files;
  size_t total = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    if (!entry.is_regular_file(error) || entry.path().extension() != ".txt") continue;
    auto content = readFile(entry.path(), kMaxBytes - total);
    if (!content) return base::Error{content.error()};
    total += content->size();
    files.emplace(entry.path().filename().string(), *std::move(content));
  }
  if (files.empty()) return base::Error{path.string() + " holds no .txt file; give a GTFS zip or a folder of its files"};
  auto zip = packZip(files);
  if (!zip) return base::Error{path.string() + " cannot be packed"};
  return zip;
}

std::unique_ptr<Transport> makeGtfsTransport(std::filesystem::path path) {
  return std::make_unique<GtfsTransport>(std::move(path));
}

}  // namespace feeds

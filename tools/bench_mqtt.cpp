// SPDX-License-Identifier: Apache-2.0
// bench_mqtt count   PORT MESSAGES           a bare libmosquitto client that only counts what arrives
// bench_mqtt ingest  PORT MESSAGES [WORKERS] the twin's whole path: decode, sequence, store, change batches
// bench_mqtt history PORT MESSAGES [WORKERS] the same with a history beside it; done when every row is on the disk
// Clients of what bench_publish floods a broker with. tools/bench runs them in turns. Each prints one line of JSON.
#include <mosquitto.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_mqtt.h"
#include "twin/history/history_writer.h"
#include "twin/model/mirror.h"

namespace {

using Steady = std::chrono::steady_clock;

constexpr const char* kFilter = "telemetry/#";
constexpr double kPatience = 3;  // seconds without a message after which the flood has ended
constexpr double kFirstPatience = 20;
constexpr double kDurablePatience = 300;

double secondsSince(Steady::time_point begun) { return std::chrono::duration<double>(Steady::now() - begun).count(); }

/// User and system time of this process for each message, microseconds: unlike rates it hardly depends on
/// what else the machine does.
double cpuPerMessage(uint64_t messages) {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto microseconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  return (microseconds(used.ru_utime) + microseconds(used.ru_stime)) / static_cast<double>(std::max<uint64_t>(1, messages));
}

::mosquitto* connected(int port, void* context) {
  ::mosquitto* client = mosquitto_new(nullptr, true, context);
  mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
  if (mosquitto_connect(client, "127.0.0.1", port, 60) != MOSQ_ERR_SUCCESS) {
    std::fprintf(stderr, "bench_mqtt: no broker on 127.0.0.1:%d; start one with: mosquitto -p %d\n", port, port);
    std::exit(3);
  }
  return client;
}

struct Counter {
  uint64_t messages = 0, bytes = 0;
  Steady::time_point first, last;
};

int count(int port, uint64_t messages) {
  Counter counter;
  ::mosquitto* client = connected(port, &counter);
  mosquitto_message_callback_set(client, [](::mosquitto*, void* context, const mosquitto_message* message) {
    auto& seen = *static_cast<Counter*>(context);
    seen.last = Steady::now();
    if (seen.messages++ == 0) seen.first = seen.last;
    seen.bytes += static_cast<uint64_t>(message->payloadlen);
  });
  mosquitto_subscribe(client, nullptr, kFilter, 0);
  const auto begun = Steady::now();
  while (counter.messages < messages) {
    mosquitto_loop(client, 100, 1);
    if (counter.messages == 0 ? secondsSince(begun) > kFirstPatience : secondsSince(counter.last) > kPatience) break;
  }
  const double elapsed = std::chrono::duration<double>(counter.last - counter.first).count();
  std::printf("%s\n", nlohmann::json{{"received", counter.messages}, {"per_s", static_cast<double>(counter.messages) / elapsed},
                                     {"cpu_us_per_message", cpuPerMessage(counter.messages)},
                                     {"bytes_per_message", static_cast<double>(counter.bytes) / static_cast<double>(std::max<uint64_t>(1, counter.messages))}}
                          .dump().c_str());
  mosquitto_destroy(client);
  return counter.messages > 0 ? 0 : 1;
}

/// A history in a folder of its own that goes with it.
class Keeping {
 public:
  Keeping() : folder_(std::filesystem::temp_directory_path() / ("alphacity-bench-mqtt-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    history::WriterOptions options;
    options.where = (folder_ / "history.sqlite").string();
    writer_ = *history::HistoryWriter::create(std::move(options));
  }
  ~Keeping() {
    writer_.reset();
    std::filesystem::remove_all(folder_);
  }
  history::HistoryWriter& writer() { return *writer_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<history::HistoryWriter> writer_;
};

int ingest(int port, uint64_t messages, unsigned workers, bool withHistory) {
  auto frame = core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  if (!frame) return 3;
  std::optional<Keeping> keeping;
  if (withHistory) keeping.emplace();
  // Every message is to take the whole path; those that cannot are counted as conflated.
  feeds::Ingest path({.frame = *frame, .workers = workers, .conflateAfterSeconds = 1e9});
  if (keeping) path.addChangeTap(keeping->writer());
  path.add({.name = "broker", .standard = "telemetry", .endpoint = "mqtt"},
           feeds::makeMqttTransport({.host = "127.0.0.1", .port = port, .topicFilter = kFilter, .qos = 0}));
  path.start();
  model::Mirror mirror;
  const auto begun = Steady::now();
  Steady::time_point first, last;
  uint64_t seen = 0;
  feeds::SourceStats stats;
  for (;;) {  // a picture's pace: changes are taken 60 times a second
    std::this_thread::sleep_for(std::chrono::milliseconds(16));
    mirror.apply(path.take());
    stats = path.stats().sources[0];
    const uint64_t settled = stats.messages - stats.queued;
    if (settled > seen) {
      last = Steady::now();
      if (seen == 0) first = last;
      seen = settled;
    }
    if (settled >= messages) break;
    if (seen == 0 ? secondsSince(begun) > kFirstPatience : secondsSince(last) > kPatience) break;
  }
  nlohmann::json result = {{"received", stats.messages}, {"applied", stats.applied}, {"conflated", stats.conflated},
                           {"balanced", stats.balanced()}, {"entities", mirror.size()}};
  if (keeping) {
    result["durable"] = keeping->writer().flush(kDurablePatience);
    last = Steady::now();
    const history::HistoryStatus status = keeping->writer().status();
    result["rows"] = status.rows;
    result["lost_rows"] = status.lostRows;
  }
  path.stop();
  result["per_s"] = static_cast<double>(seen) / std::chrono::duration<double>(last - first).count();
  result["cpu_us_per_message"] = cpuPerMessage(seen);
  std::printf("%s\n", result.dump().c_str());
  return seen > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  const int port = argc > 2 ? std::atoi(argv[2]) : 0;
  const long messages = argc > 3 ? std::atol(argv[3]) : 0;
  const unsigned workers = argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : 1;
  if (port > 0 && messages > 0) {
    mosquitto_lib_init();
    if (mode == "count") return count(port, static_cast<uint64_t>(messages));
    if (mode == "ingest" || mode == "history") return ingest(port, static_cast<uint64_t>(messages), workers, mode == "history");
  }
  std::fprintf(stderr, "usage: bench_mqtt count|ingest|history PORT MESSAGES [WORKERS]\n");
  return 2;
}

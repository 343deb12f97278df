// SPDX-License-Identifier: Apache-2.0
// bench_mqtt publish PORT MESSAGES          floods the broker with 200-byte telemetry of 10,000 vehicles, QoS 0
// bench_mqtt count   PORT MESSAGES          a bare libmosquitto client that only counts what arrives
// bench_mqtt ingest  PORT MESSAGES [WORKERS] the twin's whole path: decode, sequence, store, change batches
// tools/bench runs them against one broker, in turns. Each prints one line of JSON.
#include <mosquitto.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_mqtt.h"
#include "twin/model/mirror.h"

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kVehicles = 10'000;
constexpr size_t kBytes = 200;
constexpr const char* kFilter = "telemetry/#";
constexpr double kPatience = 3;  // seconds without a message after which the flood has ended
constexpr double kFirstPatience = 20;

double secondsSince(Steady::time_point begun) { return std::chrono::duration<double>(Steady::now() - begun).count(); }

/// Telemetry of exactly kBytes bytes: the lane's name fills up.
std::string payload(int vehicle, base::UtcNs time) {
  feeds::TelemetryMessage m{.kind = "bus", .id = "veh-" + std::to_string(vehicle), .time = time,
                            .position = {128.68 + vehicle * 1e-6, 35.83 + vehicle * 1e-6, 70.0}, .headingDegrees = vehicle % 360 * 1.0,
                            .speed = 13.9, .pitchDegrees = 0.5,
                            .properties = {{"occupancy", vehicle % 80 * 1.0}, {"battery", 73.1}, {"lane", std::string()}}};
  const size_t bare = feeds::encodeTelemetry(m).size();
  if (bare < kBytes) m.properties.back().second = std::string(kBytes - bare, 'x');
  return feeds::encodeTelemetry(m);
}

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

int publish(int port, long messages) {
  ::mosquitto* client = connected(port, nullptr);
  const base::UtcNs start = base::SystemClock::utcNow() - 3600 * base::kNsPerSecond;
  struct Vehicle {
    std::string topic, bytes;
    size_t time = 0;  ///< where the milliseconds stand in the bytes
  };
  std::vector<Vehicle> fleet(kVehicles);
  for (int i = 0; i < kVehicles; ++i) {
    fleet[static_cast<size_t>(i)] = {"telemetry/bus/veh-" + std::to_string(i), payload(i, start), 0};
    Vehicle& vehicle = fleet[static_cast<size_t>(i)];
    vehicle.time = vehicle.bytes.find("\"t\":") + 4;
  }
  const auto begun = Steady::now();
  for (long i = 0; i < messages; ++i) {
    Vehicle& vehicle = fleet[static_cast<size_t>(i % kVehicles)];
    const std::string now = std::to_string((start / base::kNsPerMs) + i / kVehicles);  // as many digits as before
    vehicle.bytes.replace(vehicle.time, now.size(), now);
    while (mosquitto_publish(client, nullptr, vehicle.topic.c_str(), static_cast<int>(vehicle.bytes.size()), vehicle.bytes.data(), 0, false) != MOSQ_ERR_SUCCESS)
      mosquitto_loop(client, 1, 1);
    if ((i & 63) == 63) mosquitto_loop(client, 0, 1);
  }
  while (mosquitto_want_write(client))
    if (mosquitto_loop(client, 10, 1) != MOSQ_ERR_SUCCESS) break;
  const double elapsed = secondsSince(begun);
  std::printf("%s\n", nlohmann::json{{"published_per_s", static_cast<double>(messages) / elapsed},
                                     {"cpu_us_per_message", cpuPerMessage(static_cast<uint64_t>(messages))}}.dump().c_str());
  mosquitto_disconnect(client);
  mosquitto_destroy(client);
  return 0;
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

int ingest(int port, uint64_t messages, unsigned workers) {
  auto frame = core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  if (!frame) return 3;
  feeds::Ingest path({.frame = *frame, .workers = workers});
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
  path.stop();
  const double elapsed = std::chrono::duration<double>(last - first).count();
  std::printf("%s\n", nlohmann::json{{"received", stats.messages}, {"applied", stats.applied}, {"conflated", stats.conflated},
                                     {"per_s", static_cast<double>(seen) / elapsed}, {"applied_per_s", static_cast<double>(stats.applied) / elapsed},
                                     {"balanced", stats.balanced()}, {"entities", mirror.size()},
                                     {"cpu_us_per_message", cpuPerMessage(seen)}}
                          .dump().c_str());
  return seen > 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 1 ? argv[1] : "";
  const int port = argc > 2 ? std::atoi(argv[2]) : 0;
  const long messages = argc > 3 ? std::atol(argv[3]) : 0;
  if (port > 0 && messages > 0) {
    mosquitto_lib_init();
    if (mode == "publish") return publish(port, messages);
    if (mode == "count") return count(port, static_cast<uint64_t>(messages));
    if (mode == "ingest") return ingest(port, static_cast<uint64_t>(messages), argc > 4 ? static_cast<unsigned>(std::atoi(argv[4])) : 1);
  }
  std::fprintf(stderr, "usage: bench_mqtt publish|count|ingest PORT MESSAGES [WORKERS]\n");
  return 2;
}

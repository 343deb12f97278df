// SPDX-License-Identifier: Apache-2.0
// bench_feed [SECONDS]: messages per second through the whole feed path (deliver, tap, queue, decode,
// sequence, store, change batch), against the same machine only parsing the same bytes. Prints JSON.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/model/mirror.h"

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kVehicles = 5000;

struct Wire {
  std::string topic;
  std::string bytes;
};

/// One round of all vehicles, of about 200 bytes each.
std::vector<Wire> roundOf(base::UtcNs time) {
  std::vector<Wire> round;
  for (int i = 0; i < kVehicles; ++i) {
    const feeds::TelemetryMessage m{.kind = "car", .id = "bench-" + std::to_string(i), .time = time,
                                    .position = {128.68 + i * 1e-6, 35.83 + i * 1e-6, 70.0}, .headingDegrees = i % 360 * 1.0,
                                    .speed = 12.5, .pitchDegrees = 0.5,
                                    .properties = {{"brake", false}, {"blinker", std::string("none")}, {"lane", std::string("alpha-1-0")}}};
    round.push_back({feeds::telemetryTopic(m.kind, m.id), feeds::encodeTelemetry(m)});
  }
  return round;
}

double parsedPerSecond(const std::vector<Wire>& round, double seconds) {
  simdjson::dom::parser parser;
  const auto begun = Steady::now();
  uint64_t parsed = 0;
  while (std::chrono::duration<double>(Steady::now() - begun).count() < seconds) {
    for (const Wire& wire : round) {
      simdjson::dom::element root;
      if (parser.parse(wire.bytes).get(root) == simdjson::SUCCESS) ++parsed;
    }
  }
  return static_cast<double>(parsed) / std::chrono::duration<double>(Steady::now() - begun).count();
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
  auto frame = core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  if (!frame || seconds <= 0) {
    std::fprintf(stderr, "usage: bench_feed [SECONDS]\n");
    return 2;
  }
  feeds::Ingest ingest({.frame = *frame});
  auto transport = std::make_unique<feeds::InprocessTransport>();
  feeds::InprocessTransport& sim = *transport;
  ingest.add({.name = "bench", .standard = "telemetry", .endpoint = "in process"}, std::move(transport));
  ingest.start();

  // Rounds are encoded beforehand: the simulators' work is not the path's.
  std::vector<std::vector<Wire>> rounds;
  const base::UtcNs start = base::SystemClock::utcNow() - 3600 * base::kNsPerSecond;
  for (int i = 0; i < 40; ++i) rounds.push_back(roundOf(start + i * base::kNsPerMs));
  const double bytes = static_cast<double>(rounds[0][0].bytes.size());
  const double parseRate = parsedPerSecond(rounds[0], std::min(1.0, seconds / 4));

  std::atomic<bool> done{false};
  std::thread reader([&] {
    model::Mirror mirror;
    while (!done) {
      mirror.apply(ingest.take());
      std::this_thread::sleep_for(std::chrono::milliseconds(16));
    }
  });
  const auto begun = Steady::now();
  uint64_t sent = 0;
  for (int64_t round = 0; std::chrono::duration<double>(Steady::now() - begun).count() < seconds; ++round) {
    if (round % 40 == 0 && round > 0) {
      for (int i = 0; i < 40; ++i) rounds[static_cast<size_t>(i)] = roundOf(start + (round + i) * base::kNsPerMs);
    }
    for (const Wire& wire : rounds[static_cast<size_t>(round % 40)]) sim.publish(wire.topic, wire.bytes);
    sent += kVehicles;
  }
  ingest.drain(30);
  const double elapsed = std::chrono::duration<double>(Steady::now() - begun).count();
  done = true;
  reader.join();
  const feeds::SourceStats stats = ingest.stats().sources[0];
  ingest.stop();
  const nlohmann::json result{{"messages_per_s", static_cast<double>(sent) / elapsed}, {"applied", stats.applied},
                              {"conflated", stats.conflated}, {"rejected", stats.rejectedTotal()}, {"balanced", stats.balanced()},
                              {"bytes_per_message", bytes}, {"parse_only_per_s", parseRate},
                              {"ratio_to_parse_only", static_cast<double>(sent) / elapsed / parseRate}};
  std::printf("%s\n", result.dump().c_str());
  return 0;
}

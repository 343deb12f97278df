// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/base/hash.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_sensorthings.h"
#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/transport_inprocess.h"
#include "twin/record/recorder.h"

namespace record_test {

constexpr int64_t kSecond = base::kNsPerSecond;
constexpr base::UtcNs kNow = 1'795'338'000 * kSecond;

inline const core::CityFrame& alphaFrame() {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  return frame;
}

inline feeds::IngestOptions options(bool runInline, unsigned workers = 1) {
  feeds::IngestOptions result{.frame = alphaFrame()};
  result.datastreams.add(7, {"air-1", "pm25", "air_station", ""});
  result.runInline = runInline;
  result.workers = workers;
  result.utcNow = [] { return kNow; };
  return result;
}

struct TemporaryFile {
  TemporaryFile()
      : path(std::filesystem::temp_directory_path() /
             ("alphacity_" + std::to_string(++count) + "_" + std::to_string(::getpid()) + ".log")) {}
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::filesystem::path path;
  static inline int count = 0;
};

/// A live run with two sources, disorder, rubbish, departures and events; recorded.
inline uint64_t recordLive(const std::filesystem::path& path, bool runInline, unsigned workers,
                           size_t* events = nullptr, bool keyframes = false) {
  record::RecorderOptions how;
  how.path = path;
  how.keyframeSeconds = how.keyframeAtMost = 0;  // with every block
  auto recorder = record::Recorder::create(how);
  EXPECT_TRUE(recorder.ok());
  feeds::Ingest ingest(options(runInline, workers));
  ingest.setTap(recorder->get());
  feeds::InprocessTransport* links[2];
  for (int i = 0; i < 2; ++i) {
    auto link = std::make_unique<feeds::InprocessTransport>();
    links[i] = link.get();
    ingest.add({.name = i == 0 ? "sim" : "broker",
                .provenance = i == 0 ? model::Provenance::Simulated : model::Provenance::Measured},
               std::move(link));
  }
  if (keyframes) (*recorder)->setState([&ingest] { return ingest.state(); });
  ingest.start();
  base::Random random(5);
  for (int i = 0; i < 6000; ++i) {
    if (keyframes && i % 250 == 0) (*recorder)->flush();
    const base::UtcNs received = kNow + i * 20 * base::kNsPerMs;
    const base::UtcNs time = received - static_cast<int64_t>(random.uniform(0, 3) * 1e9);
    const int vehicle = static_cast<int>(random.uniform(0, 30));
    feeds::TelemetryMessage m;
    m.kind = "car";
    m.id = "car-" + std::to_string(vehicle);
    m.time = time;
    m.position = {128.69 + random.uniform(-0.01, 0.01), 35.8365, 70};
    m.gone = random.uniform() < 0.02;
    m.properties = {{"speed", random.uniform(0, 60)}};
    m.source.clear();
    const std::string topic = feeds::telemetryTopic(m.kind, m.id);
    feeds::InprocessTransport& link = *links[vehicle % 2];
    const double dice = random.uniform();
    if (dice < 0.03) {
      link.publish(topic, "{broken", received);
    } else if (dice < 0.2) {
      links[0]->publish("v1.1/Datastreams(7)/Observations",
                        feeds::encodeObservation(time, random.uniform(0, 90), {}, false), received);
    } else if (dice < 0.25) {
      link.publish("event/incident",
                   feeds::encodeEvent({.type = "incident", .id = "e" + std::to_string(i / 2), .time = time}),
                   received);
    } else {
      link.publish(topic, feeds::encodeTelemetry(m), received);
    }
  }
  EXPECT_TRUE(ingest.drain(30));
  (*recorder)->flush();
  (*recorder)->setState({});
  EXPECT_EQ((*recorder)->status().messages, 6000u);
  if (events) *events = ingest.take().events.size();
  return ingest.stateHash();
}

}  // namespace record_test

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "twin/core/time.h"
#include "twin/feeds/encode_sensorthings.h"
#include "twin/feeds/encode_telemetry.h"
#include "twin/feeds/ingest.h"
#include "twin/feeds/transport_inprocess.h"

namespace feeds_test {

inline const core::CityFrame& alphaFrame() {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  return frame;
}

inline std::shared_ptr<const core::Catalogue> catalogue() {
  static const auto shared =
      std::make_shared<const core::Catalogue>(*core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles"));
  return shared;
}

inline const feeds::Vocabulary& vocabulary() {
  static const feeds::Vocabulary words =
      *feeds::Vocabulary::load(ALPHACITY_SOURCE_DIR "/assets/feeds/vocabulary.toml");
  return words;
}

/// 2026-11-22T18:00:00+09:00
constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;

inline feeds::IngestOptions inlineOptions() {
  feeds::IngestOptions options{.frame = alphaFrame()};
  options.datastreams.add(7, {"air-1", "pm25", "air_station", ""});
  options.catalogue = catalogue();
  options.runInline = true;
  options.utcNow = [] { return kNow; };
  return options;
}

/// An ingest with one in-process source that publishes what a test says.
struct Feed {
  explicit Feed(feeds::IngestOptions options = inlineOptions(), const std::string& name = "sim",
                feeds::ChangeTap* tap = nullptr)
      : ingest(std::move(options)) {
    if (tap) ingest.addChangeTap(*tap);
    auto link = std::make_unique<feeds::InprocessTransport>();
    transport = link.get();
    ingest.add(
        {.name = name, .standard = "mixed", .endpoint = "sim:", .provenance = model::Provenance::Simulated},
        std::move(link));
    ingest.start();
  }
  feeds::SourceStats stats(size_t source = 0) const { return ingest.stats().sources[source]; }

  feeds::Ingest ingest;
  feeds::InprocessTransport* transport = nullptr;
};

inline std::string telemetry(base::UtcNs time, double lon = 128.69, double lat = 35.8365) {
  feeds::TelemetryMessage m;
  m.kind = "car";
  m.id = "car-1";
  m.time = time;
  m.position = {lon, lat, 76};
  m.headingDegrees = 90;
  m.speed = 8;
  return feeds::encodeTelemetry(m);
}

}  // namespace feeds_test

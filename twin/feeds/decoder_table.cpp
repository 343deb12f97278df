// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decoder_table.h"

#include "twin/feeds/decode_adas.h"
#include "twin/feeds/decode_cap.h"
#include "twin/feeds/decode_datex.h"
#include "twin/feeds/decode_etsi.h"
#include "twin/feeds/decode_event.h"
#include "twin/feeds/decode_gtfs_rt.h"
#include "twin/feeds/decode_j2735.h"
#include "twin/feeds/decode_sensorthings.h"
#include "twin/feeds/decode_spat.h"
#include "twin/feeds/decode_telemetry.h"

namespace feeds {
namespace {

constexpr size_t kJsonLimit = 256u << 10;
constexpr size_t kDocumentLimit = 4u << 20;
constexpr size_t kProtobufLimit = 32u << 20;

constexpr DecoderRow kTable[] = {
    {"telemetry/+/+", decodeTelemetry, QueueClass::Position, kJsonLimit, "vehicle telemetry"},
    {"v1.+/Datastreams(+)/Observations", decodeSensorThings, QueueClass::State, kJsonLimit,
     "OGC SensorThings 1.1"},
    {"spat/+", decodeSpat, QueueClass::State, kJsonLimit, "SPaT (SAE J2735 states)"},
    {"fleet/+/event", decodeAdas, QueueClass::Event, kJsonLimit, "ADAS events"},
    {"event/+", decodeEvent, QueueClass::Event, kJsonLimit, "events"},
    {"gtfs-rt/+/vehicle_positions", decodeGtfsRt, QueueClass::Position, kProtobufLimit, "GTFS-Realtime 2.0"},
    {"gtfs-rt/vehicle_positions", decodeGtfsRt, QueueClass::Position, kProtobufLimit, "GTFS-Realtime 2.0"},
    {"gtfs-rt/#", decodeGtfsRt, QueueClass::Event, kProtobufLimit, "GTFS-Realtime 2.0"},
    // mobility
    {"j2735/#", decodeJ2735, QueueClass::State, kJsonLimit, "SAE J2735"},
    {"etsi/#", decodeEtsi, QueueClass::State, kJsonLimit, "ETSI CAM, DENM"},
    {"cap/#", decodeCap, QueueClass::Event, kDocumentLimit, "CAP 1.2"},
    {"datex2/#", decodeDatex, QueueClass::Event, kDocumentLimit, "DATEX II"},
    {"v1.+/Observations", decodeSensorThings, QueueClass::State, kJsonLimit, "OGC SensorThings 1.1"},
};

}  // namespace

std::span<const DecoderRow> decoderTable() {
  return kTable;
}

bool topicMatches(std::string_view pattern, std::string_view topic) {
  while (!pattern.empty()) {
    if (pattern == "#") return true;
    if (pattern.front() == '+') {
      // Up to the level's end or to what follows in the pattern ("Datastreams(+)").
      pattern.remove_prefix(1);
      const size_t levelEnd = std::min(topic.find('/'), topic.size());
      size_t end = levelEnd;
      if (!pattern.empty() && pattern.front() != '/') end = topic.substr(0, levelEnd).rfind(pattern.front());
      if (end == std::string_view::npos || end == 0) return false;
      topic.remove_prefix(end);
      continue;
    }
    if (topic.empty() || topic.front() != pattern.front()) return false;
    pattern.remove_prefix(1);
    topic.remove_prefix(1);
  }
  return topic.empty();
}

const DecoderRow* findDecoder(std::string_view topic) {
  for (const DecoderRow& row : kTable)
    if (topicMatches(row.topic, topic)) return &row;
  return nullptr;
}

}  // namespace feeds

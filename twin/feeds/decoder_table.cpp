// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/decoder_table.h"

#include "twin/feeds/decode_adas.h"
#include "twin/feeds/decode_cap.h"
#include "twin/feeds/decode_datex.h"
#include "twin/feeds/decode_etsi.h"
#include "twin/feeds/decode_event.h"
#include "twin/feeds/decode_gbfs.h"
#include "twin/feeds/decode_gtfs_rt.h"
#include "twin/feeds/decode_j2735.h"
#include "twin/feeds/decode_kr.h"
#include "twin/feeds/decode_mds.h"
#include "twin/feeds/decode_ngsi.h"
#include "twin/feeds/decode_online.h"
#include "twin/feeds/decode_sensorthings.h"
#include "twin/feeds/decode_sensorthings_entities.h"
#include "twin/feeds/decode_spat.h"
#include "twin/feeds/decode_state.h"
#include "twin/feeds/decode_telemetry.h"
#include "twin/feeds/mapping_apply.h"

namespace feeds {
namespace {

constexpr size_t kJsonLimit = 256u << 10;
constexpr size_t kDocumentLimit = 4u << 20;
constexpr size_t kPageLimit = 16u << 20;  // of a polled page or a list
constexpr size_t kStateLimit = 4u << 20;
constexpr size_t kProtobufLimit = 32u << 20;
constexpr size_t kTreeLimit = 8u << 20;  // json_tree.h

constexpr DecoderRow kTable[] = {
    {"state/#", decodeState, QueueClass::Event, kStateLimit, "state frames"},
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
    {"v1.+/Observations", decodeSensorThings, QueueClass::State, kPageLimit, "OGC SensorThings 1.1"},
    {"v1.+/#", decodeSensorThingsEntities, QueueClass::State, kPageLimit, "OGC SensorThings 1.1", learnSensorThings},
    {"sensorthings/+/Datastreams(+)/Observations", decodeSensorThings, QueueClass::State, kPageLimit,
     "OGC SensorThings 1.1"},
    {"sensorthings/+/Observations", decodeSensorThings, QueueClass::State, kPageLimit, "OGC SensorThings 1.1"},
    {"sensorthings/+/#", decodeSensorThingsEntities, QueueClass::State, kPageLimit, "OGC SensorThings 1.1",
     learnSensorThings},
    {"online/+", decodeOnline, QueueClass::Event, kJsonLimit, "online topic (MQTT will)"},
    {"ngsi/#", decodeNgsi, QueueClass::State, kPageLimit, "NGSI-LD 1.8 / NGSI-v2"},
    {"gbfs/+/+", decodeGbfs, QueueClass::State, kPageLimit, "GBFS 2.3 / 3.0"},
    {"mds/+/events", decodeMds, QueueClass::Event, kPageLimit, "MDS 2.0 / 1.2"},
    {"mds/+/status_changes", decodeMds, QueueClass::Event, kPageLimit, "MDS 2.0 / 1.2"},
    {"mds/+/+", decodeMds, QueueClass::State, kPageLimit, "MDS 2.0 / 1.2"},
    // Korean services, and whatever a mapping file describes
    {"kr/its/eventInfo", decodeKrIts, QueueClass::Event, kTreeLimit, "its.go.kr"},
    {"kr/its/+", decodeKrIts, QueueClass::State, kTreeLimit, "its.go.kr"},
    {"kr/bis/#", decodeKrBis, QueueClass::State, kTreeLimit, "Daegu BIS, TAGO"},
    {"kr/kma/+", decodeKrWeather, QueueClass::State, kTreeLimit, "KMA VilageFcstInfoService 2.0"},
    {"kr/air/#", decodeKrAir, QueueClass::State, kTreeLimit, "AirKorea"},
    {"kr/sms/+", decodeKrSms, QueueClass::Event, kTreeLimit, "safetydata.go.kr"},
    {"kr/ev/+", decodeKrEv, QueueClass::State, kTreeLimit, "EvCharger (ME)"},
    {"kr/signal/+", decodeKrSignal, QueueClass::State, kTreeLimit, "t-data SPaT"},
    {"mapped/+/#", decodeMapped, QueueClass::Event, kTreeLimit, "by mapping"},
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

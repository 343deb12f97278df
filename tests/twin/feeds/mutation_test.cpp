// SPDX-License-Identifier: Apache-2.0
// 20,000 mutated messages per decoder, the same every run: nothing crashes, nothing takes long, and what
// is accepted is finite and named. tests/fuzz looks deeper, with a coverage-guided fuzzer.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/base/hash.h"
#include "tests/support/nonsense.h"
#include "tests/twin/feeds/ingest_fixture.h"
#include "twin/feeds/decoder_table.h"
#include "twin/feeds/encode_adas.h"
#include "twin/feeds/encode_event.h"
#include "twin/feeds/encode_gtfs_rt.h"
#include "twin/feeds/encode_spat.h"
#include "twin/feeds/zip_files.h"

namespace {

using namespace feeds_test;

struct Seed {
  const char* name;
  std::string topic;
  std::string bytes;
};

std::string corpus(const std::string& file) {
  std::ifstream in(std::string(ALPHACITY_SOURCE_DIR "/tests/fuzz/corpus/") + file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<Seed> seeds() {
  feeds::TelemetryMessage telemetry;
  telemetry.kind = "shuttle";
  telemetry.id = "s-1";
  telemetry.time = kNow;
  telemetry.position = {128.69, 35.8365, 76};
  telemetry.pitchDegrees = 1.5;
  telemetry.properties = {{"brake", true}, {"passengers", 7.0}, {"mode", std::string("auto")}};
  const feeds::GtfsVehicle vehicle{.id = "bus-1",
                                   .routeId = "609",
                                   .latitude = 35.8,
                                   .longitude = 128.7,
                                   .stopId = "x",
                                   .occupancyPercentage = 30,
                                   .time = kNow};
  return {
      {"telemetry", "telemetry/shuttle/s-1", feeds::encodeTelemetry(telemetry)},
      {"sensorthings", "v1.1/Datastreams(7)/Observations", feeds::encodeObservation(kNow, 12.5, "good")},
      {"spat", "spat/sc-1",
       feeds::encodeSpat(
           {.controller = "sc-1", .time = kNow, .groups = {{1, "dark", 50}, {2, "stop-And-Remain", 36001}}})},
      {"adas", "fleet/tx-1/event",
       feeds::encodeAdasEvent(
           {.time = kNow, .vehicle = "tx-1", .type = "FCW", .latitude = 35.8, .longitude = 128.7})},
      {"event", "event/incident",
       feeds::encodeEvent({.type = "incident",
                           .id = "e",
                           .time = kNow,
                           .position = core::GeoPoint{128.7, 35.8, 70},
                           .details = {{"a", "b"}}})},
      {"gtfs_rt", "gtfs-rt/bus/vehicle_positions",
       feeds::encodeVehiclePositions(kNow, std::span(&vehicle, 1))},
      {"j2735", "j2735/spat", corpus("j2735/spat")},
      {"j2735", "j2735/map", corpus("j2735/map")},
      {"j2735", "j2735/tim", corpus("j2735/tim")},
      {"j2735", "j2735/bsm", corpus("j2735/bsm_xer")},
      {"j2735", "j2735/psm", corpus("j2735/psm")},
      {"etsi", "etsi/cam", corpus("etsi/cam")},
      {"etsi", "etsi/denm", corpus("etsi/denm")},
      {"cap", "cap/kma", corpus("cap/update")},
      {"datex", "datex2/x", corpus("datex/accident")},
      {"datex", "datex2/ims", corpus("datex/ims")},
      {"sensorthings_entities", "sensorthings/s/Things", corpus("sensorthings_entities/things")},
      {"ngsi", "ngsi/b", corpus("ngsi/notification")},
      {"ngsi", "ngsi/b2", corpus("ngsi/v2")},
      {"gbfs", "gbfs/s/vehicle_status", corpus("gbfs/vehicles3")},
      {"mds", "mds/p/vehicles_status", corpus("mds/status")},
      {"kr_kma", "kr/kma/getUltraSrtNcst", corpus("kr_kma/sample")},
      {"kr_forecast", "kr/kma/getVilageFcst", corpus("kr_forecast/sample")},
      {"kr_air", "kr/air/getCtprvnRltmMesureDnsty", corpus("kr_air/sample")},
      {"kr_stations", "kr/air/getMsrstnList", corpus("kr_stations/sample")},
      {"kr_traffic", "kr/its/trafficInfo", corpus("kr_traffic/sample")},
      {"kr_incident", "kr/its/eventInfo", corpus("kr_incident/sample")},
      {"kr_cctv", "kr/its/cctvInfo", corpus("kr_cctv/sample")},
      {"kr_bus", "kr/bis/getPos02", corpus("kr_bus/sample")},
      {"kr_stop", "kr/bis/getRealtime02/7041023400", corpus("kr_stop/sample")},
      {"kr_sms", "kr/sms/DSSP-IF-00247", corpus("kr_sms/sample")},
      {"kr_ev", "kr/ev/getChargerInfo", corpus("kr_ev/sample")},
      {"kr_ev_status", "kr/ev/getChargerStatus", corpus("kr_ev_status/sample")},
      {"kr_signal", "kr/signal/v2xSignalPhaseTimingInformation", corpus("kr_signal/sample")},
      {"kr_phase", "kr/signal/v2xSignalPhaseInformation", corpus("kr_phase/sample")}};
}

/// Flips, cuts, doubles, inserts digits and brackets: what breaks number and structure parsing.
std::string mutate(std::string text, base::Random& random) {
  constexpr std::string_view kSpice = "0123456789eE+-.,:\"\\[]{}ntfu\x80\xff\x01";
  const auto at = [&] { return text.empty() ? 0 : random.next() % text.size(); };
  const int edits = 1 + static_cast<int>(random.next() % 4);
  for (int i = 0; i < edits; ++i) {
    switch (random.next() % 6) {
      case 0:
        if (!text.empty()) text[at()] = static_cast<char>(random.next());
        break;
      case 1:
        text.insert(at(), 1, kSpice[random.next() % kSpice.size()]);
        break;
      case 2:
        if (!text.empty()) text.erase(at(), random.next() % 8);
        break;
      case 3:
        if (random.next() % 4 == 0) text.resize(at());
        break;
      case 4:
        text.insert(at(), text.substr(at(), random.next() % 32));
        break;
      default:
        if (!text.empty()) text[at()] = kSpice[random.next() % kSpice.size()];
    }
  }
  return text;
}

void checkSane(const model::Observations& seen) {
  const char* wrong = support::nonsenseIn(seen);
  ASSERT_EQ(wrong, nullptr) << wrong;
}

class Mutation : public testing::TestWithParam<size_t> {};

TEST_P(Mutation, NeverCrashesAndNeverAcceptsNonsense) {
  const Seed seed = seeds()[GetParam()];
  feeds::DatastreamRegistry registry;
  registry.add(7, {"air-1", "pm25", "air_station", ""});
  const feeds::DecodeContext context{.frame = alphaFrame(), .datastreams = registry, .vocabulary = &vocabulary()};
  const feeds::DecoderRow* row = feeds::findDecoder(seed.topic);
  ASSERT_NE(row, nullptr);
  base::Random random(GetParam() + 1);
  int accepted = 0, refused = 0;
  for (int round = 0; round < 20000; ++round) {
    feeds::RawMessage message;
    message.topic = seed.topic;
    message.received = kNow;
    message.bytes = round == 0 ? seed.bytes : mutate(seed.bytes, random);
    const feeds::Decoded decoded = row->decode(message, context);
    ASSERT_TRUE(round > 0 || decoded.ok());
    if (!decoded) {
      ++refused;
      ASSERT_LT(decoded.error().size(), 32u);  // a reason, never text of the message
      continue;
    }
    ++accepted;
    checkSane(*decoded);
    if (HasFatalFailure()) FAIL() << seed.name << " round " << round;
  }
  EXPECT_GT(accepted, 1000) << seed.name;  // the mutations reach beyond the parser
  EXPECT_GT(refused, 1000) << seed.name;
}

INSTANTIATE_TEST_SUITE_P(Decoders, Mutation, testing::Range<size_t>(0, seeds().size()), [](const auto& which) {
  return seeds()[which.param].name + std::string("_") + std::to_string(which.param);
});

/// A mutated archive rarely gets past its checksums, so the tables are mutated before they are packed.
TEST(Mutation, GtfsTablesAndArchives) {
  const std::string archive = corpus("gtfs/small");
  const std::map<std::string, std::string> tables = *feeds::readZip(archive);
  feeds::DatastreamRegistry registry;
  const feeds::DecodeContext context{alphaFrame(), registry, model::Provenance::Measured};
  base::Random random(5);
  int accepted = 0, refused = 0;
  for (int round = 0; round < 6000; ++round) {
    feeds::RawMessage message;
    message.topic = "gtfs/x";
    message.received = kNow;
    message.bytes = archive;
    if (round % 3 == 1) message.bytes = mutate(archive, random);
    if (round % 3 == 2) {
      auto files = tables;
      auto& text = std::next(files.begin(), static_cast<long>(random.next() % files.size()))->second;
      text = mutate(text, random);
      message.bytes = *feeds::packZip(files);
    }
    const feeds::Decoded decoded = feeds::findDecoder(message.topic)->decode(message, context);
    decoded ? ++accepted : ++refused;
    if (decoded) {
      checkSane(*decoded);
    } else {
      ASSERT_LT(decoded.error().size(), 32u);
    }
    if (HasFatalFailure()) FAIL() << round;
  }
  EXPECT_GT(accepted, 2500);
  EXPECT_GT(refused, 1000);
}

/// What the fuzzers start from, or found.
TEST(Corpus, EveryFileIsHandled) {
  feeds::DatastreamRegistry registry;
  registry.add(7, {"air-1", "pm25", "air_station", ""});
  const feeds::DecodeContext context{.frame = alphaFrame(), .datastreams = registry, .vocabulary = &vocabulary()};
  int files = 0;
  std::vector<Seed> all = seeds();
  all.push_back({"gtfs", "gtfs/x", {}});
  for (const Seed& seed : all) {
    const std::filesystem::path folder =
        std::filesystem::path(ALPHACITY_SOURCE_DIR "/tests/fuzz/corpus") / seed.name;
    ASSERT_TRUE(std::filesystem::exists(folder)) << folder;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream file(entry.path(), std::ios::binary);
      feeds::RawMessage message;
      message.topic = seed.topic;
      message.received = kNow;
      message.bytes.assign(std::istreambuf_iterator<char>(file), {});
      const feeds::Decoded decoded = feeds::findDecoder(seed.topic)->decode(message, context);
      if (decoded) checkSane(*decoded);
      EXPECT_TRUE(decoded.ok() || entry.path().filename().string().starts_with("bad"))
          << entry.path() << " " << decoded.error();
      ++files;
    }
  }
  EXPECT_GE(files, 10);
}

}  // namespace

// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/fuzz/harness.h"
#include "tests/support/nonsense.h"
#include "twin/feeds/decoder_table.h"
#include "twin/feeds/gtfs_registry.h"
#include "twin/feeds/intersection_registry.h"
#include "twin/feeds/normalise.h"

namespace fuzz {
namespace {

constexpr base::UtcNs kNow = 1'795'338'000 * base::kNsPerSecond;

/// What a decoder knows in a running program, loaded once.
struct Knowledge {
  core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  feeds::DatastreamRegistry datastreams;
  feeds::IntersectionRegistry intersections;
  feeds::GtfsRegistry gtfs;
  feeds::Vocabulary vocabulary = *feeds::Vocabulary::load(ALPHACITY_SOURCE_DIR "/assets/feeds/vocabulary.toml");
  std::shared_ptr<const core::Catalogue> catalogue =
      std::make_shared<const core::Catalogue>(*core::Catalogue::load(ALPHACITY_SOURCE_DIR "/assets/styles"));

  Knowledge() {
    datastreams.add(7, {"air-1", "pm25", "air_station", ""});
    intersections.add(0, 12109, "sc-1");
    std::ifstream file(ALPHACITY_SOURCE_DIR "/tests/fuzz/corpus/gtfs/small", std::ios::binary);
    feeds::RawMessage timetable;
    timetable.topic = "gtfs/bus";
    timetable.received = kNow;
    timetable.bytes.assign(std::istreambuf_iterator<char>(file), {});
    feeds::findDecoder(timetable.topic)->learn(timetable, {frame, datastreams}, {datastreams, gtfs});
    if (gtfs.additions() == 0) std::abort();  // the realtime harness would check against nothing
  }
};

}  // namespace

void refuseNonsense(const char* from, const model::Observations& seen) {
  const char* wrong = support::nonsenseIn(seen);
  if (!wrong) return;
  std::fprintf(stderr, "%s lets pass: %s\n", from, wrong);
  std::abort();
}

void decodeOn(std::initializer_list<const char*> topics, std::string_view input) {
  static const Knowledge known;
  for (const char* topic : topics) {
    feeds::RawMessage message;
    message.topic = topic;
    message.received = kNow;
    message.bytes = input;
    // What one input teaches must not reach the next: findings are to be repeated one by one.
    feeds::DatastreamRegistry datastreams = known.datastreams.clone();
    const feeds::DecodeContext context{.frame = known.frame,
                                       .datastreams = datastreams,
                                       .intersections = &known.intersections,
                                       .gtfs = &known.gtfs,
                                       .vocabulary = &known.vocabulary};
    const feeds::DecoderRow* row = feeds::findDecoder(topic);
    if (row->learn) {
      feeds::GtfsRegistry gtfs;
      row->learn(message, context, {datastreams, gtfs});
    }
    feeds::Decoded decoded = row->decode(message, context);
    if (!decoded) continue;
    feeds::Normaliser(known.catalogue).apply(message, *decoded);
    refuseNonsense(topic, *decoded);
  }
}

}  // namespace fuzz

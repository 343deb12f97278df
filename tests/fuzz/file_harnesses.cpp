// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <string>
#include <vector>

#include "engine/base/ensure.h"
#include "tests/fuzz/harness.h"
#include "twin/feeds/keyframe.h"
#include "twin/feeds/mapping_apply.h"
#include "twin/feeds/mqtt_packet.h"
#include "twin/feeds/state_frame.h"
#include "twin/feeds/zip_files.h"
#include "twin/record/log_format.h"

namespace fuzz {
namespace {

/// The bytes as an archive, and as one table of an otherwise good feed, which the first byte chooses: a mutated
/// archive rarely gets past its checksums.
void gtfs(std::string_view input) {
  decodeOn({"gtfs/x"}, input);
  if (input.empty()) return;
  std::map<std::string, std::string> files{
      {"agency.txt", "agency_name,agency_timezone\nA,Asia/Seoul\n"},
      {"stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns1,One,35.8,128.7\n"},
      {"routes.txt", "route_id,route_short_name,route_type\nr1,1,3\n"},
      {"calendar_dates.txt", "service_id,date,exception_type\nwd,20261122,1\n"},
      {"trips.txt", "route_id,service_id,trip_id\nr1,wd,t1\n"},
      {"stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt1,1:00:00,1:00:00,s1,1\n"}};
  const char* names[] = {"stops.txt", "stop_times.txt", "shapes.txt", "calendar.txt", "frequencies.txt", "trips.txt"};
  files[names[static_cast<unsigned char>(input[0]) % 6]] = input.substr(1);
  if (const auto zip = feeds::packZip(files)) decodeOn({"gtfs/x"}, *zip);
}

/// The first byte chooses the wire shape; the rest is a message of an unknown feed.
void mapping(std::string_view input) {
  static const core::CityFrame frame = *core::CityFrame::create("EPSG:5187", 171991.6, 359947.5);
  static const feeds::DatastreamRegistry none;
  static const auto compiled = [](const std::string& format, const std::string& p) {
    return *feeds::Mapping::parse("format = \"" + format + "\"\n[entity]\nid = \"{" + p + "a}\"\nkind = \"k\"\n[position]\nlongitude = \"" + p +
                                      "x\"\nlatitude = \"" + p + "y\"\n[time]\npath = \"" + p + "t\"\n[[property]]\nname = \"v\"\npath = \"" + p + "v\"\n",
                                  "fuzz.toml");
  };
  static const feeds::Mapping mappings[]{compiled("json", "/"), compiled("csv", ""), compiled("xml", "")};
  if (input.empty()) return;
  feeds::RawMessage message;
  message.received = 1'795'338'000 * base::kNsPerSecond;
  message.bytes = input.substr(1);
  const auto decoded = feeds::applyMapping(mappings[static_cast<unsigned char>(input[0]) % 3], message, {.frame = frame, .datastreams = none});
  if (decoded) refuseNonsense("mapping", *decoded);
}

/// A mapping file itself, which people write.
void mappingFile(std::string_view input) { (void)feeds::Mapping::parse(std::string(input), "fuzz.toml"); }

/// The section's decoder, and the frame around it.
void state(std::string_view input) {
  (void)feeds::decodeStateFrame(input);
  decodeOn({"state/section"}, input);
}

/// What is read is written again as it was read.
void keyframe(std::string_view input) {
  const auto frame = feeds::decodeKeyframe(input);
  if (!frame) return;
  feeds::ByteReader memory(frame->memory);
  feeds::Sequencer sequencer(60);
  std::vector<model::SourceId> numbers(frame->sources.size());
  for (size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<model::SourceId>(i);
  (void)sequencer.load(memory, numbers);
  ENSURE(feeds::decodeKeyframe(feeds::encodeKeyframe(*frame)).ok());
}

/// Both the outside (headers, CRC, zlib) and, sealed by ourselves so that the checks pass, the inside.
void log(std::string_view input) {
  if (const auto header = record::parseBlockHeader(input)) (void)record::openBlock(*header, input.substr(record::kBlockHeaderBytes));
  const std::string sealed = record::sealBlock(input, 1, 0, 0);
  const auto header = record::parseBlockHeader(sealed);
  (void)record::openBlock(*header, std::string_view(sealed).substr(record::kBlockHeaderBytes));
}

/// The bytes as what comes from a broker, of both versions: packet after packet.
void mqtt(std::string_view input) {
  for (std::string_view rest = input; const auto front = feeds::mqtt::frontPacket(rest); rest.remove_prefix(front->size)) {
    if (front->size > rest.size()) break;
    for (const bool version5 : {false, true}) {
      const auto message = feeds::mqtt::readPublication(rest.substr(0, front->size), *front, version5);
      if (message) ENSURE(!message->topic.empty() && message->topic.size() + message->payload.size() < front->size);
    }
  }
}

constexpr Harness kReaders[] = {{"gtfs", gtfs},   {"mapping", mapping},   {"mapping_file", mappingFile},
                                {"state", state}, {"keyframe", keyframe}, {"log", log}, {"mqtt", mqtt}};

}  // namespace

std::span<const Harness> readers() { return kReaders; }

}  // namespace fuzz

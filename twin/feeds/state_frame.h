// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/state_values.h"
#include "twin/model/change_batch.h"

namespace feeds {

// A state frame is what one machine knows, or has just learnt, of one tile of the city; displays follow
// these instead of the feeds themselves. Topics, below a prefix that the operator chooses, without '.' or
// space and without wildcards in what is published:
//   <prefix>/state/<x>_<y>   tile of the grid (integers of floor(metres / tile size), city frame)
//   <prefix>/state/none      things without a place, and a sign of life at least twice a second
//   <prefix>/event           events, QoS 1
//   <prefix>/ask             from displays: names of tiles, one a line, or "*": a key frame of each, please
// A frame:
//   u8 'S', u8 version = 1, u8 flags: 1 key, 2 compressed | u64 epoch: when its writer started, UTC ns |
//   u32 seq, of the tile | i64 time, UTC ns | u32 bytes of the body before compression (zlib, RFC 1950)
// body, with numbers and texts as in byte_io.h and state_values.h:
//   texts  here     ids of the tile's things: of all in a key frame, else of those that are new to it
//   pairs  moved    id and the tile where it went
//   texts  gone     ids of things that have left the city
//   sections        u8 has a source, [source], text: the section
// A section is the `state/section` message of its source (decode_state.h), one delivery each:
//   u8 version = 1, i64 base of times, then items until the end:
//     1 thing        text id, text kind: what the next items are about
//     2 property     text name, value, text unit, time event, time received, u8 provenance | 0x80 bad
//     3 pose         point, numbers heading, pitch, speed, times, u8 provenance | 0x80 has elevation
//     4 description  texts ko, en, point, number heading, attributes, times described, expires,
//                    u8 provenance | 0x80 shape follows | 0x40 has elevation, [shape]
//     5 event        as state_values.h
//     6 departure    time
// Values are whole and exact, so a display's state hash is that of the machine that wrote the frame.

struct StateSection {
  bool hasSource = false;
  Source source;
  std::string bytes;
};

struct StateFrame {
  bool key = false;
  uint64_t epoch = 0;
  uint32_t seq = 0;
  base::UtcNs time = 0;
  std::vector<std::string> here;
  std::vector<std::pair<std::string, std::string>> moved;
  std::vector<std::string> gone;
  std::vector<StateSection> sections;
};

std::string encodeStateFrame(const StateFrame& frame);
/// Refuses anything damaged and bodies of more than 16 MiB.
base::Result<StateFrame> decodeStateFrame(std::string_view bytes);

/// Writes the items of one section.
class SectionWriter {
 public:
  explicit SectionWriter(base::UtcNs baseTime);
  void thing(const model::EntityInfo& info);
  void property(const model::PropertyRow& row);
  void pose(const model::Pose& pose);
  void description(const model::EntityInfo& info);
  void event(const model::Event& event);
  void departure(std::string_view id, base::UtcNs time);
  size_t size() const { return bytes_.size(); }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  ByteWriter out_;
  base::UtcNs base_;
  const void* about_ = nullptr;  // the thing written last
};

enum class SectionItem : uint8_t { Thing = 1, Property, Pose, Description, Event, Departure };
constexpr uint8_t kSectionVersion = 1;
constexpr const char* kSectionTopic = "state/section";

}  // namespace feeds

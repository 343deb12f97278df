// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/keyframe.h"
#include "twin/feeds/raw_message.h"
#include "twin/feeds/source.h"

namespace record {

// The recording is the wire, appended. All numbers little-endian.
//   file    "ACTWLOG\n" (8 bytes), u32 version = 3, u32 reserved = 0, then blocks
//   block   u32 magic "BLK1", u32 compressed bytes, u32 raw bytes, u32 records, i64 first and last
//           received time, u32 CRC-32 of the compressed bytes, u32 CRC-32 of the 36 bytes before; then
//           the records, compressed with zstd (RFC 8878), up to version 2 with zlib (RFC 1950); a block's first
//           bytes tell which
//   record  u32 length of what follows, u8 kind, body
//     1 source   u16 number, f64 expected period, u8 provenance, three texts: name, standard, endpoint
//     2 message  u16 source, u64 seq, i64 received (UTC ns), i64 shift, text topic, the payload
//     3 lost     u16 source, u64 messages that could not be recorded
//     4 note     text name, bytes: what is to be known beside the messages (capsule.h)
//   text    u16 length, UTF-8 bytes
// A source is described before its first message. A file ends wherever the program ended: a torn last
// block is expected and ends the recording with a warning.
//
// Version 2 added keyframes, so that a player need not start from the beginning; version 1 has none. Both are
// still read. A keyframe is a block of its own with the same header, in which
//   magic "KEY1" | records: flags, bit 0 = a run starts here | first: bytes that lie between the message to
//   go on with and this block | last: newest received time of the messages before this block
// and, compressed: varint n, n times u16 number of the source in this file; then the state as
// feeds::encodeKeyframe() writes it, whose sources are these n in order.
//   Seeking to T: take the last keyframe whose `last` <= T, restore it, go `first` bytes back from the
//   block's start (never before the block of the keyframe before it that starts a run), and play on, leaving
//   out messages whose seq is not above the source's `settled`: those are in the state.
//   Playing through: a keyframe that starts a run is restored, since the run knew nothing of what the file
//   holds before; all others are passed over.

constexpr char kFileMagic[9] = "ACTWLOG\n";
constexpr uint32_t kVersion = 3;
constexpr uint32_t kOldestVersion = 1;
constexpr uint32_t kBlockMagic = 0x314b4c42;  // "BLK1"
constexpr uint32_t kKeyframeMagic = 0x3159454b;  // "KEY1"
constexpr size_t kFileHeaderBytes = 16;
constexpr size_t kBlockHeaderBytes = 40;
constexpr size_t kMaxBlockBytes = 128u << 20;  ///< raw; a larger claim is a broken file

struct SourceRecord {
  uint16_t number = 0;
  feeds::Source source;
};
struct MessageRecord {
  feeds::RawMessage message;  ///< message.source is the file's own number
};
struct LostRecord {
  uint16_t source = 0;
  uint64_t count = 0;
};
struct NoteRecord {
  std::string name;
  std::string bytes;
};
/// A keyframe block, opened.
struct KeyframeRecord {
  std::vector<uint16_t> numbers;  ///< of the state's sources in this file
  feeds::Keyframe state;
};
using Record = std::variant<SourceRecord, MessageRecord, LostRecord, NoteRecord, KeyframeRecord>;

struct BlockHeader {
  bool keyframe = false;
  bool startsRun = false;  ///< of keyframes; so is `back`
  uint64_t back = 0;       ///< bytes from the block of the next message to this one
  uint32_t compressedBytes = 0;
  uint32_t rawBytes = 0;
  uint32_t records = 0;
  base::UtcNs first = 0, last = 0;
  uint32_t crc = 0;
};

std::string fileHeader();
/// The error says what is wrong with the first 16 bytes.
base::Status checkFileHeader(std::string_view bytes);

void appendSource(std::string& block, uint16_t number, const feeds::Source& source);
void appendMessage(std::string& block, uint16_t source, const feeds::RawMessage& message);
void appendLost(std::string& block, uint16_t source, uint64_t count);
void appendNote(std::string& block, std::string_view name, std::string_view bytes);

/// Header and compressed payload of one block.
std::string sealBlock(std::string_view raw, uint32_t records, base::UtcNs first, base::UtcNs last);
/// A keyframe block; empty when the state is larger than a block may be. `newest`: received time.
std::string sealKeyframe(const KeyframeRecord& keyframe, bool startsRun, uint64_t back, base::UtcNs newest);
/// The same block with other words in its header.
std::string asStartOfRun(std::string_view keyframeBlock);
base::Result<BlockHeader> parseBlockHeader(std::string_view bytes);
/// Also of a keyframe, which is the only record of its block.
base::Result<std::vector<Record>> openBlock(const BlockHeader& header, std::string_view compressed);

}  // namespace record

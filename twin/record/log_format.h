// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/raw_message.h"
#include "twin/feeds/source.h"

namespace record {

// The recording is the wire, appended. All numbers little-endian.
//   file    "ACTWLOG\n" (8 bytes), u32 version = 1, u32 reserved = 0, then blocks
//   block   u32 magic "BLK1", u32 compressed bytes, u32 raw bytes, u32 records, i64 first and last
//           received time, u32 CRC-32 of the compressed bytes, u32 CRC-32 of the 36 bytes before; then
//           the records, compressed with zlib (RFC 1950)
//   record  u32 length of what follows, u8 kind, body
//     1 source   u16 number, f64 expected period, u8 provenance, three texts: name, standard, endpoint
//     2 message  u16 source, u64 seq, i64 received (UTC ns), i64 shift, text topic, the payload
//     3 lost     u16 source, u64 messages that could not be recorded
//   text    u16 length, UTF-8 bytes
// A source is described before its first message. A file ends wherever the program ended: a torn last
// block is expected and ends the recording with a warning.

constexpr char kFileMagic[9] = "ACTWLOG\n";
constexpr uint32_t kVersion = 1;
constexpr uint32_t kBlockMagic = 0x314b4c42;  // "BLK1"
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
using Record = std::variant<SourceRecord, MessageRecord, LostRecord>;

struct BlockHeader {
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

/// Header and compressed payload of one block.
std::string sealBlock(std::string_view raw, uint32_t records, base::UtcNs first, base::UtcNs last);
base::Result<BlockHeader> parseBlockHeader(std::string_view bytes);
base::Result<std::vector<Record>> openBlock(const BlockHeader& header, std::string_view compressed);

}  // namespace record

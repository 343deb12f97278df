// SPDX-License-Identifier: Apache-2.0
#include "twin/record/log_format.h"

#include <zlib.h>

#include <bit>
#include <cstring>
#include <utility>

#include "engine/base/compression.h"

namespace record {
namespace {

enum : uint8_t { kSourceKind = 1, kMessageKind = 2, kLostKind = 3, kNoteKind = 4 };
constexpr uint32_t kStartsRun = 1;

static_assert(std::endian::native == std::endian::little, "byte order is written as it lies in memory");

template <typename T>
void put(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

void putText(std::string& out, std::string_view text) {
  const auto length = static_cast<uint16_t>(std::min<size_t>(text.size(), UINT16_MAX));
  put(out, length);
  out.append(text.substr(0, length));
}

/// Reads from the left and remembers whether anything was missing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  template <typename T>
  T get() {
    T value{};
    if (rest_.size() < sizeof(T)) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  std::string_view take(size_t count) {
    if (rest_.size() < count) {
      ok_ = false;
      return {};
    }
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }
  std::string text() { return std::string(take(get<uint16_t>())); }
  std::string_view rest() const { return rest_; }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

uint32_t crcOf(std::string_view bytes) {
  return static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

template <typename F>
void appendRecord(std::string& block, uint8_t kind, F&& body) {
  const size_t at = block.size();
  put(block, uint32_t{0});
  put(block, kind);
  body();
  const auto length = static_cast<uint32_t>(block.size() - at - sizeof(uint32_t));
  std::memcpy(block.data() + at, &length, sizeof length);
}

bool readRecord(std::string_view bytes, std::vector<Record>& records) {
  Reader in(bytes);
  const auto kind = in.get<uint8_t>();
  if (kind == kSourceKind) {
    SourceRecord r;
    r.number = in.get<uint16_t>();
    r.source.expectedPeriod = in.get<double>();
    const auto provenance = in.get<uint8_t>();
    if (provenance > static_cast<uint8_t>(model::Provenance::Surveyed)) return false;
    r.source.provenance = static_cast<model::Provenance>(provenance);
    r.source.name = in.text();
    r.source.standard = in.text();
    r.source.endpoint = in.text();
    if (in.ok()) records.emplace_back(std::move(r));
  } else if (kind == kMessageKind) {
    MessageRecord r;
    r.message.source = in.get<uint16_t>();
    r.message.seq = in.get<uint64_t>();
    r.message.received = in.get<int64_t>();
    r.message.shift = in.get<int64_t>();
    r.message.topic = in.text();
    r.message.bytes = in.rest();
    if (in.ok()) records.emplace_back(std::move(r));
  } else if (kind == kLostKind) {
    LostRecord r;
    r.source = in.get<uint16_t>();
    r.count = in.get<uint64_t>();
    if (in.ok()) records.emplace_back(r);
  } else if (kind == kNoteKind) {
    NoteRecord r;
    r.name = in.text();
    r.bytes = in.rest();
    if (in.ok()) records.emplace_back(std::move(r));
  }  // other kinds come from a newer program and are skipped
  return in.ok();
}

}  // namespace

std::string fileHeader() {
  std::string out(kFileMagic, 8);
  put(out, kVersion);
  put(out, uint32_t{0});
  return out;
}

base::Status checkFileHeader(std::string_view bytes) {
  if (bytes.size() < kFileHeaderBytes || bytes.substr(0, 8) != std::string_view(kFileMagic, 8)) {
    return base::Error{"is not a recording of this program"};
  }
  const auto version = Reader(bytes.substr(8)).get<uint32_t>();
  if (version < kOldestVersion || version > kVersion) {
    return base::Error{"has recording version " + std::to_string(version) + ", this program reads up to " +
                       std::to_string(kVersion)};
  }
  return base::okStatus();
}

void appendSource(std::string& block, uint16_t number, const feeds::Source& source) {
  appendRecord(block, kSourceKind, [&] {
    put(block, number);
    put(block, source.expectedPeriod);
    put(block, static_cast<uint8_t>(source.provenance));
    putText(block, source.name);
    putText(block, source.standard);
    putText(block, source.endpoint);
  });
}

void appendMessage(std::string& block, uint16_t source, const feeds::RawMessage& message) {
  appendRecord(block, kMessageKind, [&] {
    put(block, source);
    put(block, message.seq);
    put(block, message.received);
    put(block, message.shift);
    putText(block, message.topic);
    block.append(message.bytes);
  });
}

void appendLost(std::string& block, uint16_t source, uint64_t count) {
  appendRecord(block, kLostKind, [&] {
    put(block, source);
    put(block, count);
  });
}

void appendNote(std::string& block, std::string_view name, std::string_view bytes) {
  appendRecord(block, kNoteKind, [&] {
    putText(block, name);
    block.append(bytes);
  });
}

namespace {

/// Words of a block's header that are not counted from its payload.
struct Words {
  uint32_t magic = kBlockMagic;
  uint32_t records = 0;
  int64_t first = 0, last = 0;
};

std::string withHeader(const Words& words, uint32_t rawBytes, std::string_view compressed) {
  std::string block;
  put(block, words.magic);
  put(block, static_cast<uint32_t>(compressed.size()));
  put(block, rawBytes);
  put(block, words.records);
  put(block, words.first);
  put(block, words.last);
  put(block, crcOf(compressed));
  put(block, crcOf(block));
  block += compressed;
  return block;
}

std::string seal(const Words& words, std::string_view raw) {
  return withHeader(words, static_cast<uint32_t>(raw.size()), base::packed(raw));
}

/// Of versions 1 and 2.
base::Result<std::string> inflated(const BlockHeader& header, std::string_view compressed) {
  std::string raw(header.rawBytes, '\0');
  auto size = static_cast<uLongf>(raw.size());
  const int rc =
      uncompress(reinterpret_cast<Bytef*>(raw.data()), &size,
                 reinterpret_cast<const Bytef*>(compressed.data()), static_cast<uLong>(compressed.size()));
  if (rc != Z_OK || size != raw.size()) return base::Error{"a damaged zlib stream"};
  return raw;
}

base::Result<std::vector<Record>> openKeyframe(std::string_view raw) {
  feeds::ByteReader in(raw);
  KeyframeRecord record;
  const size_t sources = in.count(sizeof(uint16_t));
  for (size_t i = 0; i < sources; ++i) record.numbers.push_back(in.get<uint16_t>());
  if (!in.ok()) return base::Error{"a keyframe is damaged"};
  auto state = feeds::decodeKeyframe(in.rest());
  if (!state) return base::Error{state.error()};
  if (state->sources.size() != record.numbers.size()) return base::Error{"a keyframe is damaged"};
  record.state = *std::move(state);
  std::vector<Record> records;
  records.emplace_back(std::move(record));
  return records;
}

}  // namespace

std::string sealBlock(std::string_view raw, uint32_t records, base::UtcNs first, base::UtcNs last) {
  return seal({kBlockMagic, records, first, last}, raw);
}

std::string sealKeyframe(const KeyframeRecord& keyframe, bool startsRun, uint64_t back, base::UtcNs newest) {
  std::string raw;
  feeds::ByteWriter out(raw);
  out.varint(keyframe.numbers.size());
  for (const uint16_t number : keyframe.numbers) out.put(number);
  raw += feeds::encodeKeyframe(keyframe.state);
  if (raw.size() > kMaxBlockBytes) return {};
  return seal({kKeyframeMagic, startsRun ? kStartsRun : 0, static_cast<int64_t>(back), newest}, raw);
}

std::string asStartOfRun(std::string_view keyframeBlock) {
  const auto header = parseBlockHeader(keyframeBlock);
  ENSURE(header.ok() && header->keyframe);
  return withHeader({kKeyframeMagic, kStartsRun, 0, header->last}, header->rawBytes,
                    keyframeBlock.substr(kBlockHeaderBytes));
}

base::Result<BlockHeader> parseBlockHeader(std::string_view bytes) {
  Reader in(bytes.substr(0, kBlockHeaderBytes));
  BlockHeader header;
  const auto magic = in.get<uint32_t>();
  header.compressedBytes = in.get<uint32_t>();
  header.rawBytes = in.get<uint32_t>();
  header.records = in.get<uint32_t>();
  header.first = in.get<int64_t>();
  header.last = in.get<int64_t>();
  header.crc = in.get<uint32_t>();
  const auto own = in.get<uint32_t>();
  if (!in.ok()) return base::Error{"the last block is torn"};
  header.keyframe = magic == kKeyframeMagic;
  if ((!header.keyframe && magic != kBlockMagic) || own != crcOf(bytes.substr(0, kBlockHeaderBytes - sizeof own))) {
    return base::Error{"a block header is damaged"};
  }
  // What cannot be compressed grows: with zstd by a 256th, with zlib by less.
  if (header.rawBytes > kMaxBlockBytes || header.compressedBytes > kMaxBlockBytes + kMaxBlockBytes / 128) {
    return base::Error{"a block claims to be larger than 128 MiB"};
  }
  if (header.keyframe) {
    header.startsRun = (header.records & kStartsRun) != 0;
    header.back = static_cast<uint64_t>(std::exchange(header.first, header.last));
    header.records = 1;
  }
  return header;
}

base::Result<std::vector<Record>> openBlock(const BlockHeader& header, std::string_view compressed) {
  if (compressed.size() != header.compressedBytes) return base::Error{"the last block is torn"};
  if (crcOf(compressed) != header.crc) return base::Error{"a block is damaged (CRC)"};
  const auto raw = base::isPacked(compressed) ? base::unpacked(compressed, header.rawBytes) : inflated(header, compressed);
  if (!raw || raw->size() != header.rawBytes) return base::Error{"a block is damaged (compression)"};
  if (header.keyframe) return openKeyframe(*raw);
  std::vector<Record> records;
  records.reserve(std::min<size_t>(header.records, raw->size() / 5));
  Reader in(*raw);
  while (!in.rest().empty()) {
    const std::string_view body = in.take(in.get<uint32_t>());
    if (!in.ok() || !readRecord(body, records)) return base::Error{"a block is damaged (record)"};
  }
  return records;
}

}  // namespace record

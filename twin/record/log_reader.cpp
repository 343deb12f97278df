// SPDX-License-Identifier: Apache-2.0
#include "twin/record/log_reader.h"

#include <algorithm>
#include <utility>

namespace record {

base::Result<LogReader> LogReader::open(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{"recording " + path.string() + " cannot be opened; check the path"};
  std::string header(kFileHeaderBytes, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  header.resize(static_cast<size_t>(file.gcount()));
  if (auto status = checkFileHeader(header); !status)
    return base::Error{path.string() + " " + status.error()};
  return LogReader(path, std::move(file));
}

void LogReader::warn(const std::string& what) {
  warnings_.push_back(path_.string() + ": " + what);
}

bool LogReader::atEnd() {
  file_.clear();
  return file_.peek() == std::ifstream::traits_type::eof();
}

std::optional<BlockHeader> LogReader::readHeader() {
  if (atEnd()) return std::nullopt;
  std::string bytes(kBlockHeaderBytes, '\0');
  file_.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(file_.gcount()));
  auto header = parseBlockHeader(bytes);
  if (!header) {
    warn(header.error() + "; the recording ends here");
    file_.clear();
    file_.seekg(0, std::ios::end);
    return std::nullopt;
  }
  return *header;
}

base::Result<std::vector<Record>> LogReader::readPayload(const BlockHeader& header) {
  std::string compressed;
  // Grown as it is read: a header may claim more than the file has.
  while (compressed.size() < header.compressedBytes) {
    const size_t at = compressed.size(), step = std::min<size_t>(header.compressedBytes - at, 1u << 20);
    compressed.resize(at + step);
    file_.read(compressed.data() + at, static_cast<std::streamsize>(step));
    compressed.resize(at + static_cast<size_t>(file_.gcount()));
    if (static_cast<size_t>(file_.gcount()) < step) break;
  }
  return openBlock(header, compressed);
}

std::optional<std::vector<Record>> LogReader::nextBlock() {
  while (const std::optional<BlockHeader> header = readHeader()) {
    if (header->keyframe && !header->startsRun) {
      file_.seekg(header->compressedBytes, std::ios::cur);
      continue;
    }
    auto records = readPayload(*header);
    if (records) return *std::move(records);
    warn(records.error());
  }
  return std::nullopt;
}

base::Result<KeyframeRecord> LogReader::keyframeAt(const LogSummary::KeyframePlace& place) {
  goTo(place.offset);
  const std::optional<BlockHeader> header = readHeader();
  if (!header || !header->keyframe) return base::Error{path_.string() + ": a keyframe is not where it was"};
  auto records = readPayload(*header);
  if (!records) return base::Error{path_.string() + ": " + records.error()};
  return std::get<KeyframeRecord>(std::move(records->front()));
}

void LogReader::goTo(uint64_t offset) {
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(offset));
}

void LogReader::rewind() {
  goTo(kFileHeaderBytes);
}

LogSummary LogReader::summary() {
  file_.clear();
  const auto position = file_.tellg();
  rewind();
  LogSummary summary;
  summary.end = kFileHeaderBytes;
  std::vector<std::string> before = std::exchange(warnings_, {});
  std::error_code error;
  const uint64_t size = std::filesystem::file_size(path_, error);
  uint64_t offset = kFileHeaderBytes, runStart = kFileHeaderBytes;
  while (const std::optional<BlockHeader> header = readHeader()) {
    const uint64_t next = offset + kBlockHeaderBytes + header->compressedBytes;
    ++summary.blocks;
    if (next <= size) summary.end = next;
    if (header->keyframe && next <= size) {
      if (header->startsRun) runStart = next;
      const uint64_t resume = header->startsRun ? next : offset - std::min(header->back, offset - runStart);
      summary.keyframes.push_back({offset, resume, std::max(header->last, summary.last)});
    } else if (!header->keyframe && header->last != 0) {  // else nothing but sources, losses and notes
      summary.first = summary.first == 0 ? header->first : std::min(summary.first, header->first);
      summary.last = std::max(summary.last, header->last);
      summary.records += header->records;
    }
    file_.seekg(header->compressedBytes, std::ios::cur);
    offset = next;
  }
  summary.warnings = std::exchange(warnings_, std::move(before));
  file_.clear();
  file_.seekg(position);
  return summary;
}

}  // namespace record

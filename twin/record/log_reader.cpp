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

std::optional<std::vector<Record>> LogReader::nextBlock() {
  while (const std::optional<BlockHeader> header = readHeader()) {
    std::string compressed;
    // Grown as it is read: a header may claim more than the file has.
    while (compressed.size() < header->compressedBytes) {
      const size_t at = compressed.size(), step = std::min<size_t>(header->compressedBytes - at, 1u << 20);
      compressed.resize(at + step);
      file_.read(compressed.data() + at, static_cast<std::streamsize>(step));
      compressed.resize(at + static_cast<size_t>(file_.gcount()));
      if (static_cast<size_t>(file_.gcount()) < step) break;
    }
    auto records = openBlock(*header, compressed);
    if (records) return *std::move(records);
    warn(records.error());
  }
  return std::nullopt;
}

void LogReader::rewind() {
  file_.clear();
  file_.seekg(kFileHeaderBytes);
}

LogSummary LogReader::summary() {
  file_.clear();
  const auto position = file_.tellg();
  rewind();
  LogSummary summary;
  std::vector<std::string> before = std::exchange(warnings_, {});
  while (const std::optional<BlockHeader> header = readHeader()) {
    ++summary.blocks;
    if (header->last == 0) {  // nothing but sources and losses
      file_.seekg(header->compressedBytes, std::ios::cur);
      continue;
    }
    summary.first = summary.first == 0 ? header->first : std::min(summary.first, header->first);
    summary.last = std::max(summary.last, header->last);
    summary.records += header->records;
    file_.seekg(header->compressedBytes, std::ios::cur);
  }
  summary.warnings = std::exchange(warnings_, std::move(before));
  file_.clear();
  file_.seekg(position);
  return summary;
}

}  // namespace record

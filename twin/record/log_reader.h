// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <optional>

#include "twin/record/log_format.h"

namespace record {

/// What a recording holds, from its block headers.
struct LogSummary {
  base::UtcNs first = 0, last = 0;  ///< received times
  uint64_t records = 0;
  uint64_t blocks = 0;
  std::vector<std::string> warnings;
};

/// Reads a recording block by block. Damage is survived: a damaged block is skipped, a torn end ends the
/// recording, each with a warning.
class LogReader {
 public:
  static base::Result<LogReader> open(const std::filesystem::path& path);

  /// The records of the next readable block; nothing at the end.
  std::optional<std::vector<Record>> nextBlock();
  /// Back to the first block.
  void rewind();
  /// Looks at the headers only; leaves the reading position alone.
  LogSummary summary();
  /// Warnings since the last call.
  std::vector<std::string> takeWarnings() { return std::exchange(warnings_, {}); }

 private:
  LogReader(std::filesystem::path path, std::ifstream file)
      : path_(std::move(path)), file_(std::move(file)) {}
  std::optional<BlockHeader> readHeader();
  bool atEnd();
  void warn(const std::string& what);

  std::filesystem::path path_;
  std::ifstream file_;
  std::vector<std::string> warnings_;
};

}  // namespace record

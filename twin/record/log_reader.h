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
  struct KeyframePlace {
    uint64_t offset = 0;     ///< of its block in the file
    uint64_t resume = 0;     ///< offset of the block to go on with
    base::UtcNs newest = 0;  ///< received time: everything before the block is not newer
  };
  std::vector<KeyframePlace> keyframes;
  uint64_t end = 0;  ///< offset behind the last whole block
  std::vector<std::string> warnings;
};

/// Reads a recording block by block. Damage is survived: a damaged block is skipped, a torn end ends the
/// recording, each with a warning.
class LogReader {
 public:
  static base::Result<LogReader> open(const std::filesystem::path& path);

  /// The records of the next readable block; nothing at the end. Keyframes are passed over, but for
  /// those that start a run.
  std::optional<std::vector<Record>> nextBlock();
  /// Back to the first block, or to any other.
  void rewind();
  void goTo(uint64_t offset);
  /// The keyframe at a place that summary() gave; the reading position is then behind it.
  base::Result<KeyframeRecord> keyframeAt(const LogSummary::KeyframePlace& place);
  /// Looks at the headers only; leaves the reading position alone.
  LogSummary summary();
  /// Warnings since the last call.
  std::vector<std::string> takeWarnings() { return std::exchange(warnings_, {}); }

 private:
  LogReader(std::filesystem::path path, std::ifstream file)
      : path_(std::move(path)), file_(std::move(file)) {}
  std::optional<BlockHeader> readHeader();
  base::Result<std::vector<Record>> readPayload(const BlockHeader& header);
  bool atEnd();
  void warn(const std::string& what);

  std::filesystem::path path_;
  std::ifstream file_;
  std::vector<std::string> warnings_;
};

}  // namespace record

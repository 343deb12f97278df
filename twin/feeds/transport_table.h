// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "twin/feeds/mapping.h"
#include "twin/feeds/transport.h"

namespace feeds {

struct TableOptions {
  std::filesystem::path path;
  std::string topic;
  std::shared_ptr<const Mapping> mapping;  ///< null: the file is one message
  double periodSeconds = 60;               ///< how often a changed file is looked for; 0: read once
  size_t chunkBytes = 256u << 10;          ///< of a table; JSON and XML files are one message of at most 8 MiB
  /// Where given, event times are shifted by now - sampleTime, and the file is delivered in every period:
  /// a sample plays as if it were of today.
  base::UtcNs sampleTime = 0;
  std::function<base::UtcNs()> now;  ///< for the shift; empty: the machine's clock
  bool ownThread = true;             ///< off: start() delivers once on the caller's thread, for a fixed clock
};

/// Reads a file of foreign data. A table (CSV) streams: rows go out in messages of a few hundred KiB, each
/// with the header line before it, so that memory stays flat however large the file is. A line longer than
/// CsvReader::kLongestRow is left out and said as a gap. The file is read again when it has changed.
std::unique_ptr<Transport> makeTableTransport(TableOptions options);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/raw_message.h"
#include "twin/feeds/source.h"
#include "twin/feeds/transport.h"

namespace feeds {

/// Events that do not fit into memory, on disk until they do: first in, first out, as much as the disk holds.
/// One file `events-<pid>.spill` in a folder, made with the first event, locked while the program lives, and
/// removed when empty. What a killed program leaves behind is brought by makeSpillTransport().
/// A record: length and CRC-32 of what follows (little endian), then the message and its source's name.
/// Not thread-safe: the queue that spills guards it.
class EventSpill {
 public:
  explicit EventSpill(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~EventSpill();
  EventSpill(const EventSpill&) = delete;
  EventSpill& operator=(const EventSpill&) = delete;

  /// False when the disk does not take it (full, read-only): the caller keeps the message.
  bool put(const RawMessage& message, const Source& source);
  /// The oldest messages, at most so many and of about so many bytes.
  std::vector<RawMessage> take(size_t count, size_t bytes);

  uint64_t pending() const { return pending_; }
  uint64_t bytes() const { return written_ - read_; }

 private:
  bool open();
  void clear();

  std::filesystem::path folder_, file_;
  int fd_ = -1;
  uint64_t written_ = 0, read_ = 0;  // offsets
  uint64_t pending_ = 0;
};

/// True when a program that is gone left events in the folder.
bool hasAbandonedSpill(const std::filesystem::path& folder);
/// Brings them, each in the name of its source, and removes the files once they are delivered. A torn record
/// at the end of a file (the program died while writing) ends it and is reported as a gap.
std::unique_ptr<Transport> makeSpillTransport(std::filesystem::path folder);

/// Where a user's programs keep such things: $XDG_STATE_HOME/alphacity, else ~/.local/state/alphacity; empty
/// when there is neither.
std::filesystem::path stateFolder();

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/clock.h"

namespace history {

/// How the writing of history goes; a copy, for panels and alarms. Trouble here never touches the twin.
struct HistoryStatus {
  enum class State : uint8_t {
    Off,          ///< nobody asked for history
    Writing,      ///< all is well
    DiskFull,     ///< stands still until there is room again, tries every few seconds
    Unreachable,  ///< the server does not answer; tries again with back-off
    Elsewhere,    ///< another program writes this store: here it can only be read
    Failed,       ///< anything else; tries again, `problem` says what
  };
  State state = State::Off;
  std::string problem;           ///< one line, empty while Writing
  std::string store;             ///< file or URL without secrets
  uint64_t durable = 0;          ///< number of the last message that is safe on disk (the ticket)
  uint64_t rows = 0;             ///< observations made durable by this run
  uint64_t lostRows = 0;         ///< observations that could not be kept; each loss is also a gap
  size_t waitingBytes = 0;       ///< in memory, not yet durable
  uint64_t diskBytes = 0;        ///< of the whole store; refreshed every minute
  base::UtcNs durableUntil = 0;  ///< received time of the last durable message
  base::UtcNs since = 0;         ///< when `state` began

  bool troubled() const { return state != State::Off && state != State::Writing; }
};

}  // namespace history

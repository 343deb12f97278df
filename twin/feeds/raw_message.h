// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/clock.h"
#include "twin/model/entity.h"

namespace feeds {

/// One message as it came off a wire, before anybody looked inside. What the recorder writes and the
/// player plays.
struct RawMessage {
  model::SourceId source = model::kNoSource;  ///< index into Ingest's sources
  uint64_t seq = 0;                           ///< counts messages of the source from 1; a hole is a gap
  base::UtcNs received = 0;       ///< wall clock at arrival; of the recording when played as it was
  base::MonoNs receivedMono = 0;  ///< steady clock at arrival, for lags
  int64_t shift = 0;              ///< nanoseconds added to event times after decoding
  uint64_t knowledge = ~uint64_t{0};  ///< additions to the datastream registry at arrival
  std::string topic;
  std::string bytes;

  size_t weight() const { return sizeof(RawMessage) + topic.size() + bytes.size(); }
};

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "twin/feeds/normalise.h"
#include "twin/feeds/sequencer.h"

namespace feeds {

/// What became of a message.
enum class Fate : uint8_t { Applied, Late, Duplicate, Rejected };

/// A message on its way from a decoder to the store, and what the stages found out about it.
struct DecodedMessage {
  RawMessage raw;  ///< without its bytes once decoded
  uint64_t place = 0;  ///< QueuedMessage::place
  model::Observations observations;
  std::string rejectedFor;         ///< a reason when the decoder refused it
  std::vector<std::string> flags;  ///< reasons of refused parts
  std::optional<std::pair<std::string, bool>> online;  ///< a gateway and whether it lives
  // Filled by the writer:
  model::Observations late;  ///< older than what is known; kept only when somebody listens
  Fate fate = Fate::Applied;
  Normaliser::Outcome normalised;
  Sequencer::Outcome sequenced;
};

}  // namespace feeds

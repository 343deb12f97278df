// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "twin/feeds/decoder.h"

namespace feeds {

/// What a full queue may do with a message.
enum class QueueClass : uint8_t {
  Position,  ///< a newer one of the same topic replaces it
  State,     ///< the oldest is dropped
  Event      ///< never dropped: the transport waits
};

/// One wire format. A new format is one decoder and one row.
struct DecoderRow {
  std::string_view topic;  ///< '+' matches any run without '/', '#' at the end matches the rest
  Decoder decode;
  QueueClass queueClass;
  size_t maxBytes;
  std::string_view standard;  ///< for people
  Learner learn = nullptr;    ///< null: nothing to learn
};

std::span<const DecoderRow> decoderTable();
/// The first row that fits, or null.
const DecoderRow* findDecoder(std::string_view topic);
bool topicMatches(std::string_view pattern, std::string_view topic);

}  // namespace feeds

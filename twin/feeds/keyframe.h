// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "twin/feeds/sequencer.h"
#include "twin/feeds/source.h"
#include "twin/model/change_batch.h"

namespace feeds {

/// The whole state of the feed's path between two messages: what is known, and what the sequencer
/// remembers. A path that restores one and then takes the messages after it is in the same state as one
/// that took all messages. Source numbers are positions in `sources`.
struct Keyframe {
  struct Known {
    Source source;
    /// Messages of the source up to this seq are in the state, or were refused or replaced. Later ones may
    /// be in it too; playing them again changes nothing, since the sequencer knows them.
    uint64_t settled = 0;
  };
  std::vector<Known> sources;
  std::vector<model::Entity> entities;  ///< of the city pack's: only those that a feed has spoken of
  std::vector<model::Event> events;     ///< the last few, oldest first
  std::string memory;                   ///< of sequencer and roster, as their save() writes it
  /// Messages that taught the datastream registry, in order: what comes later needs them.
  struct Lesson {
    model::SourceId source = model::kNoSource;
    std::string topic, bytes;
  };
  std::vector<Lesson> lessons;
};

/// Bytes of a keyframe: u8 version = 1, then sources, entities, events and memory, as keyframe.cpp writes
/// them. Not compressed.
std::string encodeKeyframe(const Keyframe& keyframe);
/// Fails on anything damaged or of another version; claims of more than the bytes can hold are refused
/// before anything is allocated.
base::Result<Keyframe> decodeKeyframe(std::string_view bytes);

}  // namespace feeds

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/result.h"
#include "twin/core/geodesy.h"
#include "twin/feeds/datastream_registry.h"
#include "twin/feeds/mapping.h"
#include "twin/feeds/raw_message.h"
#include "twin/feeds/vocabulary.h"
#include "twin/model/observation.h"

namespace feeds {

class GtfsRegistry;
class IntersectionRegistry;

/// What decoders may know besides the bytes. Shared by all workers, constant while they run.
struct DecodeContext {
  const core::CityFrame& frame;
  const DatastreamRegistry& datastreams;
  model::Provenance provenance = model::Provenance::Measured;  ///< of values that do not say it
  const IntersectionRegistry* intersections = nullptr;         ///< may be null: none is known
  const GtfsRegistry* gtfs = nullptr;                          ///< static feeds; may be null
  const Vocabulary* vocabulary = nullptr;  ///< other people's names for kinds and properties; may be null
  const MappingRegistry* mappings = nullptr;  ///< of mapped/...; null: none
};

/// What one message said, or why it is refused. The error text is the reason under which the refusal is
/// counted ("json", "position", "unknown_datastream" ...), so it comes from the short list in
/// decode_reason.h, never from the message.
using Decoded = base::Result<model::Observations>;

/// A pure function of the message and the context: no clock, no state, safe from any thread.
using Decoder = Decoded (*)(const RawMessage& message, const DecodeContext& context);

/// What messages may add to. Any thread may read them meanwhile.
struct Registries {
  DatastreamRegistry& datastreams;
  GtfsRegistry& gtfs;
};

/// Takes from a message what later messages need to be understood (a server's list of its datastreams). Called
/// in the order of arrival, before anything that arrives later is decoded; ignores what decode() will refuse.
using Learner = void (*)(const RawMessage& message, const DecodeContext& context, const Registries& to);

}  // namespace feeds

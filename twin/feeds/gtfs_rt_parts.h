// SPDX-License-Identifier: Apache-2.0
// Internal to the GTFS-Realtime decoder.
#pragma once

#include <string>
#include <vector>

#include "twin/feeds/decoder.h"
#include "twin/feeds/gtfs_index.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include "gtfs-realtime.pb.h"
#pragma GCC diagnostic pop

namespace feeds::gtfs_rt {

namespace rt = transit_realtime;

/// What all entities of one message share.
struct Feed {
  const DecodeContext& context;
  std::string kind;               ///< of vehicles: "bus"
  std::string name = "gtfs";      ///< of the static feed, in entity ids
  const GtfsIndex* index = nullptr;  ///< null: no static feed is known
  base::UtcNs time = 0;           ///< of the header, for entities without their own
  bool differential = false;      ///< what is absent stays
  model::Provenance provenance = model::Provenance::Measured;
  model::Observations seen;

  /// Of what the feed foretells.
  model::Provenance predicted() const {
    return provenance == model::Provenance::Measured ? model::Provenance::Predicted : provenance;
  }
};

/// POSIX seconds as a moment; `fallback` for absent or absurd ones.
base::UtcNs moment(bool present, uint64_t seconds, base::UtcNs fallback);

std::string tripEntity(const Feed& feed, std::string_view trip);
std::string alertEntity(const Feed& feed, std::string_view id);

/// The reason when the entity is refused.
const char* readTripUpdate(const rt::FeedEntity& entity, Feed& feed);
const char* readAlert(const rt::FeedEntity& entity, Feed& feed);
/// The next arrivals of every stop, of all trip updates of a full data set together.
void readStopBoards(const rt::FeedMessage& message, Feed& feed);

/// The rules of the GTFS-Realtime validator (MobilityData gtfs-realtime-validator, RULES.md) that one message
/// and the static feed can tell, as flags "gtfs_e004", "gtfs_w008": every broken rule once per message.
/// Rules that compare feeds or messages with each other (E017, E018, E047, W003, W007) are not among them.
/// E028 takes the stops' bounding box widened by 1.6 km; E029 is broken beyond 100 m from the trip's shape.
std::vector<std::string> check(const rt::FeedMessage& message, const GtfsIndex* index, base::UtcNs received);

}  // namespace feeds::gtfs_rt

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

class GtfsRegistry;

/// A static GTFS feed (zip archive), topic gtfs/<name>: stops become things of the kinds transit_stop,
/// transit_station and transit_entrance, routes things of kind route with the courses of their shapes (or,
/// without shapes.txt, the line through the stops of their longest trip, said so in the attribute "course").
/// Entities are <name>/stop/<id> and <name>/route/<id>. What is wrong but usable is flagged gtfs_<notice>.
Decoded decodeGtfs(const RawMessage& message, const DecodeContext& context);

/// Remembers the feed in the registry under the name of its topic. Ingest calls it as messages come in, before
/// they are decoded, so that what follows can be read with it however many workers decode.
void learnGtfs(const RawMessage& message, GtfsRegistry& registry);

/// Entities of a feed's stops and routes.
std::string gtfsStopEntity(std::string_view feed, std::string_view stop);
std::string gtfsRouteEntity(std::string_view feed, std::string_view route);

}  // namespace feeds

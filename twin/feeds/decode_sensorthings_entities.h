// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// OGC SensorThings API 1.1 entities (OGC 18-088 section 8.2) as a server lists them by REST, with whatever it
/// expanded (section 9.3.2.1), or as MQTT publishes them (section 14.3): Things, Locations,
/// HistoricalLocations, Datastreams, FeaturesOfInterest; other collections say nothing by themselves.
///   - a Thing is described by name, properties and Location; one on Things(N)/Locations or a
///     HistoricalLocation is where the thing was: a pose;
///   - Observations expanded inside Datastreams are values, as in decode_sensorthings.h.
/// Names: `frost/Things(5)` for the Thing 5 of the server "frost"; a Datastream without Thing stands for itself.
Decoded decodeSensorThingsEntities(const RawMessage& message, const DecodeContext& context);

/// Enters the Datastreams of a message into the registry: the property by the ObservedProperty's definition or
/// name, the unit by unitOfMeasurement's symbol, definition or name (UCUM, QUDT).
void learnSensorThings(const RawMessage& message, const DecodeContext& context, DatastreamRegistry& registry);

}  // namespace feeds

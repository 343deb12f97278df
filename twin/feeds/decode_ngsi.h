// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twin/feeds/decoder.h"

namespace feeds {

/// Entities of NGSI-LD (ETSI GS CIM 009 V1.8.1) and NGSI-v2 (FIWARE-NGSI v2) in every encoding of both:
/// normalized, concise, simplified / keyValues, GeoJSON Feature and FeatureCollection (clause 4.5.16, 4.5.17).
/// The message is an entity, an array of them, a notification (clause 5.3.1; v2 {"subscriptionId","data"}), or
/// either in the MQTT wrapper {"metadata","body"} (clause 7.2).
///   - An entity becomes a description (kind and names by assets/feeds/vocabulary.toml; a type that is not there
///     is its own kind) and one value per attribute; nested values get dots, other instances of a multi-attribute
///     "@dataset", language maps ".ko", ".en". Points of movers are poses.
///   - Time of a value: its observedAt (v2: metadata timestamp / TimeInstant), else the entity's dateObserved,
///     dateObservedTo, TimeInstant, observationDateTime, validTo of no forecast, dateModified, modifiedAt or
///     notifiedAt, else the arrival. Intervals count from their end.
///   - Units: unitCode (UN/CEFACT), else what the vocabulary says.
///   - "urn:ngsi-ld:null" and null empty a value; deletedAt of an entity says that it has left.
Decoded decodeNgsi(const RawMessage& message, const DecodeContext& context);

}  // namespace feeds

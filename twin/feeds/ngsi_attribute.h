// SPDX-License-Identifier: Apache-2.0
// Internal to the NGSI decoder: one attribute in any of its encodings, brought to one form.
#pragma once

#include "twin/feeds/flatten.h"
#include "twin/feeds/geojson_in.h"

namespace feeds::ngsi {

enum class Form : uint8_t { Value, Geo, Language };

/// One instance of an attribute (ETSI GS CIM 009 V1.8.1 clause 4.5; FIWARE NGSI-v2 section "JSON Attribute
/// Representation"), whatever its encoding was.
struct Instance {
  Form form = Form::Value;
  json::element value;          ///< of the property, relationship, vocab, json, list; geometry; language map
  std::string dataset;          ///< last step of datasetId; empty: the default instance
  base::UtcNs observedAt = 0;   ///< 0: not said
  std::string unit;             ///< unitCode; empty: not said
  bool deleted = false;         ///< "urn:ngsi-ld:null" (clause 4.5.0)
  NamedValues further;          ///< its own sub-properties and metadata, names relative to the attribute
};

/// The instances of an attribute. Normalized (clause 4.5.2 and so on), concise (4.5.1 with 4.5.2.3), simplified
/// (4.5.4), NGSI-v2 normalized and keyValues are told apart by their members:
///   - {"type":"Property"|"GeoProperty"|..., ...}           NGSI-LD normalized
///   - {"type":T, "value":v, "metadata":{}}                  NGSI-v2 normalized
///   - {"value"|"object"|"languageMap"|"vocab"|"json"|"valueList"|"objectList": ...} without type: concise
///   - {"dataset":{...}}                                     simplified multi-attribute (4.5.5)
///   - anything else is its own value
std::vector<Instance> instancesOf(const json::element& attribute);

/// {"@type":"DateTime","@value":"..."} is its @value (JSON-LD typed value).
json::element untyped(const json::element& value);

/// A moment in a text value: ISO 8601, without zone UTC, of an interval the end.
std::optional<base::UtcNs> moment(const json::element& value);

}  // namespace feeds::ngsi

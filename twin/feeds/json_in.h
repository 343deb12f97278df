// SPDX-License-Identifier: Apache-2.0
// Internal to the decoders: checked reading of small JSON messages. Only included by their .cpp files.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "twin/feeds/decode_reason.h"
#include "twin/feeds/decoder.h"

namespace feeds::json {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr size_t kSmall = 256u << 10;  ///< bytes of a message about one thing
constexpr size_t kLarge = 16u << 20;   ///< bytes of a polled page or list

/// The message, valid until the next call on this thread (the parsers are reused). Depth is limited to 64,
/// UTF-8 is checked.
base::Result<element> parse(std::string_view bytes, size_t limit);
/// The message as an object, of at most kSmall bytes.
base::Result<object> parseObject(std::string_view bytes);

/// The member, unless absent or null.
std::optional<element> member(const object& from, std::string_view key);

/// A finite number.
std::optional<double> number(const element& value);
/// An instant in ISO 8601 or the end of an interval "from/to". With `zoneless` a text without zone is UTC,
/// as NGSI brokers read it.
std::optional<base::UtcNs> instantOrEnd(std::string_view text, bool zoneless = false);
/// A moment: milliseconds since 1970 as a number, or ISO 8601 with zone; within 1970..2200.
std::optional<base::UtcNs> time(const element& value);
std::optional<std::string_view> text(const element& value);
/// Number, boolean, text or null; nothing for objects and arrays.
std::optional<model::Value> scalar(const element& value);
/// Any scalar as it is written, for details of events.
std::string asText(const element& value);

/// Simulated when the message says "src":"sim", else the source's.
model::Provenance provenance(const object& from, const DecodeContext& context);

/// The numbers of `lon` and `lat` and, if there, `z` as a place in the city; the error is the reason.
struct Place {
  glm::dvec3 position{0};
  bool hasElevation = false;
};
base::Result<Place> place(const object& from, const core::CityFrame& frame);

}  // namespace feeds::json

namespace feeds {

/// Ids come from topics and payloads: 1..128 bytes without control characters.
bool validId(std::string_view id);
/// The level of a topic by index from 0; empty when there is none.
std::string_view topicLevel(std::string_view topic, int index);
/// Radians clockwise from grid north in [0, 2 pi), from degrees clockwise from true north.
double gridHeading(double trueDegrees, const core::CityFrame& frame);
/// Latitude, longitude and elevation within range, as a city position; nothing when out of range.
std::optional<glm::dvec3> cityPosition(const core::GeoPoint& point, const core::CityFrame& frame);

}  // namespace feeds

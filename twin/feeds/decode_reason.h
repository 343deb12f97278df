// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace feeds::reason {

// Why a message, or a part of it, was not applied as sent. These are the keys of SourceStats::rejected
// and SourceStats::flagged.
constexpr const char* kNoDecoder = "no_decoder";  ///< no row of the decoder table fits the topic
constexpr const char* kTopic = "topic";           ///< the topic has the wrong shape
constexpr const char* kTooLarge = "too_large";
constexpr const char* kJson = "json";  ///< not JSON, or too deep
constexpr const char* kXml = "xml";          ///< not well-formed XML
constexpr const char* kXmlDtd = "xml_dtd";   ///< has a document type declaration (entity bombs)
constexpr const char* kEncoding = "encoding";  ///< not UTF-8
constexpr const char* kNotSupported = "unsupported";  ///< well-formed, but a message that is not read here
constexpr const char* kProtobuf = "protobuf";
constexpr const char* kMissingField = "missing_field";
constexpr const char* kWrongType = "wrong_type";
constexpr const char* kNumber = "number";      ///< NaN, infinite or beyond reason
constexpr const char* kPosition = "position";  ///< latitude or longitude out of range
constexpr const char* kTime = "time";          ///< no moment
constexpr const char* kUnknownDatastream = "unknown_datastream";
constexpr const char* kOverload = "overload";  ///< queue full: dropped as the oldest
// Flags: applied, but marked.
constexpr const char* kFuture = "future";            ///< more than 5 s ahead: set to the time of arrival
constexpr const char* kNoPlace = "no_place";          ///< listed, but its location has no coordinates
constexpr const char* kOutOfRange = "out_of_range";  ///< outside the catalogue's range: marked bad

}  // namespace feeds::reason

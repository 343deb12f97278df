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
constexpr const char* kCsv = "csv";  ///< no table: a header is missing, a quote never closes
constexpr const char* kNoMapping = "no_mapping";  ///< the topic names a mapping that was not given
constexpr const char* kNoItems = "no_items";      ///< the mapping's list is not there
// What Korean public services answer instead of data (decode_kr.h).
constexpr const char* kKeyUnregistered = "key_unregistered";
constexpr const char* kKeyExpired = "key_expired";
constexpr const char* kAddressUnregistered = "address_unregistered";
constexpr const char* kAccessDenied = "access_denied";
constexpr const char* kQuota = "quota_exceeded";
constexpr const char* kParameter = "bad_parameter";
constexpr const char* kService = "service_error";
constexpr const char* kOverload = "overload";  ///< queue full: dropped as the oldest
// Flags: applied, but marked.
constexpr const char* kFuture = "future";            ///< more than 5 s ahead: set to the time of arrival
constexpr const char* kNoPlace = "no_place";          ///< listed, but its location has no coordinates
constexpr const char* kOutOfRange = "out_of_range";  ///< outside the catalogue's range: marked bad

constexpr const char* kBlankRow = "blank_row";
constexpr const char* kDuplicateRow = "duplicate_row";
constexpr const char* kColumns = "columns";  ///< a row with more or fewer cells than the header
constexpr const char* kMissingValue = "missing_value";  ///< the source says that it has no value: marked bad

}  // namespace feeds::reason

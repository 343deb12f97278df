// SPDX-License-Identifier: Apache-2.0
// Internal to the readers of whole JSON documents (lists of a polled service, mapped feeds): larger than
// the small messages of json_in.h. Only included by .cpp files.
#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "twin/feeds/decode_reason.h"

namespace feeds {

/// Bytes of one list that a decoder reads as a tree, JSON and XML alike: the tree takes up to 25 times as
/// much, which keeps a hostile body below 256 MB.
constexpr size_t kTreeLimit = 8u << 20;

/// A parsed document and the memory that it lives in.
class JsonTree {
 public:
  /// The reason, or null. Depth at most 64, UTF-8 checked; a byte order mark is skipped.
  const char* parse(std::string_view bytes) {
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    if (bytes.size() > kTreeLimit) return reason::kTooLarge;
    if (parser_.allocate(bytes.size() < 256 ? 256 : bytes.size(), 64) != simdjson::SUCCESS) return reason::kTooLarge;
    return parser_.parse(bytes.data(), bytes.size()).get(root_) ? reason::kJson : nullptr;
  }
  simdjson::dom::element root() const { return root_; }

 private:
  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
};

/// A scalar as it is written, or empty for null, objects and arrays.
std::string scalarText(const simdjson::dom::element& value);

}  // namespace feeds

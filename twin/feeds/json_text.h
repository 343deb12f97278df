// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "twin/model/observation.h"

namespace feeds {

/// Appends JSON text for the encoders: the shortest number that reads back the same, escaped strings.
/// Members are separated by themselves; keys are ours and need no escaping.
class JsonText {
 public:
  JsonText& beginObject() { return open('{'); }
  JsonText& endObject() { return close('}'); }
  JsonText& beginArray() { return open('['); }
  JsonText& endArray() { return close(']'); }
  JsonText& key(std::string_view name);
  JsonText& number(double value);  ///< null when not finite, as JSON has no word for it
  JsonText& integer(int64_t value);
  JsonText& boolean(bool value);
  JsonText& text(std::string_view value);
  JsonText& null();
  JsonText& value(const model::Value& value);

  std::string take() { return std::move(out_); }

 private:
  JsonText& open(char bracket);
  JsonText& close(char bracket);
  void separate();

  std::string out_;
  bool needsComma_ = false;
};

}  // namespace feeds

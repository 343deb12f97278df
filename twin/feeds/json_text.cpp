// SPDX-License-Identifier: Apache-2.0
#include "twin/feeds/json_text.h"

#include <charconv>
#include <cmath>

namespace feeds {

void JsonText::separate() {
  if (needsComma_) out_ += ',';
  needsComma_ = true;
}

JsonText& JsonText::open(char bracket) {
  separate();
  out_ += bracket;
  needsComma_ = false;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  out_ += bracket;
  needsComma_ = true;
  return *this;
}

JsonText& JsonText::key(std::string_view name) {
  text(name);
  out_ += ':';
  needsComma_ = false;
  return *this;
}

JsonText& JsonText::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out_.append(buffer, end);
  return *this;
}

JsonText& JsonText::integer(int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

JsonText& JsonText::null() {
  separate();
  out_ += "null";
  return *this;
}

JsonText& JsonText::text(std::string_view value) {
  constexpr char kHex[] = "0123456789abcdef";
  separate();
  out_ += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out_ += "\\u00";
      out_ += kHex[(c >> 4) & 15];
      out_ += kHex[c & 15];
    } else {
      out_ += c;
    }
  }
  out_ += '"';
  return *this;
}

JsonText& JsonText::value(const model::Value& value) {
  if (const auto* n = std::get_if<double>(&value)) return number(*n);
  if (const auto* flag = std::get_if<bool>(&value)) return boolean(*flag);
  if (const auto* string = std::get_if<std::string>(&value)) return text(*string);
  return null();
}

}  // namespace feeds
